"""What a person does with dossiers; the page shows what comes of it."""

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.services.dossiers import Countersigned, Exported, Order
from mlops_desktop.services.dossiers.drafting import Drafted, draft_dossier
from mlops_desktop.services.dossiers.templates import save_template
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.services.people import show_person
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.dossiers.comparing import ComparisonPane
from mlops_desktop.ui.pages.dossiers.countersigning import CountersignDialog
from mlops_desktop.ui.pages.dossiers.detail import DossierDetail
from mlops_desktop.ui.pages.dossiers.library import DossierLine, Library
from mlops_desktop.ui.pages.dossiers.order import OrderForm
from mlops_desktop.ui.pages.dossiers.results import ResultsPane, trusted
from mlops_desktop.ui.pages.dossiers.sealing import PRESS, SealDialog
from mlops_desktop.ui.pages.dossiers.shelf import Shelf
from mlops_desktop.ui.pages.ledger.saving import ask_where, save_text
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


class DossierWork:
    """Answers the actions of the page; ``model`` is what the next export is about."""

    def __init__(self, context: Context, page: Place) -> None:
        self._context, self._page = context, page
        self.model = ""
        self._aside: SealDialog | None = None

    def export(self) -> None:
        """Ask what is to be exported, then have it sealed."""
        line = self._page.detail.line if not self._page.detail.isHidden() else None
        model = self.model or (line.row.model_id if line is not None else "")
        self.model = ""
        form = OrderForm(self._context, self._page.window(), model)
        form.submitted.connect(lambda: self._on_order(form))
        form.open()

    def countersign(self) -> None:
        """Sign the chosen dossier in the place prepared for who acts."""
        found, line = self._page.detail.signable(), self._page.detail.line
        if found is None or line is None:
            return
        dialog = CountersignDialog(self._context, line.row, found, self._page.window())
        dialog.signed.connect(self._on_countersigned)
        dialog.open()

    def is_my_turn(self) -> bool:
        """Whether the signature of who acts is due under the file that is shown."""
        detail = self._page.detail
        return not detail.isHidden() and detail.signable() is not None

    def resume(self) -> None:
        """Come back to the preview whose pages were made meanwhile."""
        if self._aside is not None:
            self._aside.open()

    def has_aside(self) -> bool:
        """Whether a preview was put aside."""
        return self._aside is not None

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

    def _on_order(self, form: OrderForm) -> None:
        name, order, session = form.template_name(), form.order(), self._context.session
        if not name:
            self._make(form, order)
            return

        def keep(progress: Progress) -> Recorded:
            return save_template(session, name, order.sections)

        self._context.jobs.submit_write(
            self._context.say("dossiers.order.template"),
            keep,
            lambda _: self._make(form, replace(order, sections=(), template=name)),
            form.show_error,
        )

    def _make(self, form: OrderForm, order: Order) -> None:
        if form.is_draft():
            self._draft(form, order)
        else:
            self._find_signer(form, order)

    def _draft(self, form: OrderForm, order: Order) -> None:
        session = self._context.session

        def draft(progress: Progress) -> Drafted:
            return draft_dossier(session, order)

        name = self._context.say("dossiers.order.drafting", model=order.model)
        self._context.jobs.submit_network(
            name, draft, lambda made: self._on_drafted(form, made), form.show_error, source=PRESS
        )

    def _on_drafted(self, form: OrderForm, made: Drafted) -> None:
        form.done_well()
        said = self._context.say("dossiers.order.drafted", name=made.path.name)
        look = self._context.say("dossiers.seal.look")
        toast = Toast(said, open_label=look, open=lambda: self._page.show_file(made.path))
        self._context.toasted.emit(toast)

    def _find_signer(self, form: OrderForm, order: Order) -> None:
        session = self._context.session

        def ask(progress: Progress) -> Person:
            return show_person(session, session.actor.person)

        def seal(person: Person) -> None:
            self._seal(form, order, person.name)

        self._context.jobs.submit_read(
            tr("Reading who seals"), ask, seal, form.show_error, key="dossiers:signer"
        )

    def _seal(self, form: OrderForm, order: Order, signer: str) -> None:
        dialog = SealDialog(self._context, order, signer, self._page.window())
        dialog.sealed.connect(form.done_well)
        dialog.sealed.connect(self._on_sealed)
        dialog.refused.connect(lambda error: self._on_refused(form, error))
        dialog.rejected.connect(lambda: form.set_busy(False) if form.isVisible() else form.reject())
        dialog.set_aside.connect(lambda: self._put_aside(form, dialog))
        dialog.open()

    def _put_aside(self, form: OrderForm, dialog: SealDialog) -> None:
        form.hide()
        self._aside = dialog
        dialog.finished.connect(self._forget_aside)
        self._context.actions.refresh()

    def _forget_aside(self) -> None:
        self._aside = None
        self._context.actions.refresh()

    def _on_refused(self, form: OrderForm, error: AppError) -> None:
        if form.isVisible():
            form.show_error(error)
        else:
            self._context.show_error(error)

    def _on_sealed(self, exported: Exported) -> None:
        self._page.shelf.keep(exported.digest, exported.path)
        context, id = self._context, exported.id
        said = tr("Exported: {name}", name=exported.path.name)
        toast = Toast(
            said, open_label=tr("Show it"), open=lambda: context.show_page("dossiers", id)
        )
        context.toasted.emit(toast)
        self._page.list.reload()

    def _on_countersigned(self, signed: Countersigned) -> None:
        self._page.shelf.keep(signed.digest, signed.path)
        context, next_one = self._context, signed.waits_for
        key = "dossiers.countersign.waits" if next_one else "dossiers.countersign.complete"
        context.toast(context.say(key, name=next_one or ""))
        self._page.list.reload()

    def _on_located(self, line: DossierLine, path: Path) -> None:
        self._page.shelf.keep(line.row.digests[-1], path)
        self._page.list.reload()
        self._page.detail.show_file(path)
        self._page.list.show_record(line.id)
