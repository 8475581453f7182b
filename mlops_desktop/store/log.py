"""The stored log: events with their leaves, disclosures, checkpoints, the head."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.ledger.tree import Frontier, leaf_hashes
from mlops_desktop.store import envelopes, sql
from mlops_desktop.store.tables.ledger import checkpoints, disclosures, events, head

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it lies in the database."""

    position: int
    leaf: bytes
    body: bytes


def read_head(connection: sa.Connection, *, lock: bool = False) -> Frontier:
    """Return the frontier; ``lock`` makes other writers on PostgreSQL wait for this one."""
    query = sa.select(head.c.frontier).where(head.c.id == 1)
    found = connection.execute(query.with_for_update() if lock else query).scalar()
    return Frontier.from_bytes(found) if found is not None else Frontier()


def write_head(connection: sa.Connection, frontier: Frontier) -> None:
    """Replace the stored frontier."""
    row: dict[str, sql.Cell] = {"id": 1, "size": frontier.size, "frontier": frontier.to_bytes()}
    sql.upsert_rows(connection, head, [row])


def append(connection: sa.Connection, rows: list[tuple[sql.Cell, ...]]) -> None:
    """Insert event rows in the order of the table's columns."""
    sql.insert_tuples(connection, events, rows)


def keep_disclosures(connection: sa.Connection, opened: dict[str, str]) -> None:
    """Keep the openings of commitments beside the log."""
    sql.ignore_tuples(connection, disclosures, list(opened.items()))


def keep_checkpoint(connection: sa.Connection, size: int, note: str) -> None:
    """Keep the signed checkpoint of a tree size; a later one of the same size replaces it."""
    sql.upsert_rows(connection, checkpoints, [{"size": size, "note": note}])


def read_checkpoint(connection: sa.Connection, size: int) -> str | None:
    """Return the newest checkpoint whose size is at most ``size``."""
    query = sa.select(checkpoints.c.note).where(checkpoints.c.size <= size)
    return connection.execute(query.order_by(checkpoints.c.size.desc()).limit(1)).scalar()


def read_events(
    connection: sa.Connection, start: int = 0, end: int | None = None
) -> Iterator[Stored]:
    """Yield stored events with ``start`` ≤ position < ``end``, in order, a few at a time."""
    query = sa.select(events.c.position, events.c.leaf, events.c.body)
    query = query.where(events.c.position >= start).order_by(events.c.position)
    if end is not None:
        query = query.where(events.c.position < end)
    result = connection.execution_options(yield_per=2_000).execute(query)
    for position, leaf, body in result:
        yield Stored(position, bytes(leaf), bytes(body))


def read_leaves(connection: sa.Connection, size: int) -> list[bytes]:
    """Return the first ``size`` leaf hashes in order."""
    query = sa.select(events.c.leaf).where(events.c.position < size).order_by(events.c.position)
    return [bytes(leaf) for leaf in connection.execute(query).scalars()]


def open_commitments(connection: sa.Connection, digests: Iterable[str]) -> dict[str, str]:
    """Return the disclosures still kept for these digests."""
    wanted = list(digests)
    opened: dict[str, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        query = sa.select(disclosures).where(disclosures.c.digest.in_(part))
        opened.update({row.digest: row.disclosure for row in connection.execute(query)})
    return opened


def read_subject(connection: sa.Connection, subject: str) -> list[tuple[int, Envelope]]:
    """Return every event about one subject, commitments opened."""
    query = sa.select(events.c.position, events.c.body).where(events.c.subject == subject)
    found = [
        (position, bytes(body))
        for position, body in connection.execute(query.order_by(events.c.position))
    ]
    return [(position, read_envelope(connection, body)) for position, body in found]


def read_envelope(connection: sa.Connection, body: bytes) -> Envelope:
    """Decode one body with the disclosures it names."""
    closed = envelopes.digests_of(body)
    return envelopes.from_body(body, open_commitments(connection, closed) if closed else {})


def check_written(connection: sa.Connection, before: Frontier, after: Frontier) -> None:
    """Read back what this transaction appended, hash it again and compare with the head.

    Raises ``ledger.write_check_failed``; the caller rolls back. (Fossil does the same.)
    """
    written = list(read_events(connection, before.size))
    hashes = leaf_hashes(item.body for item in written)
    stored = read_head(connection)
    sound = (
        [item.position for item in written] == list(range(before.size, after.size))
        and hashes == [item.leaf for item in written]
        and before.extend(hashes) == after == stored
    )
    if not sound:
        raise AppError("ledger.write_check_failed", recovery=Recovery.BUG, size=after.size)
