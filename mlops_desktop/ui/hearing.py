"""Hears what jobs report, no more often than a person sees it change."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from mlops_desktop.ui.job import Job, Step

_PAUSE_MS = 40


class Hearing(QObject):
    """Shows a job's step and leaves the job alone for a while; then what has come meanwhile.

    Heard at once, a worker would report again before the window came to a key.
    """

    def __init__(self, parent: QObject, show: Callable[[Job], None]) -> None:
        super().__init__(parent)
        self._show = show
        self._shown: dict[Job, Step] = {}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._listen)

    def hear(self, job: Job) -> None:
        """Show how far ``job`` is, and listen to it again after a pause."""
        self._shown[job] = job.progress.step
        self._show(job)
        if not self._pause.isActive():
            self._pause.start()

    def end(self) -> None:
        """Listen to nobody any more."""
        self._pause.stop()
        self._shown.clear()

    def _listen(self) -> None:
        shown, self._shown = self._shown, {}
        for job, step in shown.items():
            job.progress.heard()
            if job.running and job.progress.step is not step:
                self.hear(job)
