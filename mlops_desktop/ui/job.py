"""One piece of work: what it does, how far it is, and what a worker holds of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.pace import Pace


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: ``total`` is None while unknown; ``key`` names the sentence to show."""

    done: int = 0
    total: int | None = None
    key: str = ""
    parameters: tuple[tuple[str, str | int], ...] = ()


class Progress:
    """What a job's function is given: it reports how far it is and asks whether to go on."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._cancelled = False
        self._told = True
        self.step = Step()

    def report(
        self, done: int, total: int | None = None, key: str = "", **parameters: str | int
    ) -> None:
        """Say how far the job is; cheap enough to call for every row."""
        self.step = Step(done, total, key, tuple(parameters.items()))
        if self._told:
            self._told = False
            self._wake()

    def is_cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the function to stop at its next look."""
        self._cancelled = True

    def heard(self) -> None:
        """Let the next report wake the window again."""
        self._told = True

    def end(self) -> None:
        """Wake nobody any more; else job and progress would hold each other until a search."""
        self._wake = _nobody


def _nobody() -> None:
    """Nobody waits for it."""


class Ending(StrEnum):
    """What becomes of running work that is stopped; ``leaving.…`` says it in words."""

    FINISHED = "finished"
    WHOLE = "whole"
    """It is taken over as a whole or not at all."""
    STOPPED = "stopped"


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work with the name a person reads; ``quiet`` work is not listed.

    What ``is_last`` is never dropped; what ``is_aside`` begins after all that is not.
    """

    name: str
    lane: str
    function: Callable[[Progress], Any]
    on_done: Callable[[Any], None]
    on_failed: Callable[[AppError], None]
    key: str | None = None
    source: str | None = None
    quiet: bool = False
    is_last: bool = False
    is_aside: bool = False
    ending: Ending = Ending.STOPPED
    progress: Progress = field(init=False)
    running: bool = False
    dropped: bool = False
    went_well: bool = False
    error: AppError | None = None
    """What refused it; the frames of a mistake would hold what they read."""
    pace: Pace = field(default_factory=Pace)

    def cancel(self) -> None:
        """Ask the job to stop; one that has not begun never will."""
        self.progress.cancel()


def without_frames(refused: AppError) -> AppError:
    """Return a refusal that holds no frame, nor does what it came from: nobody reads its trace."""
    told: BaseException | None = refused
    while told is not None and told.__traceback__ is not None:  # each once, should they go round
        told.__traceback__ = None
        told = told.__cause__ or told.__context__
    return refused


@dataclass(eq=False, slots=True)
class Errand:
    """All that a worker holds of a job; the window empties it, so no widget ever ends there."""

    job: Job | None
    result: object = None
    error: BaseException | None = None

    def run(self) -> None:
        """Do the work unless nobody wants it; whatever comes out, even an exception, waits here.

        What nobody wants any more ends on this thread, and so does what a refusal's frames hold:
        a hundred thousand rows that were read so far would stop the window while they go.
        """
        assert self.job is not None
        if self.job.dropped:
            return
        try:
            result = self.job.function(self.job.progress)
        except AppError as refused:
            self.error = without_frames(refused)
        except BaseException as raised:
            self.error = raised
        else:
            if not self.job.dropped:
                self.result = result

    def empty(self) -> tuple[Job, object, BaseException | None]:
        """Hand over the job and what came of it, and keep nothing."""
        assert self.job is not None
        held = (self.job, self.result, self.error)
        self.job.error = self.error if isinstance(self.error, AppError) else None
        self.job.went_well = self.error is None and not self.job.progress.is_cancelled()
        self.job = self.result = self.error = None
        return held
