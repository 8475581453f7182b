"""Verifies the workspace beside everything else: it only reads, so no writer waits for it."""

from PySide6.QtCore import QObject, Signal

from mlops_desktop.services.ledger import LedgerVerdict, verify_ledger
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.text import tr

_ONE_AT_A_TIME = "ledger"


class _StoppedError(Exception):
    """The person stopped it; no AppError, which verifying would take for a finding."""


class Verifying(QObject):
    """At most one verification at a time; ``job`` is None while none runs."""

    moved = Signal()
    """It began, is further, or ended."""
    done = Signal(object)
    """The LedgerVerdict."""
    failed = Signal(object)
    """An AppError instead of a verdict."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.job: Job | None = None
        context.jobs.listed.connect(self._on_listed)
        context.jobs.ended.connect(self._on_ended)

    def start(self) -> None:
        """Verify, unless it is being done already."""
        if self.job is not None:
            return
        session = self._context.session

        def verify(progress: Progress) -> LedgerVerdict:
            def report(step: str, done: int, total: int | None) -> None:
                if progress.is_cancelled():
                    raise _StoppedError
                progress.report(done, total, step)

            return verify_ledger(session, report)

        # The network lane is the one that is listed, can be cancelled and delays no write.
        self.job = self._context.jobs.submit_network(
            tr("Verifying the ledger"), verify, self.done.emit, self.failed.emit,
            source=_ONE_AT_A_TIME,
        )  # fmt: skip
        self.moved.emit()

    def stop(self) -> None:
        """Ask it to end at its next step."""
        if self.job is not None:
            self._context.jobs.cancel(self.job)

    def _on_listed(self) -> None:
        if self.job is not None:
            self.moved.emit()

    def _on_ended(self, job: Job) -> None:
        if job is self.job:
            self.job = None
            self.moved.emit()
