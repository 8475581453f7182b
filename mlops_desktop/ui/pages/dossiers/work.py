"""What a person does with dossiers; the page shows what comes of it."""

from dataclasses import replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.services.dossiers import Countersigned, Exported, Order
from mlops_desktop.services.dossiers.drafting import Drafted, draft_dossier
from mlops_desktop.services.dossiers.extending import Extended
from mlops_desktop.services.dossiers.templates import save_template
from mlops_desktop.services.people import show_person
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.dossiers.authority_form import AuthorityForm
from mlops_desktop.ui.pages.dossiers.countersigning import CountersignDialog
from mlops_desktop.ui.pages.dossiers.extending import ExtendForm
from mlops_desktop.ui.pages.dossiers.files import FileWork, Place
from mlops_desktop.ui.pages.dossiers.order import OrderForm
from mlops_desktop.ui.pages.dossiers.scanning import ask_scan
from mlops_desktop.ui.pages.dossiers.sealing import PRESS, SealDialog
from mlops_desktop.ui.text import tr


class DossierWork(FileWork):
    """Answers the actions of the page; ``model`` is what the next export is about."""

    def __init__(self, context: Context, page: Place) -> None:
        super().__init__(context, page)
        self.model = ""
        self._asides: list[SealDialog] = []

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

    def extend(self) -> None:
        """Lift the file that is shown to a higher level."""
        path = self._page.detail.path
        if path is not None:
            form = ExtendForm(self._context, path, self._page.window())
            form.extended.connect(self._on_extended)
            form.open()

    def arrange(self) -> None:
        """Arrange by whom signatures are time-stamped."""
        AuthorityForm(self._context, self._page.window()).open()

    def attach_scan(self) -> None:
        """Keep the scan of a page signed by hand beside the chosen dossier."""
        detail = self._page.detail
        if detail.line is not None:
            ask_scan(self._context, detail.line.row, self._page.window(), detail.read_scans)

    def resume(self) -> None:
        """Come back to the preview whose pages were made meanwhile."""
        if self._asides:
            self._asides[-1].open()

    def has_aside(self) -> bool:
        """Whether a preview was put aside."""
        return bool(self._asides)

    def drop_asides(self) -> None:
        """Forget previews put aside: they were made for another person or another workspace."""
        for dialog in tuple(self._asides):
            dialog.reject()
            dialog.deleteLater()

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
        if dialog not in self._asides:
            self._asides.append(dialog)
            dialog.finished.connect(lambda: self._forget_aside(dialog))
        self._context.actions.refresh()

    def _forget_aside(self, dialog: SealDialog) -> None:
        self._asides.remove(dialog)
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

    def _on_extended(self, extended: Extended) -> None:
        self._page.shelf.keep(extended.digest, extended.path)
        level = extended.level.baseline
        self._context.toast(self._context.say("dossiers.extend.done", level=level))
        self._page.list.reload()

    def _on_countersigned(self, signed: Countersigned) -> None:
        self._page.shelf.keep(signed.digest, signed.path)
        context, next_one = self._context, signed.waits_for
        key = "dossiers.countersign.waits" if next_one else "dossiers.countersign.complete"
        context.toast(context.say(key, name=next_one or ""))
        self._page.list.reload()
