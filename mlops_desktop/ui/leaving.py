"""Leaves the window: asks first where work runs, and lets it end before the window goes."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.job import Job
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import ConfirmDialog, FormDialog

_NAMED = 3


class Leaving(QObject):
    """Stands between the wish to close and the end; one for the window."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._dialog: ConfirmDialog | None = None
        self._gives_up = False
        context.jobs.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def may_close(self) -> bool:
        """Say whether nothing stands in the way; where work runs, ask, and close after it."""
        if self._context.jobs.listing():
            if self._dialog is None:
                self._ask()
            return False
        return self._may_end_drafts()

    def _may_end_drafts(self) -> bool:
        """Ask before drafts end with the window, where the profile cannot keep them."""
        for form in self._window.findChildren(FormDialog):
            form.keep_draft()
        kept = self._context.drafts.all()
        if not kept or self._gives_up or self._context.drafts.is_lasting:
            return True
        if self._dialog is None:
            say, number = self._context.say, self._context.language.time
            named = "\n".join(f"{one.title}  ({number(one.at)})" for one in kept)
            sentence = say("drafts.end.sentence", drafts=named)
            title, verb = say("drafts.end.title"), say("drafts.end.verb")
            self._dialog = ConfirmDialog(self._context, title, sentence, verb, self._window)
            self._dialog.submitted.connect(self._give_up)
            self._dialog.finished.connect(self._forget)
            self._dialog.open()
        return False

    def _give_up(self) -> None:
        self._gives_up = True
        if self._dialog is not None:
            self._dialog.done_well()
        self._window.close()

    def leave(self) -> None:
        """Close without a question: stop what runs, and close when it has ended."""
        self._gives_up = True
        if self.may_close():
            self._window.close()
        elif self._dialog is not None:
            self._dialog.set_busy(True)
            self._stop()

    def _ask(self) -> None:
        listing = self._context.jobs.listing()
        told = [_said(self._context, job) for job in listing[:_NAMED]]
        if (more := len(listing) - _NAMED) > 0:
            told.append(self._context.language.words.count("leaving.more", more))
        sentence = "\n".join(told)
        title, verb = tr("Work is still running"), tr("Stop and quit")
        dialog = ConfirmDialog(self._context, title, sentence, verb, self._window)
        dialog.submitted.connect(self._stop)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        dialog.open()

    def _stop(self) -> None:
        assert self._dialog is not None
        self._dialog.bar.say("info", tr("Stopping…"))
        for job in self._context.jobs.listing():
            self._context.jobs.cancel(job)

    def _on_ended(self) -> None:
        if self._dialog is not None and not self._context.jobs.listing():
            self._dialog.done_well()
            self._window.close()

    def _forget(self) -> None:
        self._dialog = None


def _said(context: Context, job: Job) -> str:
    """Say what becomes of work; what waits in a lane is taken out of it."""
    ending = job.ending.value if job.running else "waiting"
    return context.say(f"leaving.{ending}", work=job.name)
