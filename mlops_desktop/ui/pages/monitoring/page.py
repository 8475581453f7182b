"""The page of metrics: scopes above, the list at the left, the chosen one at the right."""

from PySide6.QtWidgets import QVBoxLayout

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.monitoring.actions import MonitoringActions
from mlops_desktop.ui.pages.monitoring.columns import LIST
from mlops_desktop.ui.pages.monitoring.detail import MetricDetail
from mlops_desktop.ui.pages.monitoring.shelf import ALL, ATTENTION, SCOPES, UNMEASURED, MetricShelf
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip
from mlops_desktop.ui.widgets.split import Split

_FIRST_SIZES = (54, 46)


class MonitoringPage(Page):
    """What is measured about every model, and what is not."""

    watches = frozenset(
        {"model", "series", "points", "threshold", "evaluation", "breach", "use_case"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.actions.add(*MonitoringActions(context, self).rows())
        self._totals: dict[str, int] | None = None
        self._shelf = MetricShelf(context)
        self.list: ListPane[MetricRow] = ListPane(context, LIST, self._shelf)
        self.detail = MetricDetail(context)
        self.scopes = PartTabs(len(SCOPES))
        self.list.scopes = self.scopes
        self._lay_out()
        self.retranslate()
        self._connect()

    def heading(self) -> str:
        """Say how many metrics are out of bounds and how many are not measured."""
        if self._totals is None:
            return ""
        number = self.context.language.number
        return self.context.say(
            "monitoring.heading",
            attention=number(self._totals[ATTENTION]),
            unmeasured=number(self._totals[UNMEASURED]),
            all=number(self._totals[ALL]),
        )

    def reload(self) -> None:
        """Ask for the list, the totals and the metric shown."""
        self._shelf.forget()
        self.list.reload()
        self._count()
        if not self.detail.isHidden() and self.detail.row is not None:
            self.detail.show_row(self.detail.row)

    def retranslate(self) -> None:
        """Say every word again; the list and the detail listen for themselves."""
        self.scopes.setAccessibleName(self.context.say("monitoring.scopes"))
        self._say_scopes()

    def show_record(self, id: str) -> None:
        """Stand on the metric ``id`` in the list of all."""
        self.scopes.setCurrentIndex(SCOPES.index(ALL))
        self.list.set_filter("")
        self.list.show_record(id)

    def show_list(self, text: str) -> None:
        """Show what fits the filter ``text``, whatever was looked at before."""
        self.scopes.setCurrentIndex(SCOPES.index(ALL))
        self.list.set_filter(text)

    def _lay_out(self) -> None:
        top = Flow(ends_right=True)
        top.addWidget(self.scopes)
        top.addWidget(ActionButton(self.context.actions.action("monitoring.threshold"), icon="add"))
        split = Split(self.context, "metrics", self.list, self.detail)
        if "metrics" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(ScopeStrip(self.context))
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.scopes.currentChanged.connect(self._on_scope)
        self.list.current_changed.connect(self._on_row)
        self.list.left_out.connect(self.detail.hide)
        self.list.left_out.connect(self.context.actions.refresh)
        self.list.opened.connect(self._on_opened)
        self.detail.loaded.connect(self.context.actions.refresh)
        self.context.workspace_changed.connect(self._on_workspace)
        self.context.own_scope.changed.connect(self._on_all_changed)

    def _on_scope(self, at: int) -> None:
        self._shelf.scope = SCOPES[at]
        if self.context.is_open:
            self.list.reload()

    def _on_row(self, row: MetricRow) -> None:
        self.detail.show_row(row)
        self.context.actions.refresh()

    def _on_opened(self, row: MetricRow) -> None:
        self.detail.show_row(row)
        self.detail.tabs.setFocus()

    def _on_workspace(self) -> None:
        self._shelf.forget()
        if not self.context.is_open:
            self.detail.forget()

    def _count(self) -> None:
        as_of = self.context.as_of

        def count(progress: Progress) -> dict[str, int]:
            return self._shelf.totals(as_of)

        name = self.context.say("monitoring.job")
        self.context.jobs.submit_read(name, count, self._tell, self._ignore, key="metrics:totals")

    def _tell(self, totals: dict[str, int]) -> None:
        is_first = self._totals is None
        self._totals = totals
        self._say_scopes()
        self.heading_changed.emit()
        if is_first and not totals[ATTENTION]:  # nothing is out of bounds: show what there is
            self.scopes.setCurrentIndex(SCOPES.index(ALL))

    def _ignore(self, error: AppError) -> None:
        """Leave the totals as they were: the list itself says what is wrong."""

    def _say_scopes(self) -> None:
        names = {one: self.context.say(f"monitoring.scope.{one}") for one in SCOPES}
        self.scopes.say(self.context, names, self._totals)
