"""What travels between a shared workspace and its copies: events, and what they name beside them.

One form for the network and for a file on a stick.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.ledger.checkpoint import read_unverified
from mlops_desktop.ledger.tree import root_of
from mlops_desktop.store import envelopes, log, sql
from mlops_desktop.store.tables.ledger import disclosures, evidence, series_chunks

_CHUNK = 400
_DIGEST = re.compile(rb'"([0-9a-f]{64})"')
_BATCH = re.compile(rb'"batch":"([^"\\]+)"')


class Answer(NamedTuple):
    """A row of raw answers, in the order of the table's columns."""

    digest: str
    request: str
    fetched_at: str
    size: int
    compressed: bytes


class Chunk(NamedTuple):
    """A row of points, in the order of the table's columns."""

    series: str
    first: int
    batch: str
    last: int
    number: int
    digest: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """Event bodies in order, and the rows that they name: texts, raw answers, points."""

    bodies: tuple[bytes, ...]
    disclosures: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Answer, ...] = ()
    chunks: tuple[Chunk, ...] = ()

    @property
    def opened(self) -> dict[str, str]:
        """The disclosures by digest."""
        return dict(self.disclosures)


def pack(connection: sa.Connection, bodies: Sequence[bytes]) -> Parcel:
    """Return events with everything they name that is kept here."""
    closed = {digest for body in bodies for digest in envelopes.digests_of(body)}
    opened = log.open_commitments(connection, sorted(closed))
    named = {found.decode() for body in bodies for found in _DIGEST.findall(body)}
    batches = {found.decode() for body in bodies for found in _BATCH.findall(body)}
    return Parcel(
        tuple(bodies),
        tuple(opened.items()),
        tuple(map(Answer._make, _rows(connection, evidence, evidence.c.digest, named))),
        tuple(map(Chunk._make, _rows(connection, series_chunks, series_chunks.c.batch, batches))),
    )


def digests_of(body: bytes) -> set[str]:
    """Return the digests of the commitments in an event."""
    return set(envelopes.digests_of(body))


def keep_beside(connection: sa.Connection, parcel: Parcel) -> None:
    """Keep raw answers and points that came with events; those already here stay as they are."""
    sql.ignore_tuples(connection, evidence, parcel.evidence)
    sql.ignore_tuples(connection, series_chunks, parcel.chunks)


def not_erased(connection: sa.Connection, parcel: Parcel) -> dict[str, str]:
    """Return the disclosures that may be kept: an old copy still holds what was erased since."""
    opened = parcel.opened
    gone = log.open_commitments(connection, opened).erased
    return {digest: text for digest, text in opened.items() if digest not in gone}


def keep_texts(connection: sa.Connection, parcel: Parcel) -> None:
    """Keep the disclosures that came with events."""
    sql.ignore_tuples(connection, disclosures, parcel.disclosures)


def _rows(
    connection: sa.Connection, table: sa.Table, column: sa.Column[str], wanted: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    keys = sorted(wanted)
    for start in range(0, len(keys), _CHUNK):
        query = sa.select(table).where(column.in_(keys[start : start + _CHUNK]))
        for row in connection.execute(query):
            yield tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)


def read_bodies(connection: sa.Connection, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of those events that are in the log, by id."""
    keys, found = list(ids), {}
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        query = f"SELECT id, body FROM events WHERE id IN ({marks})"  # noqa: S608 - marks only
        found.update({row[0]: bytes(row[1]) for row in sql.fetch(connection, query, *part)})
    return found


def id_at(connection: sa.Connection, position: int) -> str | None:
    """Return the id of the event at a position."""
    found = sql.fetch(connection, "SELECT id FROM events WHERE position = ?", position)
    return str(found[0][0]) if found else None


def known_root(connection: sa.Connection, size: int) -> bytes:
    """Return the root at a size: from the head signed there, else from the leaves."""
    note = log.read_checkpoint(connection, size)
    head = read_unverified(note) if note is not None else None
    return head.root if head is not None and head.size == size else root_at(connection, size)


def has_head(connection: sa.Connection, head: Seen) -> bool:
    """Tell whether a history goes through a head."""
    is_there = head.size <= log.read_head(connection).size
    return is_there and known_root(connection, head.size).hex() == head.root


def root_at(connection: sa.Connection, size: int) -> bytes:
    """Return the root of the tree over the first events."""
    return root_of(log.read_leaves(connection, size))
