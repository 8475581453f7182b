"""The page: pipelines with the chosen one beside them, or the history of data alone."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.core.lineage import NodeKind
from mlops_desktop.core.pipelines import OVERDUE, Outcome
from mlops_desktop.services.lineage import Stop
from mlops_desktop.services.pipelines import Pipeline
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.lineage.models import ModelLine
from mlops_desktop.ui.lineage.view import lead_to
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.governance.asking import ask_opening
from mlops_desktop.ui.pages.pipelines.asking import ask_description, ask_expected
from mlops_desktop.ui.pages.pipelines.columns import LIST, IncidentLine
from mlops_desktop.ui.pages.pipelines.detail import PipelineDetail
from mlops_desktop.ui.pages.pipelines.flow import FlowPane
from mlops_desktop.ui.pages.pipelines.offers import OFFERS
from mlops_desktop.ui.pages.pipelines.reading import PipelineShelf
from mlops_desktop.ui.pages.pipelines.saying import ask_apart, ask_end, ask_resume, ask_same
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.split import Split
from mlops_desktop.ui.widgets.stack import Stack

_MODES = ("list", "flow")
_FIRST_SIZES = (50, 50)


class PipelinesPage(Page):
    """Pipelines, derived from the runs that sources tell of, and the history of data."""

    watches = frozenset({"pipeline", "pipeline_run", "dataset", "check", "item", "model", "source"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.detail: PipelineDetail
        deeds = {
            "pipeline.expect": (self._expect, self._is_chosen),
            "pipeline.describe": (self._describe, self._is_chosen),
            "pipeline.incident": (self._report, self._is_chosen),
            "pipeline.end_step": (self._end, self._is_chosen),
            "pipeline.resume_step": (self._resume, self._has_ended),
            "dataset.same": (self._join, self._has_datasets),
            "dataset.apart": (self._part, self._has_others),
            "pipeline.open": (self._open, self._has_link),
        }
        context.actions.add(*bind("pipelines", OFFERS, deeds))
        self._shelf = PipelineShelf(context)
        self.list: ListPane[Pipeline] = ListPane(context, LIST, self._shelf)
        self.detail = PipelineDetail(context)
        self.flow = FlowPane(context)
        self.modes = PartTabs(len(_MODES))
        self._lay_out()
        self.retranslate()
        self._connect()

    def heading(self) -> str:
        """Say how many there are, and how many of them need looking at."""
        rows, number = self._shelf.at_hand, self.context.language.number
        if rows is None:
            return ""
        late = sum(r.standing.freshness in OVERDUE for r in rows)
        bad = (Verdict.FAILED, Verdict.ERROR)
        return self.context.say(
            "pipelines.heading",
            pipelines=number(len(rows)),
            late=number(late),
            failed=number(sum(row.outcome is Outcome.FAILED for row in rows)),
            bad=number(sum(row.verdict in bad for row in rows)),
        )

    def reload(self) -> None:
        """Ask for the list, the pipeline and the history shown."""
        self._shelf.forget()
        self.list.reload()
        self.flow.reload()
        if not self.detail.isHidden() and self.detail.wanted_id():
            self.detail.read(self.detail.wanted_id())

    def retranslate(self) -> None:
        """Say every word again; list, detail and view listen for themselves."""
        self.modes.setAccessibleName(self.context.say("pipelines.modes"))
        names = {one: self.context.say(f"pipelines.mode.{one}") for one in _MODES}
        self.modes.say(self.context, names)
        self.flow.retranslate()

    def show_record(self, id: str) -> None:
        """Show the pipeline ``id``, or the history of what stands behind ``trace:``."""
        if id.startswith("trace:"):
            self.modes.setCurrentIndex(_MODES.index("flow"))
            self.flow.trace(id.removeprefix("trace:"))
            return
        self.modes.setCurrentIndex(0)
        self.detail.read(id)
        self.list.show_record(id)

    def show_list(self, text: str) -> None:
        """Show the pipelines that fit the filter ``text``."""
        self.modes.setCurrentIndex(0)
        self.list.set_filter(text)

    def first_focus(self) -> QWidget | None:
        """Begin at the list, or at the line that begins a history."""
        return self.flow.start if self.modes.currentIndex() else self.list.view

    def _lay_out(self) -> None:
        split = Split(self.context, "pipelines", self.list, self.detail)
        if "pipelines" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        self._stack = Stack()
        self._stack.addWidget(split)
        self._stack.addWidget(self.flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.modes)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.modes.currentChanged.connect(self._stack.setCurrentIndex)
        self.modes.currentChanged.connect(lambda _: self.context.actions.refresh())
        self.list.current_changed.connect(self.detail.show_row)
        self.list.opened.connect(self._on_opened)
        self.list.counted.connect(lambda _: self.heading_changed.emit())
        self.detail.loaded.connect(self.context.actions.refresh)
        self.detail.flow.opened.connect(self._go)
        self.flow.opened.connect(self._go)
        self.detail.models.table.opened.connect(self._go_to_model)
        self.detail.incidents.table.opened.connect(self._go_to_incident)
        self.context.workspace_changed.connect(self._on_workspace)

    def _on_opened(self, row: Pipeline) -> None:
        self.detail.show_row(row)
        self.detail.tabs.setFocus()

    def _on_workspace(self) -> None:
        self._shelf.forget()
        self.detail.forget()
        self.flow.view.forget()

    def _go(self, stop: Stop) -> None:
        """Lead to what was opened; a dataset or a run becomes the beginning of a history."""
        place = lead_to(self.context, stop)
        if place is not None:
            self.context.show_page(*place)
        elif stop.node.kind in (NodeKind.DATASET, NodeKind.PIPELINE_RUN):
            self.show_record(f"trace:{stop.facts.id}")

    def _go_to_model(self, line: ModelLine) -> None:
        self.context.show_page("models", line.id)

    def _go_to_incident(self, line: IncidentLine) -> None:
        self.context.show_page("governance", line.id)

    def _is_chosen(self) -> bool:
        has_person = self.context.is_open and bool(self.context.session.actor.person)
        return has_person and self.detail.shown is not None

    def _has_link(self) -> bool:
        return self.detail.shown is not None and self.detail.shown.link is not None

    def _is_flow(self) -> bool:
        return self.modes.currentIndex() == _MODES.index("flow")

    def _has_ended(self) -> bool:
        shown = self.detail.shown
        steps = shown.sheet.steps if shown is not None else ()
        return self._is_chosen() and any(step.ended is not None for step in steps)

    def _has_datasets(self) -> bool:
        has_person = self.context.is_open and bool(self.context.session.actor.person)
        return has_person and (self._is_flow() or self.detail.shown is not None)

    def _has_others(self) -> bool:
        shown = self.detail.shown
        return self._has_datasets() and (
            self._is_flow() or (shown is not None and bool(shown.others))
        )

    def _datasets(self) -> tuple[str, ...]:
        """Return the datasets that an action can mean: of the history, or of the pipeline."""
        if self._is_flow():
            return self.flow.datasets()
        return self.detail.shown.datasets if self.detail.shown is not None else ()

    def _join(self) -> None:
        ask_same(self.context, self._datasets(), self.window())

    def _part(self) -> None:
        ask_apart(self.context, self._datasets(), self.window())

    def _end(self) -> None:
        if self.detail.shown is not None:
            ask_end(self.context, self.detail.shown.sheet, self.window())

    def _resume(self) -> None:
        if self.detail.shown is not None:
            ask_resume(self.context, self.detail.shown.sheet, self.window())

    def _expect(self) -> None:
        if self.detail.shown is not None:
            ask_expected(self.context, self.detail.shown.sheet, self.window())

    def _describe(self) -> None:
        if self.detail.shown is not None:
            ask_description(self.context, self.detail.shown.sheet, self.window())

    def _report(self) -> None:
        """Report the run that was last, or the one chosen in the table, as bad."""
        if self.detail.shown is None:
            return
        runs = {run.id: run for run in self.detail.shown.sheet.runs}
        run = runs.get(self.detail.runs.current_id()) or self.detail.shown.sheet.pipeline.last
        outputs = run.details.outputs if run is not None else ()
        known = {"pipeline_run": run.native_id if run is not None else ""}
        if outputs:
            known["title"] = outputs[0].name
        ask_opening(self.context, INCIDENT, self.window(), self._show_incident, known=known)

    def _show_incident(self, id: str) -> None:
        self.context.show_page("governance", id)

    def _open(self) -> None:
        link = self.detail.shown.link if self.detail.shown is not None else None
        if link is not None:
            QDesktopServices.openUrl(QUrl(link))
