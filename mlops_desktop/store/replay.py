"""Every event projected once more, in order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import envelopes, log, numbering, sql
from mlops_desktop.store.arriving import Arrivals, take_in
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.sql import Cell, Cells

_PART = 5_000
_EVENTS = (
    "SELECT position, id, type, at, effective, person, subject, body FROM events "
    "WHERE position >= ? AND position < ? ORDER BY position"
)
Report = Callable[[int, int], None]
UNREADABLE = (AppError, KeyError, TypeError, ValueError, AttributeError)
"""What altered bytes lead to; which event they are is all that is to be said of them."""


@dataclass(frozen=True, slots=True)
class ColumnDifference:
    """A stored event whose column does not say what its body says; ``body``: it is unreadable."""

    position: int
    column: str


@dataclass(slots=True)
class Touched:
    """What the events from a position on touch: kinds and ids."""

    since: int
    records: set[tuple[str, str]] = field(default_factory=set)


def replay(
    source: sa.Connection,
    target: sa.Connection,
    report: Report | None = None,
    touched: Touched | None = None,
) -> Iterator[ColumnDifference]:
    """Project every event of ``source`` into ``target``, yielding what its columns say wrongly.

    An event that cannot be read, or that leads nowhere, is yielded and left out. ``touched`` is
    told what those from its position on touch.
    """
    replaying = _Replaying(source, target, touched)
    size = log.read_head(source).size
    for start in range(0, size, _PART):
        yield from replaying.read(sql.fetch(source, _EVENTS, start, min(start + _PART, size)))
        if report is not None:
            report(min(start + _PART, size), size)


class _Replaying:
    """What is known of the log up to the event that is being projected."""

    def __init__(
        self, source: sa.Connection, target: sa.Connection, touched: Touched | None = None
    ) -> None:
        self._source = source
        self._touched = touched
        self._position = 0
        self._arrivals = Arrivals()
        self._rows = Rows(target, self._history, self._open, indexes=False)
        self._rows.kept_numbers = numbering.kept_numbers(source)

    def _history(self, subject: str) -> Iterator[Happening]:
        for position, envelope in log.read_subject(self._source, subject):
            if position <= self._position:
                yield envelopes.happening_of(position, envelope)

    def _open(self, digests: set[str]) -> dict[str, str]:
        return log.open_commitments(self._source, digests)

    def read(self, part: Sequence[Cells]) -> Iterator[ColumnDifference]:
        """Project some events in order and write the rows."""
        closed = {digest for row in part for digest in envelopes.digests_of(_body(row))}
        opened = self._open(closed)
        for row in part:
            self._position = int(str(row[0]))
            envelope = read_body(_body(row), opened)
            if envelope is None:
                yield ColumnDifference(self._position, "body")
                continue
            is_held = self._arrivals.is_held(envelope.id)
            said = envelopes.columns_of(envelope, is_held=is_held)
            yield from _compare_columns(self._position, row[1:-1], said)
            try:
                take_in(self._rows, self._arrivals, self._position, envelope, is_held=is_held)
                self._note_touched()
            except UNREADABLE:
                yield ColumnDifference(self._position, "body")
        self._rows.flush()
        self._rows.states.clear()

    def _note_touched(self) -> None:
        if self._touched is not None:
            if self._position >= self._touched.since:
                self._touched.records |= self._rows.touched
            self._rows.touched.clear()


def _body(row: Cells) -> bytes:
    body = row[-1]
    assert isinstance(body, bytes), "the column is binary"
    return body


def read_body(body: bytes, opened: dict[str, str]) -> Envelope | None:
    """Return the event in a stored body, None where it cannot be read."""
    try:
        return envelopes.from_body(body, opened)
    except UNREADABLE:
        return None


def _compare_columns(
    position: int, stored: tuple[Cell, ...], said: envelopes.Columns
) -> Iterator[ColumnDifference]:
    if stored != said:
        for name, there, here in zip(said._fields, stored, said, strict=True):
            if there != here:
                yield ColumnDifference(position, name)
