"""Seals an export: shows the bytes that will be sealed, asks for the passphrase, seals them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import (
    Exported,
    Order,
    Prepared,
    prepare_dossier,
    seal_dossier,
)
from mlops_desktop.services.people import unlocker
from mlops_desktop.ui.as_of import say_days
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.dossiers.beside import OF_KEY, SignBesidePages
from mlops_desktop.ui.pages.dossiers.classes import say_class
from mlops_desktop.ui.pages.dossiers.said import say_language
from mlops_desktop.ui.status import show_step, step_text
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sign_dialog import Meaning

_OUTDATED = "dossier.preview_outdated"
# One dossier is printed at a time, in the lane that is listed and delays no write.
PRESS = "dossiers:press"


class SealDialog(SignBesidePages):
    """Stays open until the dossier lies where it belongs, or something refuses it."""

    sealed = Signal(object)
    """The dossier was Exported."""
    refused = Signal(object)
    """Something but the key is in the way: an AppError that the order can mend."""
    set_aside = Signal()
    """The pages are being made while the person does something else."""

    def __init__(self, context: Context, order: Order, signer: str, parent: QWidget) -> None:
        meaning = Meaning("issue", context.say("dossier.seal.default_meaning"))
        title = tr("Seal the dossier")
        super().__init__(context, title, _covers(context, order, signer), (meaning,), parent)
        self._order = order
        self._job: Job | None = None
        self.prepared: Prepared | None = None
        self._step = Label(tone="muted", wrap=True)
        self._progress = QProgressBar()
        self._aside = Button(context.say("dossiers.seal.aside"), self.put_aside, flat=True)
        self._leave_out_comment()
        self._lay_out()
        self.submitted.connect(self._send)
        self.preview.wanted.connect(self.prepare)
        context.jobs.listed.connect(self._show_step)
        context.jobs.ended.connect(self._on_ended)
        self.prepare()

    def prepare(self) -> None:
        """Make the pages, or make them again."""
        session, order = self.context.session, self._order
        self.prepared = None
        self.preview.show_sentence("dossiers.seal.preparing")

        def make(progress: Progress) -> Prepared:
            def report(step: str, done: int, total: int | None) -> None:
                _go_on(progress)
                progress.report(done, total, step)

            made = prepare_dossier(session, order, report, progress.is_cancelled)
            _go_on(progress)
            return made

        name = _job_name(self.context, order)
        self._job = self.context.jobs.submit_network(
            name, make, self._on_prepared, self._on_failed, source=PRESS
        )
        self._show_state()

    def put_aside(self) -> None:
        """Let the pages be made while the person does something else; a toast leads back."""
        self.set_aside.emit()
        self.hide()

    def reject(self) -> None:
        """Go away, and stop what is being made."""
        if self._job is not None and self._job.lane != "write":
            self.context.jobs.cancel(self._job)
        super().reject()

    def set_busy(self, busy: bool) -> None:
        """Let be signed only what can be seen."""
        super().set_busy(busy)
        self._show_state()

    def _lay_out(self) -> None:
        at = self._column.indexOf(self.form) + 1
        for place, part in enumerate((self._step, self._progress, self._aside)):
            self._column.insertWidget(at + place, part)
        self._column.setAlignment(self._aside, Qt.AlignmentFlag.AlignLeft)
        self.put_beside()

    def _leave_out_comment(self) -> None:
        self.comment.hide()
        for label in self.form.findChildren(QLabel):
            if label.buddy() is self.comment:
                label.hide()

    def _show_state(self) -> None:
        is_made = self.prepared is not None
        self.verb.setEnabled(is_made and self._job is None)
        for part in (self._step, self._progress):
            part.setVisible(self._job is not None)
        self._aside.setVisible(self._job is not None and not is_made)
        self._show_step()

    def _show_step(self) -> None:
        if self._job is not None:
            show_step(self._progress, self._job)
            self._progress.setAccessibleName(self._job.name)
            self._step.setText(step_text(self.context, self._job))

    def _send(self) -> None:
        session, prepared, passphrase = self.context.session, self.prepared, self.passphrase.text()
        if prepared is None:
            return

        def export(progress: Progress) -> Exported:
            def report(step: str, done: int, total: int | None) -> None:
                progress.report(done, total, step)

            return seal_dossier(session, prepared, unlocker(session, lambda: passphrase), report)

        name = _job_name(self.context, self._order)
        self._job = self.context.jobs.submit_write(name, export, self._on_done, self._on_failed)
        self._show_state()

    def _on_prepared(self, prepared: Prepared) -> None:
        self._job, self.prepared = None, prepared
        self.preview.show_pdf(prepared.unsealed)
        self._show_state()
        if self.isVisible():
            self.passphrase.setFocus()
            return
        said = self.context.say("dossiers.seal.ready", model=_subject(self.context, self._order))
        look = self.context.say("dossiers.seal.look")
        self.context.toasted.emit(Toast(said, open_label=look, open=self.open))

    def _on_ended(self, job: Job) -> None:
        """Say that nothing was made where it was stopped from outside."""
        if job is self._job and job.progress.is_cancelled():
            self._job = None
            self.preview.show_sentence("dossiers.seal.stopped")
            self._show_state()

    def _on_done(self, exported: Exported) -> None:
        self._job = None
        self.sealed.emit(exported)
        self.done_well()

    def _on_failed(self, error: AppError) -> None:
        self._job = None
        if error.code == _OUTDATED:
            self.set_busy(False)
            self.bar.say("warn", self.context.explain(error)[0])
            self.prepare()
        elif error.code.startswith(OF_KEY):
            self.show_error(error)
            self.passphrase.setFocus()
        else:
            self.refused.emit(error)
            self.reject()


def _covers(context: Context, order: Order, signer: str) -> tuple[tuple[str, str], ...]:
    level = context.say("dossiers.seal.level", level=order.level.baseline)
    return (
        (context.say("dossiers.order.about"), _subject(context, order)),
        (tr("As of"), _days(context, order)),
        (tr("Language of the dossier"), say_language(context, order.language)),
        (tr("Classification"), say_class(context, order.classification or "")),
        (tr("File"), str(order.out)),
        (tr("Sealed by"), signer),
        (tr("Level"), level),
    )


def _go_on(progress: Progress) -> None:
    if progress.is_cancelled():
        raise AppError("dossier.cancelled")


def _days(context: Context, order: Order) -> str:
    say_day, period, as_of = context.language.date, order.period, order.as_of
    if period is not None:
        return f"{say_day(period.first)} – {say_day(period.last)}"
    return tr("now") if as_of.is_now else say_days(context, as_of)


def _subject(context: Context, order: Order) -> str:
    return order.model or context.say(f"dossiers.order.kind_{order.scope.value}")


def _job_name(context: Context, order: Order) -> str:
    return tr("Exporting the dossier of {model}", model=_subject(context, order))
