"""The small interface of every source."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from mlops_desktop.core.decision_records import DecisionRecord
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.observations import (
    Failure,
    Observation,
    ObservedVersion,
    Probe,
    SignatureReading,
    Stream,
)


class SourceFailure(Exception):
    """A page could not be read or parsed; carries the typed failure."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.stream}: {failure.code}: {failure.detail}")
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to log in: a bearer token, or a name with a password, or neither. Never stored here."""

    username: str | None = None
    password: str | None = None
    token: str | None = None

    def __repr__(self) -> str:
        return "Credentials(…)"


@dataclass(frozen=True, slots=True)
class Connection:
    """A configured source instance: everything a reader needs to know, no secret inside."""

    name: str
    kind: str
    url: str
    ca_file: str | None = None
    proxy: str | None = None
    settings: tuple[Pair, ...] = ()

    def setting(self, name: str, default: str = "") -> str:
        """Return the value of a setting of this kind of source, ``default`` where it is not set."""
        return next((pair.value for pair in self.settings if pair.name == name), default)


class AddressForm(StrEnum):
    """What the address of a source is."""

    HTTP = "http"
    PATH = "path"
    DATABASE = "database"
    PROFILE = "profile"
    REPOSITORY = "repository"


class Tested(StrEnum):
    """What a reader was tried against: a real service, or recorded answers of one."""

    LIVE = "live"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a kind of source can be told; ``sources.settings.<name>`` in the wording says it."""

    name: str
    default: str = ""
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """A kind of source: its address, its settings, and how far it was tried.

    A source's module names it ``DESCRIPTION``; one without is read over HTTP and has no settings.
    ``check`` refuses settings that contradict each other, with AppError, before they are kept;
    ``has_decisions`` tells whether a source with these settings can look up decisions;
    ``forget`` takes away what a reader of that address keeps beside the workspace.
    """

    address: AddressForm = AddressForm.HTTP
    settings: tuple[Setting, ...] = ()
    tested: Tested = Tested.LIVE
    extra: str | None = None
    check: Callable[[tuple[Pair, ...]], None] | None = None
    has_decisions: Callable[[tuple[Pair, ...]], bool] | None = None
    forget: Callable[[str], None] | None = None


class Source(Protocol):
    """A reader of one system; built by its factory from a connection and credentials."""

    streams: tuple[Stream, ...]

    def probe(self) -> Probe:
        """Tell whether the source answers, its version, who we are and what we can see."""
        ...

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield pages in the source's order, then one completion or one failure; never raises.

        ``cursor`` is that of the last completion of this stream; a source may leave it unread.
        """
        ...

    def close(self) -> None:
        """Close connections."""
        ...


@runtime_checkable
class SignatureReader(Protocol):
    """A source that reads a version's signature on demand: one request each, so never in a pull."""

    def read_signature(self, version: ObservedVersion) -> SignatureReading:
        """Return the version's signature, or none if it has none; raises SourceFailure."""
        ...


@runtime_checkable
class DecisionReader(Protocol):
    """A source that looks up one decision by its reference; none is ever part of a pull."""

    def read_decision(self, reference: str) -> DecisionRecord | None:
        """Return the decision, None where there is none; raises SourceFailure."""
        ...


Factory = Callable[[Connection, Credentials, IsCancelled], Source]
