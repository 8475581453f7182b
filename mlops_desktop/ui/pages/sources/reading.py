"""Reads sources side by side, each by one job that shows how far it is and can be stopped."""

from PySide6.QtCore import QObject, QSemaphore, Signal, SignalInstance

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.sources import sync
from mlops_desktop.services.sync import SyncResult
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.text import tr

_LOOK_MS = 200
_RECORDING = "sync.comparing"
_PAGED = {
    f"sync.reading_{stream}": f"sources.step.{stream}" for stream in ("models", "versions", "runs")
}
"""Steps whose sentence names the page that is read."""


class Readings(QObject):
    """The sources being read now, by name."""

    moved = Signal(str)
    """The reading of a source began, is further, or ended."""
    done = Signal(str, object)
    """A source and its SyncResult."""
    failed = Signal(str, object)
    """A source and the AppError instead of a result."""
    stopped = Signal(str)
    """A reading ended without a result because a person stopped it."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._jobs: dict[str, Job] = {}
        self._ends: dict[str, QSemaphore] = {}
        self._held: set[str] = set()
        self._told: set[str] = set()
        context.jobs.listed.connect(self._on_listed)
        context.jobs.ended.connect(self._on_ended)

    def job(self, name: str) -> Job | None:
        """Return the job that reads a source, None while none does."""
        return self._jobs.get(name)

    def is_reading(self, name: str) -> bool:
        """Whether a source is being read or waits for it."""
        return name in self._jobs

    def start(self, name: str, secret: str | None = None, *, accept_shrink: bool = False) -> None:
        """Read a source, unless it is being read already."""
        if name in self._jobs:
            return
        session, end = self._context.session, QSemaphore()

        def read(progress: Progress) -> SyncResult:
            def report(step: str, done: int, total: int | None) -> None:
                progress.report(done, total, _PAGED.get(step, step), page=done)

            try:
                return sync(
                    session,
                    name,
                    report,
                    progress.is_cancelled,
                    secret=secret,
                    accept_shrink=accept_shrink,
                )
            finally:
                end.release()

        self._ends[name] = end
        self._jobs[name] = self._context.jobs.submit_network(
            tr("Reading {source}", source=name), read,
            lambda result: self._tell(name, self.done, result),
            lambda error: self._tell(name, self.failed, error),
            source=f"source:{name}",
        )  # fmt: skip
        self.moved.emit(name)

    def stop(self, name: str) -> None:
        """Ask a reading to end; nothing of it is recorded unless it is being recorded already."""
        job = self._jobs.get(name)
        if job is not None:
            self._context.jobs.cancel(job)

    def stop_all(self) -> None:
        """Ask every reading to end."""
        for name in list(self._jobs):
            self.stop(name)

    def _tell(self, name: str, signal: SignalInstance, what: object) -> None:
        self._told.add(name)
        signal.emit(name, what)

    def _on_listed(self) -> None:
        for name, job in list(self._jobs.items()):
            if job.progress.step.key == _RECORDING and name not in self._held:
                self._held.add(name)
                self._hold_writes(name)
            self.moved.emit(name)

    def _hold_writes(self, name: str) -> None:
        """Keep the write lane while a reading is recorded.

        A large first reading holds the database longer than another writer waits for it; so what
        a person asks to be written meanwhile waits in the lane instead of failing.
        """
        end = self._ends[name]

        def wait(progress: Progress) -> None:
            while not end.tryAcquire(1, _LOOK_MS) and not progress.is_cancelled():
                pass

        self._context.jobs.submit_write(
            tr("Recording what {source} told", source=name), wait, _nothing, _ignore
        )

    def _on_ended(self, job: Job) -> None:
        for name, mine in list(self._jobs.items()):
            if mine is job:
                del self._jobs[name], self._ends[name]
                self._held.discard(name)
                self.moved.emit(name)
                if name not in self._told:
                    self.stopped.emit(name)
                self._told.discard(name)


def _nothing(_result: None) -> None:
    """Need nothing more once the reading is recorded."""


def _ignore(error: AppError) -> None:
    """Leave it to the reading itself to say what failed."""
