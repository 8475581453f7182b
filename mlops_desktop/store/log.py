"""The stored log: events with their leaves, disclosures, checkpoints, the head."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.erasable import WITHHELD, Erasable, Erasure, Openings
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.ledger.body import MAX_INTEGER
from mlops_desktop.ledger.tree import Frontier, leaf_hashes
from mlops_desktop.ledger.verification import StoredPart
from mlops_desktop.store import envelopes, sql
from mlops_desktop.store.concerning import concerning
from mlops_desktop.store.tables.ledger import (
    checkpoints,
    disclosures,
    events,
    head,
    held_back,
    withheld,
)
from mlops_desktop.store.tables.retention import erasures

_CHUNK = 500
_PART = 1_000
_ASKED = 8_000  # of one statement, of which a server sends all at once
_READ = 128  # at a time, so that a part stays in the processor's cache until it is checked
_HEAD = "SELECT frontier FROM head WHERE id = 1"
_MOVE_HEAD = "UPDATE head SET size = ?, frontier = ? WHERE id = 1"
_EVENTS = (
    "SELECT position, leaf, body FROM events WHERE position >= ? AND position < ? "
    "ORDER BY position LIMIT ?"
)


class Stored(msgspec.Struct, frozen=True, gc=False):
    """An event as it lies in the database; many at a time are a :class:`StoredPart`."""

    position: int
    leaf: bytes
    body: bytes


def read_head(connection: sa.Connection, *, lock: bool = False) -> Frontier:
    """Return the frontier; ``lock`` makes other writers on PostgreSQL wait for this one."""
    waits = " FOR UPDATE" if lock and connection.dialect.name == "postgresql" else ""
    found = sql.fetch(connection, _HEAD + waits)
    return Frontier.from_bytes(bytes(found[0][0])) if found else Frontier()


def read_head_row(connection: sa.Connection) -> tuple[int, bytes]:
    """Return size and frontier as they are stored, unread."""
    ((size, frontier),) = sql.fetch(connection, "SELECT size, frontier FROM head WHERE id = 1")
    return int(size), bytes(frontier)


def create_head(connection: sa.Connection) -> None:
    """Store the frontier of the empty tree."""
    sql.insert_tuples(connection, head, [(1, 0, Frontier().to_bytes())])


def write_head(connection: sa.Connection, frontier: Frontier) -> None:
    """Replace the stored frontier."""
    sql.run(connection, _MOVE_HEAD, frontier.size, frontier.to_bytes())


def append(connection: sa.Connection, rows: list[sql.Cells]) -> None:
    """Insert event rows in the order of the table's columns."""
    sql.insert_tuples(connection, events, rows)


def keep_disclosures(connection: sa.Connection, opened: dict[str, str]) -> None:
    """Keep the openings of commitments beside the log."""
    sql.ignore_tuples(connection, disclosures, list(opened.items()))


def keep_checkpoint(connection: sa.Connection, size: int, note: str) -> None:
    """Keep the signed checkpoint of a tree size; a later one of the same size replaces it."""
    sql.upsert_tuples(connection, checkpoints, [(size, note)])


def read_checkpoint(connection: sa.Connection, size: int) -> str | None:
    """Return the newest checkpoint whose size is at most ``size``."""
    query = sa.select(checkpoints.c.note).where(checkpoints.c.size <= size)
    return connection.execute(query.order_by(checkpoints.c.size.desc()).limit(1)).scalar()


def read_parts(
    connection: sa.Connection, start: int = 0, end: int | None = None
) -> Iterator[StoredPart]:
    """Yield stored events in order, a hundred or so at a time.

    For start ≤ position < end; a position that is not there is left out without a word.
    """
    last = end if end is not None else MAX_INTEGER
    read = _ASKED
    while read == _ASKED:
        read = 0
        for rows in sql.stream(connection, _EVENTS, start, last, _ASKED, size=_READ):
            yield StoredPart(*zip(*rows, strict=True))
            read += len(rows)
            start = int(rows[-1][0]) + 1


def read_checkpoints(connection: sa.Connection) -> list[tuple[int, str]]:
    """Return every checkpoint with its size, by size."""
    query = sa.select(checkpoints.c.size, checkpoints.c.note).order_by(checkpoints.c.size)
    return [(row.size, row.note) for row in connection.execute(query)]


def find_altered_disclosures(connection: sa.Connection) -> Iterator[str]:
    """Yield the digest of every disclosure that does not hash to it."""
    last = ""
    while True:
        query = sa.select(disclosures).where(disclosures.c.digest > last)
        part = connection.execute(query.order_by(disclosures.c.digest).limit(_PART)).all()
        if not part:
            return
        yield from (row.digest for row in part if not Erasable(*row).is_sound)
        last = part[-1].digest


def read_events(
    connection: sa.Connection, start: int = 0, end: int | None = None
) -> Iterator[Stored]:
    """Yield stored events with ``start`` ≤ position < ``end``, in order, a few at a time."""
    for part in read_parts(connection, start, end):
        yield from map(Stored, part.positions, part.leaves, part.bodies)


def read_effective(connection: sa.Connection, start: int) -> Iterator[tuple[int, Envelope]]:
    """Yield the events from a position on, closed; those held back are left out."""
    query = "SELECT position, body FROM events WHERE position >= ? AND type != ? ORDER BY position"
    for rows in sql.stream(connection, query, start, envelopes.HELD, size=_PART):
        yield from ((row[0], envelopes.from_body(bytes(row[1]), {})) for row in rows)


def read_leaves(connection: sa.Connection, size: int) -> list[bytes]:
    """Return the first ``size`` leaf hashes in order, those of withheld events too."""
    query = sa.select(events.c.leaf).where(events.c.position < size).order_by(events.c.position)
    gaps = read_withheld(connection)
    if not gaps:
        return [bytes(leaf) for leaf in connection.execute(query).scalars()]
    query = query.add_columns(events.c.position)
    kept = {position: bytes(leaf) for leaf, position in connection.execute(query)}
    leaves = kept | {place: leaf for place, leaf in gaps.items() if place < size}
    return [leaf for _, leaf in sorted(leaves.items())]


def read_withheld(connection: sa.Connection) -> dict[int, bytes]:
    """Return the leaves of the events that an extract was given without, by position."""
    found = connection.execute(sa.select(withheld).order_by(withheld.c.position))
    return {position: bytes(leaf) for position, leaf in found}


def open_commitments(connection: sa.Connection, digests: Iterable[str]) -> Openings:
    """Return the disclosures still kept for these digests, and which of them were erased."""
    wanted = list(digests)
    opened = Openings()
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        query = sa.select(disclosures).where(disclosures.c.digest.in_(part))
        opened.update({row.digest: row.disclosure for row in connection.execute(query)})
    gone = [digest for digest in wanted if digest not in opened]
    for start in range(0, len(gone), _CHUNK):
        named = erasures.c.digest.in_(gone[start : start + _CHUNK])
        for row in connection.execute(sa.select(erasures).where(named)):
            opened.erased[row.digest] = Erasure(row.day, row.rule)
        held = sa.select(held_back.c.digest).where(
            held_back.c.digest.in_(gone[start : start + _CHUNK])
        )
        for digest in connection.execute(held).scalars():
            opened.erased.setdefault(digest, WITHHELD)
    return opened


def read_subject(connection: sa.Connection, subject: str) -> list[tuple[int, Envelope]]:
    """Return every event about one subject, commitments opened."""
    query = sa.select(events.c.position, events.c.body).where(events.c.subject == subject)
    found = connection.execute(query.order_by(events.c.position)).all()
    told = read_envelopes(connection, [bytes(body) for _, body in found])
    return [(row.position, one) for row, one in zip(found, told, strict=True)]


def read_subject_stored(connection: sa.Connection, subject: str, size: int) -> list[Stored]:
    """Return the stored events that concern a model among the first ``size``, in order."""
    query = sa.select(events.c.position, events.c.leaf, events.c.body)
    query = query.where(concerning(subject, size), events.c.position < size)
    rows = connection.execute(query.order_by(events.c.position))
    return [Stored(position, bytes(leaf), bytes(body)) for position, leaf, body in rows]


def read_envelope(connection: sa.Connection, body: bytes) -> Envelope:
    """Decode one body with the disclosures it names."""
    return read_envelopes(connection, (body,))[0]


def read_envelopes(connection: sa.Connection, bodies: Sequence[bytes]) -> list[Envelope]:
    """Decode bodies with the disclosures they name, asked for at once."""
    closed = {digest for body in bodies for digest in envelopes.digests_of(body)}
    opened = open_commitments(connection, closed) if closed else {}
    return [envelopes.from_body(body, opened) for body in bodies]


def check_written(
    connection: sa.Connection, start: int, leaves: list[bytes], head: Frontier
) -> None:
    """Read back what this transaction appended from ``start`` on, and hash it again.

    Raises ``ledger.write_check_failed`` unless bodies and leaves are those of ``leaves`` and the
    stored frontier is ``head``; the caller rolls back. (Fossil does the same.)
    """
    read = 0
    for part in read_parts(connection, start):
        count = len(part.positions)
        expected = leaves[read : read + count]
        if (
            list(part.positions) != list(range(start + read, start + read + count))
            or list(part.leaves) != expected
            or leaf_hashes(part.bodies) != expected
        ):
            raise _unlike(head)
        read += count
    if read != len(leaves) or read_head(connection) != head:
        raise _unlike(head)


def _unlike(head: Frontier) -> AppError:
    return AppError("ledger.write_check_failed", recovery=Recovery.BUG, size=head.size)
