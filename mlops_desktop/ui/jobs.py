"""The only threads of the program: one write lane, two read lanes, four network lanes.

Beside the read lanes one more reads what no page waits for.

All bookkeeping happens on the thread of the window; workers run a function and hand back
its result through a signal, so no lock is needed and no page ever runs beside another.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.services.redaction import tell_trace
from mlops_desktop.ui.collecting import Collector
from mlops_desktop.ui.hearing import Hearing
from mlops_desktop.ui.job import Ending, Errand, Job, Progress, Step
from mlops_desktop.ui.turns import Turns

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = ["Job", "Jobs", "Progress", "Step"]

T = TypeVar("T")
_ASIDE = "aside"
_TURN_SECONDS = 0.0005
"""How long a worker keeps Python while the window wants it; a key asks for it some dozen times."""
_WIDTHS = {"write": 1, "read": 2, "network": 4}


@runtime_checkable
class HasChanges(Protocol):
    """A result that says what the job touched."""

    @property
    def changes(self) -> Changes: ...


@dataclass(eq=False, slots=True)
class _Lane:
    name: str
    width: int
    waiting: list[Job] = field(default_factory=list)
    running: list[Job] = field(default_factory=list)
    pool: "Executor | None" = None

    def take(self) -> Job | None:
        """Return the oldest waiting job whose source is idle, if there is a free place for it.

        What is done aside begins where a place is free, and from then on takes none.
        """
        busy = {job.source for job in self.running if job.source is not None}
        free = [job for job in self.waiting if job.source not in busy]
        if not free:
            return None
        job = min(free, key=attrgetter("is_aside"))  # the first of equals is the oldest
        taken = [one for one in self.running if job.is_aside or not one.is_aside]
        if len(taken) >= self.width:
            return None
        self.waiting.remove(job)
        self.running.append(job)
        return job

    def start(self, work: Callable[[Errand], None], job: Job) -> None:
        """Run ``work`` with ``job`` on a thread of this lane."""
        if self.pool is None:
            # Imported here because it brings logging along, which the first paint can do without.
            from concurrent.futures import ThreadPoolExecutor

            self.pool = ThreadPoolExecutor(self.width + 1, thread_name_prefix=self.name)
        self.pool.submit(work, Errand(job))


class Jobs(QObject):
    """Takes work from pages and gives back results on the thread of the window."""

    listed = Signal()
    """The list of running and waiting jobs, or a step of one, changed."""
    ended = Signal(object)
    """A job ended in whatever way."""
    changed = Signal(object)
    """What a finished job touched, as Changes."""
    crashed = Signal(str, str)
    """A job's name and the trace of its unexpected exception."""
    refused = Signal(object)  # the AppError of a job, before whoever asked for it is told

    _reported = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN_SECONDS)
        self._lanes = {name: _Lane(name, width) for name, width in _WIDTHS.items()}
        self._closed = False
        self._hearing = Hearing(self, self._show)
        self._collector = Collector(self, self.is_idle)
        self._reported.connect(self._on_reported)
        self._turns: Turns[Errand] = Turns(self, self._take)
        self._finished.connect(self._on_finished)

    def submit_read(
        self,
        name: str,
        function: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[AppError], None],
        *,
        key: str | None = None,
        source: str | None = None,
    ) -> Job:
        """Ask something; a newer request of the same ``key`` drops the older, result and all.

        Two jobs of one ``source`` never run at once, for libraries that bear one thread only.
        """
        self._drop_older(key)
        job = Job(name, "read", function, on_done, on_failed, key, source, quiet=True)
        return self._submit(job)

    def submit_aside(
        self,
        name: str,
        function: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[AppError], None],
        *,
        key: str | None = None,
    ) -> Job:
        """Ask what no page waits for: one at a time, after what pages ask for, in nobody's way."""
        self._drop_older(key)
        told = (on_done, on_failed, key, _ASIDE)
        return self._submit(Job(name, "read", function, *told, quiet=True, is_aside=True))

    def submit_last(self, name: str, function: Callable[[Progress], T], source: str) -> Job:
        """Do something short after all else of its source, even where the window closes."""
        job = Job(name, "read", function, _ignore, _ignore, source=source, quiet=True, is_last=True)
        return self._submit(job)

    def submit_write(
        self,
        name: str,
        function: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[AppError], None],
        *,
        ending: Ending = Ending.FINISHED,
    ) -> Job:
        """Change something; writes run one after the other in the order they were asked for."""
        return self._submit(Job(name, "write", function, on_done, on_failed, ending=ending))

    def submit_network(
        self,
        name: str,
        function: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[AppError], None],
        *,
        source: str | None = None,
    ) -> Job:
        """Speak with another machine; two jobs of one ``source`` never run at once."""
        return self._submit(Job(name, "network", function, on_done, on_failed, source=source))

    def cancel(self, job: Job) -> None:
        """Stop ``job``: one that waits is taken out, one that runs is asked to end."""
        job.cancel()
        lane = self._lanes[job.lane]
        if job in lane.waiting:
            lane.waiting.remove(job)
            self.ended.emit(job)
        self.listed.emit()

    def drop_reads(self) -> None:
        """Forget every question asked so far: its answer is not wanted any more."""
        for job in self._all("read"):
            self._drop(job)

    def listing(self) -> tuple[Job, ...]:
        """Return the jobs a person should see: running first, then waiting."""
        found = [job for name in self._lanes for job in self._all(name) if not job.quiet]
        return tuple(sorted(found, key=lambda job: not job.running))

    def is_idle(self) -> bool:
        """Whether no job runs or waits, listed or not."""
        return all(map(self.is_lane_idle, self._lanes))

    def is_lane_idle(self, name: str) -> bool:
        """Whether no job of one lane runs or waits."""
        return not self._all(name)

    def close(self) -> None:
        """Take no more work, ask all to stop and wait until every thread has ended."""
        self._closed = True
        for name, lane in self._lanes.items():
            for job in self._all(name):
                self._drop(job)
            if lane.pool is not None:
                lane.pool.shutdown(wait=True)  # what was dropped and has not begun never does
            while lane.waiting:
                Errand(lane.waiting.pop(0)).run()  # the last of a source that was busy
        self._hearing.end()
        self._collector.release()

    def _all(self, lane: str) -> list[Job]:
        return [*self._lanes[lane].running, *self._lanes[lane].waiting]

    def _drop_older(self, key: str | None) -> None:
        for older in self._all("read"):
            if key is not None and older.key == key:
                self._drop(older)

    def _drop(self, job: Job) -> None:
        if job.is_last:
            return
        job.dropped = True
        job.cancel()
        lane = self._lanes[job.lane]
        if job in lane.waiting:
            lane.waiting.remove(job)

    def _submit(self, job: Job) -> Job:
        job.progress = Progress(lambda: self._reported.emit(job))
        if self._closed:
            job.cancel()
            return job
        self._lanes[job.lane].waiting.append(job)
        self._pump(job.lane)
        return job

    def _pump(self, name: str) -> None:
        lane = self._lanes[name]
        while (job := lane.take()) is not None:
            job.running = True
            self._collector.hold()
            lane.start(self._work, job)
        self.listed.emit()

    def _work(self, errand: Errand) -> None:
        errand.run()
        if isValid(self):
            self._finished.emit(errand)

    @Slot(object)
    def _on_reported(self, job: Job) -> None:
        self._hearing.hear(job)

    def _show(self, job: Job) -> None:
        step = job.progress.step
        job.pace.hear(step.done, step.total, step.key)
        self.listed.emit()

    @Slot(object)
    def _on_finished(self, errand: Errand) -> None:
        self._turns.put(errand)

    def _take(self, errand: Errand) -> None:
        self._collector.glance()
        job, result, error = errand.empty()
        self._lanes[job.lane].running.remove(job)
        job.running = False
        if not self._closed:
            self._pump(job.lane)
        if not job.dropped and (error is None or not job.progress.is_cancelled()):
            self._deliver(job, result, error)
        self.ended.emit(job)
        job.progress.end()

    def _deliver(self, job: Job, result: object, error: BaseException | None) -> None:
        if error is None:
            if (changes := _changes_of(result)) and job.lane != "read":
                self.changed.emit(changes)
            if _is_alive(job.on_done):
                job.on_done(result)
            return
        if not isinstance(error, AppError):
            self.crashed.emit(job.name, tell_trace(error))
            error = AppError("window.job_crashed", recovery=Recovery.BUG, name=job.name)
        self.refused.emit(error)
        if _is_alive(job.on_failed):
            job.on_failed(error)


def _ignore(_: object) -> None:
    """Nobody waits for it."""


def _changes_of(result: object) -> Changes | None:
    found = result.changes if isinstance(result, HasChanges) else result
    return found if isinstance(found, Changes) else None


def _is_alive(callback: Callable[..., None]) -> bool:
    """Whether the object a bound method belongs to still exists on Qt's side."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
