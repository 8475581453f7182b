"""Takes a register over in the write lane: it says how far it is, and can be stopped."""

from PySide6.QtCore import QObject, Signal

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import imports
from mlops_desktop.services.imports import Applied, Source, Wishes
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.job import Ending
from mlops_desktop.ui.jobs import Job, Progress


class Taking(QObject):
    """One import at a time; what is stopped is ``import.stopped``, and nothing of it is kept."""

    taken = Signal(object)
    """The import was Applied."""
    failed = Signal(object)
    """An AppError instead."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        context.jobs.ended.connect(self._on_ended)

    def start(self, source: Source, wishes: Wishes, seen: str) -> None:
        """Take over every row, if the report is still the one ``seen``."""
        session = self._context.session

        def write(progress: Progress) -> Applied:
            def tell(step: str, done: int, total: int | None) -> None:
                if progress.is_cancelled():
                    raise AppError("import.stopped")
                progress.report(done, total, step)

            return imports.apply_import(session, source, wishes, seen=seen, tell=tell)

        name = self._context.say("intake.taking")
        self._job = self._context.jobs.submit_write(
            name, write, self._done, self._fail, ending=Ending.WHOLE
        )

    def _done(self, applied: Applied) -> None:
        self._job = None
        self.taken.emit(applied)

    def _fail(self, error: AppError) -> None:
        self._job = None
        self.failed.emit(error)

    def _on_ended(self, job: Job) -> None:
        # Who stops a job gets no answer of it: that it has ended is the answer.
        if job is self._job and job.progress.is_cancelled():
            self._fail(AppError("import.stopped"))
