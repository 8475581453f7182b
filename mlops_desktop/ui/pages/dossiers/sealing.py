"""Seals an export: shows what is sealed, asks for the passphrase, makes it in the write lane."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import Exported, Order, export_dossier
from mlops_desktop.services.people import unlocker
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.dossiers.said import say_language
from mlops_desktop.ui.status import show_step, step_text
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import Meaning, SignDialog
from mlops_desktop.ui.widgets.label import Label

_OF_KEY = ("person_key.", "passphrase.", "certificate.")


class SealDialog(SignDialog):
    """Stays open until the dossier lies where it belongs, or something refuses it."""

    sealed = Signal(object)
    """The dossier was Exported."""
    refused = Signal(object)
    """Something but the key is in the way: an AppError that the order can mend."""

    def __init__(self, context: Context, order: Order, signer: str, parent: QWidget) -> None:
        meaning = Meaning("issue", context.say("dossier.seal.default_meaning"))
        title = tr("Seal the dossier")
        super().__init__(context, title, _covers(context, order, signer), (meaning,), parent)
        self._order = order
        self._job: Job | None = None
        self._step = Label(tone="muted")
        self._progress = QProgressBar()
        for part in (self._step, self._progress):
            part.hide()
            self._column.insertWidget(self._column.indexOf(self.form) + 1, part)
        self._leave_out_comment()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 92)
        self.submitted.connect(self._send)
        context.jobs.listed.connect(self._show_step)
        self.passphrase.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Show how far it is while it is made."""
        super().set_busy(busy)
        for part in (self._step, self._progress):
            part.setVisible(busy)

    def show_error(self, error: AppError) -> None:
        """Explain what is wrong with the key, with room for the explanation."""
        super().show_error(error)
        QTimer.singleShot(0, self, self._fit)

    def showEvent(self, event: QShowEvent) -> None:
        """Open with room for everything that is sealed."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _leave_out_comment(self) -> None:
        self.comment.hide()
        for label in self.form.findChildren(QLabel):
            if label.buddy() is self.comment:
                label.hide()

    def _send(self) -> None:
        session, order, passphrase = self.context.session, self._order, self.passphrase.text()

        def export(progress: Progress) -> Exported:
            def report(step: str, done: int, total: int | None) -> None:
                progress.report(done, total, step)

            return export_dossier(session, order, unlocker(session, lambda: passphrase), report)

        name = tr("Exporting the dossier of {model}", model=order.model)
        self._job = self.context.jobs.submit_write(name, export, self._on_done, self._on_failed)

    def _show_step(self) -> None:
        if self._job is not None:
            show_step(self._progress, self._job)
            self._progress.setAccessibleName(self._job.name)
            self._step.setText(step_text(self.context, self._job))

    def _on_done(self, exported: Exported) -> None:
        self._job = None
        self.sealed.emit(exported)
        self.done_well()

    def _on_failed(self, error: AppError) -> None:
        self._job = None
        if error.code.startswith(_OF_KEY):
            self.show_error(error)
            self.passphrase.setFocus()
        else:
            self.refused.emit(error)
            self.reject()


def _covers(context: Context, order: Order, signer: str) -> tuple[tuple[str, str], ...]:
    day = order.as_of.known
    return (
        (tr("Model"), order.model),
        (tr("As of"), context.language.date(day) if day else tr("now")),
        (tr("Language of the dossier"), say_language(context, order.language)),
        (tr("Classification"), context.say(f"dossier.classification.{order.classification}")),
        (tr("File"), str(order.out)),
        (tr("Sealed by"), signer),
        (tr("Level"), context.say("dossiers.seal.level")),
    )
