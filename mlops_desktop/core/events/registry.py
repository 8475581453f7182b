"""The register of event types: by name and by class, filled by the files that define them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol, TypeVar

from mlops_desktop.core import events
from mlops_desktop.core.identity import Actor


class Event(Protocol):
    """What happened: a frozen dataclass that :func:`event` has registered."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's signature over an approval: by which certificate, how, and the bytes."""

    fingerprint: str
    algorithm: str
    value: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event as recorded: who, when, from when it holds, and what happened."""

    id: str
    at: datetime
    effective: datetime
    actor: Actor
    workspace: str
    payload: Event
    signature: Signature | None = None


_BY_NAME: dict[str, type[Event]] = {}
_NAMES: dict[type[Event], str] = {}
E_ = TypeVar("E_", bound=type)


def event(name: str) -> Callable[[E_], E_]:
    """Register a frozen dataclass as the event type ``noun.happened``."""

    def register(kind: E_) -> E_:
        if name in _BY_NAME:
            raise ValueError(f"event type twice: {name}")
        _BY_NAME[name] = kind
        _NAMES[kind] = name
        return kind

    return register


def name_of(kind: type[Event]) -> str:
    """Return the registered name of an event class."""
    return _NAMES[kind]


def kind_of(name: str) -> type[Event]:
    """Return the event class of a name; raises KeyError for one this program does not know."""
    events.load()
    return _BY_NAME[name]


def names() -> tuple[str, ...]:
    """Return all registered event names, sorted."""
    events.load()
    return tuple(sorted(_BY_NAME))
