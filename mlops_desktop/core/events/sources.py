"""Connections to sources and what each reading of them gave."""

from dataclasses import dataclass

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Pair


@event("source.added")
@dataclass(frozen=True, slots=True)
class SourceAdded:
    """A connection was configured; secrets are never part of it.

    ``username`` is the technical user of a basic login; None means a token or no login.
    ``settings`` are the kind's own: label names, queries, mappings.
    """

    source: str
    kind: str
    url: str
    username: str | None = None
    ca_file: str | None = None
    proxy: str | None = None
    settings: tuple[Pair, ...] = ()


@event("source.edited")
@dataclass(frozen=True, slots=True)
class SourceEdited:
    """A connection is reached in another way from now on; its name and what it told stay."""

    source: str
    url: str
    username: str | None = None
    ca_file: str | None = None
    proxy: str | None = None
    settings: tuple[Pair, ...] = ()


@event("source.removed")
@dataclass(frozen=True, slots=True)
class SourceRemoved:
    """A connection was removed; what it told stays."""

    source: str


@dataclass(frozen=True, slots=True)
class SyncCounts:
    """How many facts of a reading were read, new, changed, unchanged, missing, held, refused."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    held_back: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class StreamFailure:
    """A stream that could not be read to its end."""

    stream: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class CompletedStream:
    """A stream read to its end: the digests of its pages in the order they came.

    ``cursor`` is where the next reading goes on; ``read`` is how many facts the pages held,
    ``refused`` how many of them went past the limits. ``unread`` names parts (files) that the
    source could not read, the first 50 of them. ``is_offered`` is false for a stream that this
    version of the source does not have, ``is_partial`` true for what was no whole listing.
    """

    stream: str
    pages: tuple[str, ...] = ()
    cursor: str | None = None
    read: int | None = None
    refused: int | None = None
    unread: tuple[str, ...] = ()
    is_offered: bool = True
    is_partial: bool = False


@event("source.synced")
@dataclass(frozen=True, slots=True)
class SourceSynced:
    """A source was read by a reader of the named version; failures name what was not."""

    source: str
    counts: SyncCounts
    completed: tuple[CompletedStream, ...] = ()
    failures: tuple[StreamFailure, ...] = ()
    reader: str | None = None
    version: str | None = None
