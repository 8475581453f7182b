"""A registry that can be held while it is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Credentials
from mlops_desktop.sources.observations import FailureCode, Observation, Stream
from tests.services.registry import Registry


@dataclass
class Held(Registry):
    """A registry that can be held while it is read, and remembers who asked."""

    gate: Event = field(default_factory=Event)
    asked: list[Credentials] = field(default_factory=list)
    is_cancelled: IsCancelled = lambda: False

    def __post_init__(self) -> None:
        self.gate.set()

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Wait at the gate before every stream; give up when told to."""
        while not self.gate.wait(0.02):
            if self.is_cancelled():
                self.failing = dict.fromkeys(self.streams, FailureCode.CANCELLED)
                break
        yield from super().pull(stream, cursor)
