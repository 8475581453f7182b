"""History: the events of this model, newest first."""

from dataclasses import dataclass
from functools import partial

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.ledger import LogRow, read_log
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.shown import LOG_ROWS, Shown, known
from mlops_desktop.ui.pages.models.summaries import say_summary
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.short_table import ShortTable


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the table."""

    id: str
    row: LogRow
    own: tuple[Field, ...] = ()


class HistoryTab(Tab):
    """Events of this model; older ones come on request."""

    title = later("History")
    order = 80

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keys = {
            "at": lambda line: line.row.position,
            "effective": lambda line: line.row.effective,
            "person": lambda line: line.row.person.casefold(),
            "event": lambda line: line.row.type,
        }
        self.table = ShortTable(context, "model.history", self.title, _columns, keys)
        self._older = Button("", self._ask_older, icon="history")
        self.column.addWidget(self.table)
        self.column.addWidget(self._older)
        self._shown: Shown | None = None
        self._log: tuple[LogRow, ...] = ()

    def show_model(self, shown: Shown) -> None:
        """Show the events of ``shown``."""
        self._shown = shown
        self._older.setText(tr("Show older events"))
        self._put(shown.log, shown.has_more_log)

    def _put(self, log: tuple[LogRow, ...], has_more: bool) -> None:
        self._log = log
        self._older.setVisible(has_more)
        own = self._shown.sheet.own_fields if self._shown is not None else ()
        self.table.set_rows(tuple(EventLine(str(row.position), row, own) for row in log))

    def _ask_older(self) -> None:
        shown, context = self._shown, self.context
        if shown is None or not self._log:
            return
        last, as_of, key = self._log[-1].position, context.as_of, shown.sheet.row.key

        def ask(progress: Progress) -> tuple[LogRow, ...]:
            found = read_log(context.session, model=key, limit=LOG_ROWS, before=last)
            return known(found, as_of)

        context.jobs.submit_read(
            tr("Reading the history"), ask, self._add, self._fail, key="models:older"
        )

    def _add(self, found: tuple[LogRow, ...]) -> None:
        self._put((*self._log, *found), len(found) == LOG_ROWS)

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def say_event(context: Context, kind: str) -> str:
    """Return what happened, in words."""
    words = context.language.words
    for key in (f"models.event.{kind}", f"dossier.event.{kind}"):
        if key in words:
            return words.text(key)
    return kind


def _columns(context: Context) -> tuple[Column[EventLine], ...]:
    time = context.language.time

    def event(line: EventLine) -> str:
        return say_event(context, line.row.type)

    def summary(line: EventLine) -> str:
        return say_summary(context, line.row, line.own)

    return (
        Column("at", "models.field.at", lambda line: time(line.row.at), 15, muted=True, key=True),
        Column("event", "models.field.event", event, 21, named=True, key=True),
        Column(
            "summary", "models.field.summary", summary, 20, flexible=True, sortable=False, key=True
        ),
        Column("person", "models.field.person", lambda line: line.row.person, 13, key=True),
        Column(
            "effective", "models.field.effective", partial(_effective, context), 10, optional=True
        ),
        Column(
            "position",
            "models.field.position",
            lambda line: str(line.row.position),
            width=9,
            numeric=True,
            muted=True,
            sortable=False,
            shown=False,
        ),
    )


def _effective(context: Context, line: EventLine) -> str:
    """Return from when it holds, where that is not simply when it was recorded."""
    row = line.row
    return "" if row.effective == row.at else context.language.date(row.effective.date())
