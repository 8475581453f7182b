"""The page Dossiers: what left the workspace at the left, the chosen one at the right."""

from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.dossiers.actions import dossier_actions
from mlops_desktop.ui.pages.dossiers.comparing import ComparisonPane
from mlops_desktop.ui.pages.dossiers.detail import DossierDetail
from mlops_desktop.ui.pages.dossiers.library import (
    SCOPES,
    WAITS_FOR_ME,
    DossierLine,
    Library,
    list_spec,
    make_columns,
)
from mlops_desktop.ui.pages.dossiers.results import ResultsPane
from mlops_desktop.ui.pages.dossiers.shelf import Shelf
from mlops_desktop.ui.pages.dossiers.verifying import Examined
from mlops_desktop.ui.pages.dossiers.work import DossierWork
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.either import Either
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.widgets.split import Split

_FIRST_SIZES = (4, 7)


class DossiersPage(Page):
    """Exports, and any PDF dropped here."""

    watches = frozenset({"dossier"})
    past_note = "as_of.note.dossiers"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.work = DossierWork(context, self)
        context.actions.add(*dossier_actions(self.work))
        self._awaited = ""
        self.shelf = Shelf()
        self.library = Library(context, self.shelf)
        self.bar = MessageBar(context)
        self.list: ListPane[DossierLine] = ListPane(context, list_spec(self.library), self.library)
        self.detail = DossierDetail(context)
        self.results = ResultsPane(context)
        self.comparison = ComparisonPane(context)
        self.scopes = PartTabs(len(SCOPES))
        self.list.scopes = self.scopes
        self._lay_out()
        self._connect()
        self.retranslate()

    def heading(self) -> str:
        """Say how many dossiers left the workspace."""
        total = self.library.total
        return say_count(self.context, "dossiers.count.dossiers", total) if total >= 0 else ""

    def reload(self) -> None:
        """Ask for the exports."""
        self.list.reload()

    def retranslate(self) -> None:
        """Say the scopes again; the list and the detail listen for themselves."""
        self.scopes.setAccessibleName(self.context.say("dossiers.scope.name"))
        names = {one: self.context.say(f"dossiers.scope.{one}") for one in SCOPES}
        self.scopes.say(self.context, names)

    def show_record(self, id: str) -> None:
        """Stand on the dossier ``id``, or take the model ``M-…`` for the next export."""
        if id.startswith("M-"):
            self.work.model = id
        else:
            self.list.show_record(id)

    def show_list(self, text: str) -> None:
        """Show what fits the filter ``text``, or what waits for the acting person."""
        is_mine = text == WAITS_FOR_ME
        self.scopes.setCurrentIndex(SCOPES.index("mine") if is_mine else 0)
        self.list.set_filter("" if is_mine else text)

    def show_file(self, path: Path) -> None:
        """Verify and show any file."""
        self.detail.show_file(path)
        self.list.view.clearSelection()
        self.context.actions.refresh()

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Verify the files."""
        self.work.verify(paths)

    def _lay_out(self) -> None:
        table = self.context.actions
        top = Flow()
        top.addWidget(self.scopes)
        top.go_right()
        self._resume = ActionButton(table.action("dossier.resume"), icon="dossiers")
        self._resume.hide()
        top.addWidget(self._resume)
        self._compare = ActionButton(table.action("dossier.compare"), icon="columns")
        self._compare.hide()
        top.addWidget(self._compare)
        top.addWidget(ActionButton(table.action("dossier.open"), icon="verify"))
        top.addWidget(ActionButton(table.action("dossier.export"), icon="add", default=True))
        side = Either(self.detail, self.results, self.comparison)
        split = Split(self.context, "dossiers", self.list, side)
        if "dossiers" not in self.context.prefs.splitters:
            split.setSizes([*_FIRST_SIZES])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.scopes.currentChanged.connect(self._on_scope)
        self.list.model.arrived.connect(self._on_arrived)
        self.list.current_changed.connect(self._on_line)
        self.list.left_out.connect(self.detail.hide)
        self.list.left_out.connect(self.context.actions.refresh)
        self.list.opened.connect(self._on_opened)
        self.list.view.clicked.connect(self._on_clicked)
        self.list.counted.connect(self._on_counted)
        self.results.opened.connect(self.show_file)
        self.results.verified.connect(self._on_verified)
        chosen = self.list.view.selectionModel().selectionChanged
        for changed in (chosen, self.results.table.selectionModel().selectionChanged):
            changed.connect(self._on_chosen)
        self.detail.examined.connect(self._on_examined)
        self.detail.locate_wanted.connect(self.work.locate)
        self.context.workspace_changed.connect(self._on_workspace)
        self.context.actions.changed.connect(self._show_resume)

    def _on_scope(self, at: int) -> None:
        self.library.scope = SCOPES[at]
        self.list.show_part(is_part=at != 0)
        self.list.reload()

    def _on_arrived(self) -> None:
        """Show the chosen dossier anew: signed since, as of another day, or for another person."""
        shown = None if self.detail.isHidden() else self.detail.line
        id = shown.id if shown is not None else self._awaited
        for at in self.list.model.positions(frozenset({id})):
            found = self.list.model.line(at)
            if found is not None and found.row != shown:
                self._on_line(found.row)
        self._awaited = ""

    def _on_line(self, line: DossierLine) -> None:
        self.detail.show_line(line)
        self.context.actions.refresh()

    def _on_clicked(self, index: QModelIndex) -> None:
        """Come back from a file that was opened to the row a person stands on all the while."""
        found = self.list.model.line(index.row())
        if found is not None and (self.detail.line is None or self.detail.isHidden()):
            self._on_line(found.row)

    def _on_opened(self, line: DossierLine) -> None:
        self._on_line(line)
        self.detail.preview.pages.setFocus()

    def _on_counted(self, number: int) -> None:
        self.heading_changed.emit()

    def _on_chosen(self) -> None:
        self.context.actions.refresh()

    def _on_verified(self) -> None:
        for line in self.results.lines():
            if line.verified is not None:
                verdict = line.verified.verdict
                self.library.verdicts[verdict.sha256] = verdict.outcome.value
        self.list.model.say_again(make_columns(self.context, self.library))
        self.context.actions.refresh()

    def _on_examined(self, found: Examined) -> None:
        verdict = found.verified.verdict
        self.library.verdicts[verdict.sha256] = verdict.outcome.value
        self.list.model.say_again(make_columns(self.context, self.library))
        self.context.actions.refresh()

    def _show_resume(self) -> None:
        self._resume.setVisible(self.work.has_aside())
        self._compare.setVisible(self.results.isHidden() and self.work.can_compare())

    def _on_workspace(self) -> None:
        self.work.drop_asides()
        self.library.verdicts.clear()
        self.library.total = -1
        self.detail.trust = None
        shown = None if self.detail.isHidden() else self.detail.line
        self._awaited = shown.id if shown is not None else ""
        self.detail.forget()
        for pane in (self.results, self.comparison):
            pane.hide()
        self.bar.clear()
