"""What a kind of observed thing is: its noun, its fields and its two events."""

from dataclasses import dataclass
from typing import Protocol

from mlops_desktop.core import observed
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.details import ObservedDetails


class Observed(Protocol):
    """The event of a thing that a source told for the first time, otherwise, or again."""

    @property
    def thing(self) -> str:
        """The UUID of the thing here."""
        ...

    @property
    def source(self) -> str:
        """The name of the source."""
        ...

    @property
    def native_id(self) -> str:
        """Its id at the source."""
        ...

    @property
    def models(self) -> tuple[str, ...]:
        """The ids of the models it was found to be about."""
        ...

    @property
    def details(self) -> ObservedDetails:
        """What the source told."""
        ...

    @property
    def seen(self) -> Sighting:
        """The answer it stood in."""
        ...


@dataclass(frozen=True, slots=True)
class ObservedKind:
    """A kind of thing that sources tell of.

    ``streams`` of a source tell of it. ``observed`` is an event with the fields of
    :class:`Observed`, in their order; ``missed`` says that a complete listing no longer holds the
    thing. A kind without it is a stream of happenings (runs, results): what a later reading does
    not hold is past, not missing. Of things that are not ``is_standing`` (alerts) many may be
    gone at once without suspicion.
    """

    noun: str
    plural: str
    streams: tuple[str, ...]
    details: type[ObservedDetails]
    observed: type[Event]
    missed: type[Event] | None = None
    is_standing: bool = True


_KINDS: dict[str, ObservedKind] = {}


def register(kind: ObservedKind) -> ObservedKind:
    """Make a kind known; its noun stands once."""
    if kind.noun in _KINDS:
        raise ValueError(f"kind of observed thing twice: {kind.noun}")
    _KINDS[kind.noun] = kind
    return kind


def kinds() -> tuple[ObservedKind, ...]:
    """Return every kind there is, by noun."""
    observed.load()
    return tuple(kind for _, kind in sorted(_KINDS.items()))


def kind_named(noun: str) -> ObservedKind:
    """Return the kind of that noun; raises KeyError."""
    observed.load()
    return _KINDS[noun]


def kind_of(details: ObservedDetails) -> ObservedKind:
    """Return the kind whose fields these are; raises KeyError."""
    for kind in kinds():
        if kind.details is type(details):
            return kind
    raise KeyError(type(details).__name__)
