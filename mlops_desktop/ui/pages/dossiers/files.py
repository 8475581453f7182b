"""What a person does with the files of dossiers: verify, compare, find, trust."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.comparing import ComparisonPane
from mlops_desktop.ui.pages.dossiers.detail import DossierDetail
from mlops_desktop.ui.pages.dossiers.library import DossierLine, Library
from mlops_desktop.ui.pages.dossiers.results import ResultsPane, trusted
from mlops_desktop.ui.pages.dossiers.shelf import Shelf
from mlops_desktop.ui.saving import ask_where, save_text
from mlops_desktop.ui.table import ListPane
from mlops_desktop.ui.text import tr


class Place(Protocol):
    """The page, as far as work needs it."""

    shelf: Shelf
    library: Library
    list: ListPane[DossierLine]
    detail: DossierDetail
    results: ResultsPane
    comparison: ComparisonPane

    def window(self) -> QWidget: ...
    def show_file(self, path: Path) -> None: ...


class FileWork:
    """Answers the actions about files; the page shows what comes of it."""

    def __init__(self, context: Context, page: Place) -> None:
        self._context, self._page = context, page

    def open(self) -> None:
        """Ask for PDF files and verify them."""
        dialog = QFileDialog(self._page.window(), tr("Choose a PDF to verify"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("PDF documents (*.pdf)"), tr("All files (*)")])
        dialog.filesSelected.connect(lambda paths: self.verify(tuple(map(Path, paths))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def verify(self, paths: tuple[Path, ...]) -> None:
        """Verify a file and show its pages; of several, show what is found in a line each."""
        if len(paths) == 1:
            self._page.show_file(paths[0])
            return
        try:
            trust = trusted(self._page.detail.trust)
        except AppError as error:
            self._context.show_error(error)
            return
        self._page.results.show_files(paths, trust)

    def compare(self) -> None:
        """Compare the two dossiers that are chosen."""
        paths = self._two()
        if len(paths) == 2:
            self._compare(paths[0], paths[1])

    def can_compare(self) -> bool:
        """Whether two dossiers are chosen whose files are here."""
        return len(self._two()) == 2

    def compare_now(self) -> None:
        """Compare the dossier that is shown with what is known now."""
        if self._page.detail.path is not None:
            self._compare(self._page.detail.path, None)

    def can_compare_now(self) -> bool:
        """Whether a dossier of one model is shown: of others nobody knows what was asked."""
        line = self._page.detail.line
        return self.has_known_file() and line is not None and line.row.scope == "model"

    def has_known_file(self) -> bool:
        """Whether the file of an export of this workspace is shown."""
        return self.has_file() and self.has_line()

    def save_difference(self) -> None:
        """Save what differs."""
        self._page.comparison.save()

    def has_difference(self) -> bool:
        """Whether a difference is shown."""
        shown = self._page.comparison
        return not shown.isHidden() and shown.found is not None

    def _compare(self, before: Path, after: Path | None) -> None:
        try:
            trust = trusted(self._page.detail.trust)
        except AppError as error:
            self._context.show_error(error)
            return
        self._page.comparison.compare(before, after, trust)

    def _two(self) -> tuple[Path, ...]:
        if not self._page.results.isHidden():
            return self._page.results.chosen()
        view, model = self._page.list.view, self._page.list.model
        lines = (model.line(at) for at in view.selected_positions())
        places = [line.row.place for line in lines if line is not None]
        return tuple(place.path for place in places if place.path is not None)

    def verify_again(self) -> None:
        """Verify the file that is shown once more."""
        self._page.detail.examine_again()

    def locate(self) -> None:
        """Ask where the file of the chosen export lies now."""
        line = self._page.detail.line
        if line is None:
            return
        dialog = QFileDialog(self._page.window(), tr("Where is the file of this dossier?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("PDF documents (*.pdf)")])
        dialog.fileSelected.connect(lambda path: self._on_located(line, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_folder(self) -> None:
        """Open the folder of the file in the system's own program."""
        if self._page.detail.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._page.detail.path.parent)))

    def choose_trust(self) -> None:
        """Ask for certificates to trust besides this workspace's authority."""
        dialog = QFileDialog(self._page.window(), tr("Choose certificates to trust"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.use_trust(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use_trust(self, path: Path | None) -> None:
        """Trust the roots in ``path`` too from now on, or none besides our own."""
        self._page.detail.trust = path
        self._page.library.verdicts.clear()
        self._page.detail.examine_again()
        self._context.actions.refresh()

    def drop_trust(self) -> None:
        """Trust this workspace's authority alone."""
        self.use_trust(None)

    def save_authority(self) -> None:
        """Save the certificate by which others verify our dossiers."""
        context, session = self._context, self._context.session
        ask_where(
            self._page.window(),
            tr("Save the authority's certificate"),
            "authority.pem",
            lambda path: save_text(context, path, lambda: export_authority(session)),
        )

    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self._context.is_open

    def has_file(self) -> bool:
        """Whether a file is shown."""
        return self._page.detail.path is not None and not self._page.detail.isHidden()

    def has_line(self) -> bool:
        """Whether an export is chosen."""
        return self._page.detail.line is not None

    def has_trust(self) -> bool:
        """Whether more is trusted than our own authority."""
        return self._page.detail.trust is not None

    def _on_located(self, line: DossierLine, path: Path) -> None:
        self._page.shelf.keep(line.row.digests[-1], path)
        self._page.list.reload()
        self._page.detail.show_file(path)
        self._page.list.show_record(line.id)
