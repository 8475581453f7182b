"""What persons say about pipelines that sources tell of: how often they run, what they do."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event


@event("pipeline.expected")
@dataclass(frozen=True, slots=True)
class PipelineExpected:
    """A person said how often a pipeline is to end well; None says nothing is expected."""

    source: str
    pipeline: str
    minutes: int | None = None
    reason: Erasable | None = None


@event("pipeline.described")
@dataclass(frozen=True, slots=True)
class PipelineDescribed:
    """A person said in plain words what a pipeline does, or one of its steps."""

    source: str
    pipeline: str
    text: Erasable
    step: str | None = None


@event("pipeline.step_ended")
@dataclass(frozen=True, slots=True)
class PipelineStepEnded:
    """A person said that a step no longer runs; ``became`` is the step that runs in its place.

    It holds until the step runs again, or until it is taken back.
    """

    source: str
    pipeline: str
    step: str
    became: str | None = None
    reason: Erasable | None = None


@event("pipeline.step_resumed")
@dataclass(frozen=True, slots=True)
class PipelineStepResumed:
    """A person took back that a step no longer runs."""

    source: str
    pipeline: str
    step: str
    reason: Erasable | None = None
