"""The page Dossiers: what left the workspace at the left, the chosen one at the right."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from mlops_desktop.core.identity import Person
from mlops_desktop.services.dossiers import Exported, Order
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.services.people import show_person
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.dossiers.actions import dossier_actions
from mlops_desktop.ui.pages.dossiers.detail import DossierDetail
from mlops_desktop.ui.pages.dossiers.library import (
    DossierLine,
    Library,
    list_spec,
    make_columns,
)
from mlops_desktop.ui.pages.dossiers.order import OrderForm
from mlops_desktop.ui.pages.dossiers.sealing import SealDialog
from mlops_desktop.ui.pages.dossiers.shelf import Shelf
from mlops_desktop.ui.pages.dossiers.verifying import Examined
from mlops_desktop.ui.pages.ledger.saving import ask_where, save_text
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.split import Split


class DossiersPage(Page):
    """Exports, and any PDF dropped here."""

    watches = frozenset({"dossier"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        context.actions.add(*dossier_actions(self))
        self._model = ""
        self._shelf = Shelf()
        self.library = Library(context, self._shelf)
        self.bar = MessageBar(context)
        self.list: ListPane[DossierLine] = ListPane(context, list_spec(self.library), self.library)
        self.detail = DossierDetail(context)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def heading(self) -> str:
        """Say how many dossiers left the workspace."""
        number = self.list.count()
        if number < 0 or self.list.model.query.filter:
            return ""
        return say_count(self.context, "dossiers.count.dossiers", number)

    def reload(self) -> None:
        """Ask for the exports."""
        self.list.reload()

    def show_record(self, id: str) -> None:
        """Stand on the dossier ``id``, or take the model ``M-…`` for the next export."""
        if id.startswith("M-"):
            self._model = id
        else:
            self.list.show_record(id)

    def export(self) -> None:
        """Ask what is to be exported, then have it sealed."""
        line = self.detail.line if not self.detail.isHidden() else None
        model = self._model or (line.row.model_id if line is not None else "")
        self._model = ""
        form = OrderForm(self.context, self.window(), model)
        form.submitted.connect(lambda: self._find_signer(form, form.order()))
        form.open()

    def open(self) -> None:
        """Ask for a PDF and verify it."""
        dialog = QFileDialog(self.window(), tr("Choose a PDF to verify"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("PDF documents (*.pdf)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.show_file(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_file(self, path: Path) -> None:
        """Verify and show any file."""
        self.detail.show_file(path)
        self.list.view.clearSelection()
        self.context.actions.refresh()

    def verify_again(self) -> None:
        """Verify the file that is shown once more."""
        self.detail.examine_again()

    def locate(self) -> None:
        """Ask where the file of the chosen export lies now."""
        line = self.detail.line
        if line is None:
            return
        dialog = QFileDialog(self.window(), tr("Where is the file of this dossier?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("PDF documents (*.pdf)")])
        dialog.fileSelected.connect(lambda path: self._on_located(line, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_folder(self) -> None:
        """Open the folder of the file in the system's own program."""
        if self.detail.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.detail.path.parent)))

    def choose_trust(self) -> None:
        """Ask for certificates to trust besides this workspace's authority."""
        dialog = QFileDialog(self.window(), tr("Choose certificates to trust"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.use_trust(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use_trust(self, path: Path | None) -> None:
        """Trust the roots in ``path`` too from now on, or none besides our own."""
        self.detail.trust = path
        self.library.verdicts.clear()
        self.detail.examine_again()
        self.context.actions.refresh()

    def drop_trust(self) -> None:
        """Trust this workspace's authority alone."""
        self.use_trust(None)

    def save_authority(self) -> None:
        """Save the certificate by which others verify our dossiers."""
        context, session = self.context, self.context.session
        ask_where(
            self.window(),
            tr("Save the authority's certificate"),
            "authority.pem",
            lambda path: save_text(context, path, lambda: export_authority(session)),
        )

    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self.context.is_open

    def has_file(self) -> bool:
        """Whether a file is shown."""
        return self.detail.path is not None and not self.detail.isHidden()

    def has_line(self) -> bool:
        """Whether an export is chosen."""
        return self.detail.line is not None

    def has_trust(self) -> bool:
        """Whether more is trusted than our own authority."""
        return self.detail.trust is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to verify a file from the desktop."""
        if _file_of(event) is not None and self.context.is_open:
            event.acceptProposedAction()
            self.bar.say("info", tr("Drop the PDF to verify it."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the offer back."""
        self.bar.clear()

    def dropEvent(self, event: QDropEvent) -> None:
        """Verify the file."""
        self.bar.clear()
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.show_file(path)

    def _lay_out(self) -> None:
        table = self.context.actions
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addStretch()
        top.addWidget(ActionButton(table.action("dossier.open"), icon="verify"))
        top.addWidget(ActionButton(table.action("dossier.export"), icon="add", default=True))
        split = Split(self.context, "dossiers", self.list, self.detail)
        if "dossiers" not in self.context.prefs.splitters:
            split.setStretchFactor(0, 4)
            split.setStretchFactor(1, 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(split, 1)

    def _connect(self) -> None:
        self.list.current_changed.connect(self._on_line)
        self.list.opened.connect(self._on_opened)
        self.list.view.clicked.connect(self._on_clicked)
        self.list.counted.connect(self._on_counted)
        self.detail.examined.connect(self._on_examined)
        self.detail.locate_wanted.connect(self.locate)
        self.context.workspace_changed.connect(self._on_workspace)

    def _find_signer(self, form: OrderForm, order: Order) -> None:
        session = self.context.session

        def ask(progress: Progress) -> Person:
            return show_person(session, session.actor.person)

        def seal(person: Person) -> None:
            self._seal(form, order, person.name)

        self.context.jobs.submit_read(
            tr("Reading who seals"), ask, seal, form.show_error, key="dossiers:signer"
        )

    def _seal(self, form: OrderForm, order: Order, signer: str) -> None:
        dialog = SealDialog(self.context, order, signer, form)
        dialog.sealed.connect(form.done_well)
        dialog.sealed.connect(self._on_sealed)
        dialog.refused.connect(form.show_error)
        dialog.rejected.connect(lambda: form.set_busy(False))
        dialog.open()

    def _on_sealed(self, exported: Exported) -> None:
        self._shelf.keep(exported.digest, exported.path)
        context, id = self.context, exported.id
        said = tr("Exported: {name}", name=exported.path.name)
        toast = Toast(
            said, open_label=tr("Show it"), open=lambda: context.show_page("dossiers", id)
        )
        context.toasted.emit(toast)
        self.list.reload()

    def _on_located(self, line: DossierLine, path: Path) -> None:
        self._shelf.keep(line.row.digest, path)
        self.list.reload()
        self.detail.show_file(path)
        self.list.show_record(line.id)

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

    def _on_examined(self, found: Examined) -> None:
        verdict = found.verified.verdict
        self.library.verdicts[verdict.sha256] = verdict.outcome.value
        self.list.model.say_again(make_columns(self.context, self.library))
        self.context.actions.refresh()

    def _on_workspace(self) -> None:
        self.library.verdicts.clear()
        self.detail.trust = None
        self.detail.forget()
        self.bar.clear()


def _file_of(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if urls else None
