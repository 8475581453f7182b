"""Tells above all pages what failed, until the same work succeeds or another workspace is open."""

from PySide6.QtCore import QObject

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.job import Job
from mlops_desktop.ui.widgets.bar import MessageBar


class Failures(QObject):
    """Knows of what is told which work it came from."""

    def __init__(self, context: Context, bar: MessageBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._error: AppError | None = None
        self._work = ""
        context.failed.connect(self._show)
        context.jobs.ended.connect(self._on_ended)
        context.workspace_changed.connect(self._put_away)

    def _show(self, error: AppError) -> None:
        self._bar.show_error(error)
        self._error, self._work = error, ""

    def _on_ended(self, job: Job) -> None:
        work = job.key or job.name
        if self._error is not None and job.error is self._error:
            self._work = work
        elif job.went_well and work == self._work:
            self._put_away()

    def _put_away(self) -> None:
        if self._error is not None:
            self._bar.put_away(self._error)
        self._error, self._work = None, ""
