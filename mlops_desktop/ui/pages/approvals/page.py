"""The page Approvals: who acts and which requests above, the list, the chosen request."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.confirmations import find_papers
from mlops_desktop.services.dossiers.countersigning import count_waiting as count_dossiers
from mlops_desktop.services.reviews import RequestLine, RequestSheet, count_waiting
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.approvals.actions import RequestActions
from mlops_desktop.ui.pages.approvals.actor import ActorChoice
from mlops_desktop.ui.pages.approvals.columns import LIST
from mlops_desktop.ui.pages.approvals.detail import RequestDetail
from mlops_desktop.ui.pages.approvals.requests import GROUPS, Requests
from mlops_desktop.ui.pages.dossiers.library import WAITS_FOR_ME
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip
from mlops_desktop.ui.widgets.split import Split

_FIRST_SIZES = (46, 54)


class ApprovalsPage(Page):
    """Requests for approval."""

    watches = frozenset({"approval", "model", "person", "dossier"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._waiting: int | None = None
        self._papers = 0
        context.actions.add(*RequestActions(context, self).rows())
        self._requests = Requests(context)
        self.list: ListPane[RequestLine] = ListPane(context, LIST, self._requests)
        self.detail = RequestDetail(context)
        self.actor = ActorChoice(context)
        self.many = ActionButton(context.actions.action("approval.confirm_many"))
        self.dossiers = Button("", self._show_dossiers, icon="dossiers")
        self.dossiers.hide()
        self._due_dossiers = 0
        self.groups = PartTabs(len(GROUPS))
        self.list.scopes = self.groups
        self._lay_out()
        self._connect()
        self.retranslate()

    def heading(self) -> str:
        """Say how many requests wait for the acting person."""
        if self._waiting is None or self.context.day is not None:
            return ""
        if not self._waiting:
            return tr("Nothing waits for you.")
        return tr("%Ln request(s) wait for you.", "", self._waiting)

    def reload(self) -> None:
        """Ask for everything anew."""
        self._requests.forget()
        self.list.reload()
        self.actor.reload()
        self._count()
        if not self.detail.isHidden() and self.detail.wanted_id():
            self.detail.read(self.detail.wanted_id())

    def retranslate(self) -> None:
        """Say every word again; the list and the detail listen for themselves."""
        self.groups.setAccessibleName(tr("Which requests"))
        self.actor.retranslate()
        self._say_dossiers()
        names = {one: self.context.say(f"approvals.group.{one}") for one in GROUPS}
        self.groups.say(self.context, names)

    def show_record(self, id: str) -> None:
        """Show the request ``id`` and stand on it in the list, if it is in sight there."""
        self.detail.read(id)
        self.list.show_record(id)

    def show_list(self, text: str) -> None:
        """Show what fits the filter ``text``; ``group:waiting`` in front chooses a group."""
        first, _, rest = text.partition(" ")
        key, _, group = first.partition(":")
        is_grouped = key == "group" and group in GROUPS
        self.groups.setCurrentIndex(GROUPS.index(group) if is_grouped else 0)
        self.list.set_filter(rest if is_grouped else text)

    def chosen(self) -> RequestSheet | None:
        """Return the request that actions are about."""
        return None if self.detail.isHidden() else self.detail.sheet

    def waiting_papers(self) -> int:
        """Return how many papers wait for a second person."""
        return self._papers

    def _lay_out(self) -> None:
        top = Flow(ends_right=True)
        self.many.hide()
        for part in (self.groups, self.dossiers, self.actor):
            top.addWidget(part)
        split = Split(self.context, "approvals", self._listed(), self.detail)
        if "approvals" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(ScopeStrip(self.context))
        column.addWidget(split, 1)

    def _listed(self) -> QWidget:
        """Return the list with its deed below: above it, the list would begin lower in one tab."""
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.many, 0, Qt.AlignmentFlag.AlignLeft)
        return listed

    def _connect(self) -> None:
        self.groups.currentChanged.connect(self._on_group)
        self.list.current_changed.connect(self.detail.show_line)
        self.list.left_out.connect(self.detail.hide)
        self.list.left_out.connect(self.context.actions.refresh)
        self.list.opened.connect(self._on_opened)
        self.detail.loaded.connect(self.context.actions.refresh)
        self.context.workspace_changed.connect(self._on_workspace)
        self.context.own_scope.changed.connect(self._on_all_changed)
        self.context.as_of_changed.connect(self._requests.forget)

    def _on_group(self, at: int) -> None:
        self._requests.group = GROUPS[at]
        self.many.setVisible(GROUPS[at] == "paper")
        self.list.show_part(is_part=at != 0)
        self.list.reload()

    def _on_opened(self, line: RequestLine) -> None:
        self.detail.show_line(line)
        self.detail.tabs.setFocus()

    def _on_workspace(self) -> None:
        self._requests.forget()
        self._papers = 0
        if not self.context.is_open:
            self.detail.forget()

    def _count(self) -> None:
        session = self.context.session

        def count(progress: Progress) -> tuple[int, int, int]:
            papers = len(find_papers(session))
            return count_waiting(session), count_dossiers(session), papers

        self.context.jobs.submit_read(
            tr("Counting what waits"), count, self._tell, self._ignore, key="approvals:waiting"
        )

    def _tell(self, found: tuple[int, int, int]) -> None:
        self._waiting, self._due_dossiers, self._papers = found
        self._say_dossiers()
        self.context.actions.refresh()
        self.heading_changed.emit()

    def _say_dossiers(self) -> None:
        """Lead to the dossiers that wait for a signature, which are signed on a page of theirs."""
        number = self._due_dossiers
        said = self.context.language.words.count("dossiers.count.waiting", number)
        self.dossiers.setText(said)
        self.dossiers.setVisible(number > 0)

    def _show_dossiers(self) -> None:
        self.context.show_list("dossiers", WAITS_FOR_ME)

    def _ignore(self, error: AppError) -> None:
        """Leave the number as it was: the list itself says what is wrong."""
