"""The only clock the program reads, so that a test or a demo can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache


def _system() -> datetime:
    return datetime.now(UTC)


_AHEAD = timedelta(days=1)
_read: Callable[[], datetime] = _system


def now() -> datetime:
    """Return the current time, aware and in UTC."""
    return _read()


def today() -> date:
    """Return the current day in UTC."""
    return now().date()


def horizon() -> datetime:
    """Return the latest time at which anything can have happened, by any clock: in a day.

    No zone and no clock lies farther ahead; what a source dates later has not happened yet.
    """
    return now() + _AHEAD


@contextmanager
def reading(source: Callable[[], datetime]) -> Iterator[None]:
    """Read ``source`` instead of the system clock inside the block (tests, the demo)."""
    global _read
    before, _read = _read, source
    try:
        yield
    finally:
        _read = before


def to_text(moment: datetime) -> str:
    """Write an aware time as ISO 8601 in UTC with milliseconds: 2026-01-31T08:15:00.000Z."""
    return _written(moment)


def to_text_once(moment: datetime) -> str:
    """Write it as :func:`to_text` does, and do not remember it: of a time that none had before."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat("T", "milliseconds")[:_TEXT_LENGTH] + "Z"


_TEXT_LENGTH = len("2026-01-31T08:15:00.000")
_written = lru_cache(maxsize=1_024)(to_text_once)  # in a sync one time stands in thousands of facts


def from_milliseconds(count: int) -> datetime:
    """Return the time that lies so many milliseconds after the beginning of 1970 in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=count)


def to_milliseconds(moment: datetime) -> int:
    """Return how many whole milliseconds an aware time lies after the beginning of 1970 in UTC."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def from_text(text: str) -> datetime:
    """Read a time written by :func:`to_text`; raises ValueError for a text without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"time without zone: {text}")
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
