"""Extracts in the database: events without bodies, texts and documents that were not given."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from mlops_desktop.core.extracts import Matter
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.store import envelopes, log, sql
from mlops_desktop.store.missing import answers_of
from mlops_desktop.store.tables.ledger import (
    disclosures,
    events,
    evidence,
    held_back,
    meta,
    series_chunks,
    withheld,
)
from mlops_desktop.store.tables.observed import batches
from mlops_desktop.store.tables.projected import devices

_CHUNK = 500
_STATEMENT = "extract"


def withhold(connection: sa.Connection, positions: Sequence[int]) -> None:
    """Keep only the leaves of these events."""
    for start in range(0, len(positions), _CHUNK):
        part = events.c.position.in_(positions[start : start + _CHUNK])
        found = connection.execute(sa.select(events.c.position, events.c.leaf).where(part)).all()
        sql.insert_tuples(connection, withheld, [(row.position, row.leaf) for row in found])
        connection.execute(sa.delete(events).where(part))


def hold_back(connection: sa.Connection, digests: Iterable[str], matter: Matter) -> None:
    """Delete texts and documents by their digests, and keep what they were."""
    wanted = sorted(set(digests))
    sql.ignore_tuples(connection, held_back, [(digest, matter.value) for digest in wanted])
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        connection.execute(sa.delete(disclosures).where(disclosures.c.digest.in_(part)))
        connection.execute(sa.delete(evidence).where(evidence.c.digest.in_(part)))


def drop_unnamed(connection: sa.Connection) -> None:
    """Delete texts and documents that no given event names, and points of batches not given.

    Projections must be those of the given events.
    """
    texts: set[str] = set()
    answers: set[str] = set()
    for part in log.read_parts(connection):
        for body in part.bodies:
            texts.update(envelopes.digests_of(body))
            answers.update(answers_of(body))
    _drop_others(connection, disclosures.c.digest, texts)
    _drop_others(connection, evidence.c.digest, answers)
    given = set(connection.execute(sa.select(batches.c.batch)).scalars())
    _drop_others(connection, series_chunks.c.batch, given)


def _drop_others(connection: sa.Connection, key: sa.Column[str], named: set[str]) -> None:
    there = connection.execute(sa.select(key).distinct()).scalars()
    gone = [one for one in there if one not in named]
    for start in range(0, len(gone), _CHUNK):
        part = key.in_(gone[start : start + _CHUNK])
        connection.execute(sa.delete(key.table).where(part))


def read_held_back(connection: sa.Connection) -> list[str]:
    """Return the digests of what was held back, in order."""
    query = sa.select(held_back.c.digest).order_by(held_back.c.digest)
    return sorted(connection.execute(query).scalars())


def keep_statement(connection: sa.Connection, signed: str) -> None:
    """Keep what the extract says of itself."""
    sql.upsert_tuples(connection, meta, [(_STATEMENT, signed)])


def read_statement(connection: sa.Connection) -> str | None:
    """Return the signed statement of an extract; None where the workspace is none."""
    query = sa.select(meta.c.value).where(meta.c.name == _STATEMENT)
    return connection.execute(query).scalar()


def read_device_keys(connection: sa.Connection) -> Iterator[NoteKey]:
    """Yield the public keys of every device ever enrolled, under the workspace's origin."""
    origin = connection.execute(sa.select(meta.c.value).where(meta.c.name == "origin")).scalar_one()
    for public in connection.execute(sa.select(devices.c.public_key)).scalars():
        yield NoteKey(origin, bytes.fromhex(public))
