"""Values as services write them: times, pairs, and answers as typed records."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import read_json
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import Fact, Pair, Stream
from mlops_desktop.sources.rest import failure_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Parse = Callable[[bytes], tuple[Fact, ...]]
Shape = TypeVar("Shape")


def read(raw: bytes, shape: type[Shape], stream: Stream) -> Shape:
    """Return an answer as ``shape``; raises SourceFailure ``protocol``."""
    try:
        return read_json(raw, shape)
    except HttpFault as fault:
        raise SourceFailure(failure_of(stream, fault)) from fault


def from_milliseconds(told: int | str | None) -> datetime | None:
    """Return milliseconds since 1970 as a time; none for one that no calendar holds."""
    try:
        return None if told in (None, "") else _EPOCH + timedelta(milliseconds=int(told or 0))
    except (OverflowError, ValueError):
        return None


def from_iso(told: str | None) -> datetime | None:
    """Return an ISO 8601 text as a time; none for another text, or one that names no zone."""
    try:
        found = datetime.fromisoformat(told) if told else None
    except ValueError:
        return None
    return found.astimezone(UTC) if found is not None and found.tzinfo else None


def pairs(told: Mapping[str, str | None]) -> tuple[Pair, ...]:
    """Return the names that have a value, sorted."""
    return sort_pairs(Pair(name, value) for name, value in told.items() if value)


def sort_pairs(told: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return pairs by name: services give them in no stated order, and unchanged is equal."""
    return tuple(sorted(told, key=lambda pair: (pair.name, pair.value)))


def nothing(raw: bytes) -> tuple[Fact, ...]:
    """Find no facts in a page that only says what others mean."""
    return ()
