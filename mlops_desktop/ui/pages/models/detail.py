"""The chosen model: head, tabs, and the row of actions that fits its state."""

from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.services.feedback import Case
from mlops_desktop.services.model_links import Linked
from mlops_desktop.services.permits.showing import PermitShown
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import (
    review_status,
    row_approval,
    running_status,
    say_source,
    state_status,
)
from mlops_desktop.ui.pages.models.shown import Shown, read_shown
from mlops_desktop.ui.pages.models.tabs import find_tabs
from mlops_desktop.ui.pages.models.tabs.base import FactTab, Tab
from mlops_desktop.ui.pages.models.tabs.feedback import FeedbackTab
from mlops_desktop.ui.pages.models.tabs.links import LinksTab
from mlops_desktop.ui.pages.models.tabs.permits import PermitsTab
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane

T = TypeVar("T", bound=Tab)
_MOST_PIXELS = 480
_WIDEST_TAB = 83
"""In characters: the history of data with its row of choices above."""
_MODEL = ("approval.request", "model.edit")
_CANDIDATE = ("candidate.accept", "candidate.match", "candidate.reject")
_MORE = (
    "model.assess_tier",
    "model.override_tier",
    "model.end_override",
    "",
    "model.link",
    "model.unlink",
    "",
    "version.register",
    "deployment.open",
    "deployment.close",
    "",
    "model.validate",
    "model.rework",
    "model.suspend",
    "model.reactivate",
    "model.retire",
    "",
    "model.export",
)


class ModelDetail(DetailPane):
    """Reads the model in the read lane; a tab is made and filled when it is looked at."""

    loaded = Signal()
    """Another model, or the same one anew, is shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, (*_MODEL, *_CANDIDATE), default="approval.request", more=_MORE)
        self._wanted, self._tab = "", ""
        self.shown: Shown | None = None
        self._kinds = find_tabs()
        self._made: dict[type[Tab], Tab] = {}
        self._stale: set[type[Tab]] = set()
        for kind in self._kinds:
            self.add_tab(kind.title, QWidget(), scrolls=False)
        self.measure()
        self.tabs.currentChanged.connect(self._fill_current)
        self._buttons = {found.objectName(): found for found in self.findChildren(ActionButton)}
        self._buttons["candidate.accept"].setProperty("default", True)
        self._show_buttons(State.DEVELOPMENT)
        context.speaking.enlist(self, self._say_again)

    def measure(self) -> None:
        """Take from the beginning the width of the widest tab: the pane is not to jump later."""
        super().measure()
        wide = self.fontMetrics().averageCharWidth() * _WIDEST_TAB
        self.tabs.setMinimumWidth(min(wide, _MOST_PIXELS))

    def wanted_id(self) -> str:
        """Return the number of the model that is shown or being read."""
        return self._wanted

    def chosen_link(self) -> Linked | None:
        """Return the link that a person stands on in the tab Links."""
        tab = self._made.get(LinksTab)
        return tab.chosen() if isinstance(tab, LinksTab) else None

    def chosen_cases(self) -> tuple[Case, ...]:
        """Return the open cases of feedback that the tab Feedback chose of the model shown."""
        tab = self._made.get(FeedbackTab)
        return tab.chosen() if isinstance(tab, FeedbackTab) and self._is_of(tab.model) else ()

    def chosen_permit(self) -> PermitShown | None:
        """Return the permit that a person stands on in the tab Permits, of the model shown."""
        tab = self._made.get(PermitsTab)
        return tab.chosen() if isinstance(tab, PermitsTab) and self._is_of(tab.model) else None

    def open_tab(self, kind: type[T]) -> T:
        """Bring a tab into sight and return it."""
        at = self._kinds.index(kind)
        self.tabs.setCurrentIndex(at)
        found = self._tab_at(at)
        assert isinstance(found, kind)
        return found

    def _is_of(self, model: str) -> bool:
        return self.shown is not None and self.shown.id == model

    def show_row(self, row: ModelRow) -> None:
        """Show the model of a row: its head at once, the rest as soon as it is read."""
        if row.id != self._wanted:
            self.tabs.wait()
        self._set_head(row)
        self.read(row.id)

    def choose_tab(self, name: str) -> None:
        """Stand on the tab whose module has that name once the model is read; else on the same.

        ``decision:ELB-2026-0418`` has the tab show what is behind the colon.
        """
        self._tab = name

    def read(self, named: str) -> None:
        """Read the model ``named`` for the day shown."""
        self._wanted = named
        session, as_of = self._context.session, self._context.as_of

        def ask(progress: Progress) -> Shown:
            return read_shown(session, named, as_of)

        self._context.jobs.submit_read(
            tr("Reading the model"), ask, self._show, self._fail, key="models:detail"
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nothing is chosen any more when a person puts the detail away."""
        super().hideEvent(event)
        if self.isHidden():
            self.loaded.emit()

    def forget(self) -> None:
        """Show no model."""
        self._wanted, self.shown = "", None
        self.hide()

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self._wanted = shown.id
        self.tabs.wait(is_over=True)
        self.tabs.show()
        self._set_head(shown.sheet.row, shown.incidents)
        self._say_matched(shown)
        self._stale = set(self._kinds)
        sought = self._turn()
        self._fill_current()
        if sought:
            self._tab_at(self.tabs.currentIndex()).seek(sought)
        self.loaded.emit()

    def _turn(self) -> str:
        """Stand on the tab that was asked for, once; return what it is to show."""
        name, _, sought = self._tab.partition(":")
        self._tab = ""
        for at, kind in enumerate(self._kinds):
            if kind.__module__.rpartition(".")[2] == name:
                self.tabs.setCurrentIndex(at)
                return sought
        return ""

    def _fail(self, error: AppError) -> None:
        self.shown = None
        self.tabs.hide()
        self.set_head(self._wanted)
        self.bar.show_error(error)
        self.loaded.emit()

    def _set_head(self, row: ModelRow, incidents: tuple[str, ...] = ()) -> None:
        context = self._context
        tier = tr("tier {tier}", tier=row.tier) if row.tier else ""
        source = say_source(context, row.source)
        under = " · ".join(part for part in (row.id, tier, row.owner, source) if part)
        chips: list[Status] = [state_status(context, row.state)]
        if (running := running_status(context, row)) is not None:
            chips.append(running)
        if row.state not in (State.CANDIDATE, State.REJECTED):
            chips.append(row_approval(context, row))
        if (review := review_status(context, row)) is not None:
            chips.append(Status(review.mood, tr("review {due}", due=review.word)))
        if incidents:
            chips.append(Status("bad", context.say("lineage.tab.mark")))
        self.set_head(row.name, under, tuple(chips))
        self._show_buttons(row.state)

    def _show_buttons(self, state: State) -> None:
        is_candidate = state in (State.CANDIDATE, State.REJECTED)
        for id, button in self._buttons.items():
            is_over = id == "approval.request" and state is State.RETIRED
            button.setVisible((id in _CANDIDATE) == is_candidate and not is_over)

    def _say_matched(self, shown: Shown) -> None:
        same = shown.same_as
        if same is not None:
            named = tr("{id} {name}", id=same.id, name=same.name)
            self.bar.say(
                "info", tr("This is the same as {model}, which took it over.", model=named)
            )

    def _fill_current(self) -> None:
        at = self.tabs.currentIndex()
        kind = self._kinds[at] if 0 <= at < len(self._kinds) else None
        if kind is not None and kind in self._stale and self.shown is not None:
            self._stale.discard(kind)
            self._tab_at(at).show_model(self.shown)

    def _tab_at(self, at: int) -> Tab:
        """Return the tab at a place, made now if nobody looked at it yet."""
        kind = self._kinds[at]
        if kind not in self._made:
            self._made[kind] = kind(self._context)
            self.put_in(at, self._made[kind], scrolls=issubclass(kind, FactTab))
        return self._made[kind]

    def _say_again(self) -> None:
        if self.shown is not None and not self.isHidden():
            self._set_head(self.shown.sheet.row)
            self._say_matched(self.shown)
            self._stale = set(self._kinds)
            self._fill_current()
