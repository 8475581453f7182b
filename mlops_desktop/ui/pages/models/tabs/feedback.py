"""Feedback: what experts say misses the business, counted, and many cases acted on at once."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.feedback import Case, count_cases, list_cases
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.case_table import (
    CASE_KEYS,
    COUNT_KEYS,
    CountLine,
    case_columns,
    count_columns,
)
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable

_ACTIONS = (("model.feedback", "add"), ("feedback.answer", "check"), ("feedback.finding", "right"))
_MOST_COUNTS = 5


class FeedbackTab(Tab):
    """Counts above narrow the cases below; the selected open cases are answered or taken up.

    Where no case is selected, every open one shown is meant; the number stands above the table.
    """

    title = "feedback.tab"
    order = 64

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = ""
        self._cases: tuple[Case, ...] = ()
        self._lines: tuple[CountLine, ...] = ()
        self.counts = ShortTable(
            context, "feedback.counts", "feedback.counts", count_columns, COUNT_KEYS
        )
        self.cases = ShortTable(context, "feedback.cases", "feedback.list", case_columns, CASE_KEYS)
        self._lead = Label(tone="muted", wrap=True)
        self._number = Label(strong=True, wrap=True)
        self._lay_out()
        self.counts.selectionModel().selectionChanged.connect(lambda *_: self._narrow())
        self.cases.selectionModel().selectionChanged.connect(lambda *_: self._say_number())
        self.cases.opened.connect(self._go)
        context.speaking.enlist(self, self._say_number)

    def show_model(self, shown: Shown) -> None:
        """Ask for the cases of ``shown``."""
        context, key = self.context, shown.sheet.row.id
        if key != self.model:
            self._take(key, ())
        session, as_of = context.session, context.as_of

        def ask(progress: Progress) -> tuple[Case, ...]:
            return list_cases(session, key, as_of)

        def tell(found: tuple[Case, ...]) -> None:
            if key == self.model:
                self._take(key, found)

        name = context.say("feedback.reading")
        context.jobs.submit_read(name, ask, tell, self._fail, key="models:feedback")

    def chosen(self) -> tuple[Case, ...]:
        """Return the open cases selected, or all open ones shown where none is selected."""
        shown = self._shown()
        selected = self.cases.selected_ids() & {one.id for one in shown}
        found = (one for one in shown if not selected or one.id in selected)
        return tuple(one for one in found if not one.row.is_closed)

    def _lay_out(self) -> None:
        row = Flow()
        for action, icon in _ACTIONS:
            row.addWidget(ActionButton(self.context.actions.action(action), icon=icon))
        self.column.addLayout(row)
        for part in (self._lead, self.counts, self._number):
            self.column.addWidget(part)
        self.column.addWidget(self.cases, 1)
        self.column.addStretch()

    def _take(self, model: str, cases: tuple[Case, ...]) -> None:
        self.model, self._cases = model, cases
        self._lines = tuple(map(CountLine, count_cases(cases)))
        self.counts.clearSelection()
        self.counts.set_rows(self._lines)
        self.counts.fit_rows(len(self._lines), _MOST_COUNTS)
        self._lead.setText(self.context.say("feedback.choose" if cases else "feedback.none"))
        for part in (self.counts, self._number, self.cases):
            part.setVisible(bool(cases))
        self._narrow()

    def _shown(self) -> tuple[Case, ...]:
        """Return the cases of the counts selected, all where none is."""
        chosen = [line for line in self._lines if line.id in self.counts.selected_ids()]
        if not chosen:
            return self._cases
        return tuple(one for one in self._cases if any(line.holds(one) for line in chosen))

    def _narrow(self) -> None:
        shown = self._shown()
        self.cases.clearSelection()
        self.cases.set_rows(shown)
        self._say_number()

    def _say_number(self) -> None:
        self._number.setText(say_count(self.context, "feedback.chosen", len(self.chosen())))
        self.context.actions.refresh()

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)

    def _go(self, case: Case) -> None:
        self.context.show_page("governance", case.id)
