"""Data: where it came from and goes, what the versions learned from, and incidents of it."""

from dataclasses import dataclass

from PySide6.QtGui import QShowEvent

from mlops_desktop.core.lineage import NodeKind
from mlops_desktop.services.lineage import Stop
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.lineage.view import LineageView, lead_to
from mlops_desktop.ui.pages.models.said import say_code
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.shared import Shared
from mlops_desktop.ui.widgets.short_table import ShortTable

_MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class InputLine:
    """A dataset that the run of a version read."""

    id: str
    version: str
    name: str
    digest: str
    word: str
    rows: int | None


class DataTab(Tab):
    """The history of a model's data; traced only when somebody looks at it."""

    title = "lineage.tab.data"
    order = 32

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lead = Label(tone="muted", wrap=True)
        self._mark = Chip(Status("bad", ""))
        self.table = ShortTable(context, "model.inputs", "lineage.tab.inputs", _columns)
        self._nothing = EmptyState(icon="dataset")
        self.view = LineageView(context, "model")
        self._wanted = ""
        self._shared = Shared(self, self.table, self.view, _MOST_ROWS)
        for part in (self._lead, self._mark):
            self.column.addWidget(part)
        self.column.addWidget(self.view, 1)
        # Below the graph: there are as many rows as versions and datasets.
        self.column.addWidget(self.table)
        self.column.addWidget(self._nothing)
        self.view.opened.connect(self._go)

    def show_model(self, shown: Shown) -> None:
        """Show the data of ``shown``."""
        say = self.context.say
        lines = _lines(shown)
        self._lead.setText(say("lineage.tab.lead"))
        self._mark.setVisible(bool(shown.incidents))
        told = say("lineage.tab.marked", numbers=", ".join(shown.incidents))
        self._mark.set_status(Status("bad", told))
        self._nothing.set_sentence(say("lineage.tab.none"))
        self._nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.table.set_rows(lines)
        self._shared.set_rows(len(lines))
        self._wanted = shown.id
        if self.isVisible():
            self._trace()
        else:
            self.view.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """Trace what was not traced while nobody looked."""
        super().showEvent(event)
        if self.view.read_now() is None:
            self._trace()

    def _trace(self) -> None:
        if self._wanted:
            self.view.trace(self._wanted)

    def _go(self, stop: Stop) -> None:
        place = lead_to(self.context, stop)
        if place is not None:
            self.context.show_page(*place)
        elif stop.node.kind in (NodeKind.DATASET, NodeKind.PIPELINE_RUN):
            self.context.show_page("pipelines", f"trace:{stop.facts.id}")


def _lines(shown: Shown) -> tuple[InputLine, ...]:
    return tuple(
        InputLine(
            f"{row.key}/{number}", row.details.version, one.name, one.digest, one.context or "",
            one.rows,
        )
        for row in shown.sheet.versions
        if row.details.run is not None
        for number, one in enumerate(row.details.run.datasets)
    )  # fmt: skip


def _columns(context: Context) -> tuple[Column[InputLine], ...]:
    say = "pipelines.column"

    def rows(line: InputLine) -> str:
        return context.language.number(line.rows) if line.rows is not None else ""

    def use(line: InputLine) -> str:
        return say_code(context, "dataset_use", line.word)

    return (
        Column("version", "lineage.tab.version", lambda line: line.version, 9, sortable=False),
        Column("dataset", f"{say}.dataset", lambda line: line.name, 26, strong=True, flexible=True,
               sortable=False),
        Column("word", f"{say}.word", use, 14, sortable=False),
        Column("rows", f"{say}.rows", rows, 10, numeric=True, sortable=False),
        Column("digest", f"{say}.digest", lambda line: line.digest, 18, muted=True,
               sortable=False),
    )  # fmt: skip
