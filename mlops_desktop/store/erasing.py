"""Erasing the texts behind commitments, and what the log says about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mlops_desktop.core.events.registry import Event, name_of
from mlops_desktop.core.events.retention import RetentionDefined, RetentionEnded, TextErased
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.missing import Missing
from mlops_desktop.store.tables.ledger import disclosures, events

_CHUNK = 500
_KINDS: tuple[type[Event], ...] = (RetentionDefined, RetentionEnded, TextErased)


@dataclass(frozen=True, slots=True)
class Named:
    """A digest that an event names as erased; ``is_ruled``: by a rule that held then."""

    position: int
    digest: str
    is_ruled: bool


def delete_disclosures(connection: sa.Connection, digests: Sequence[str]) -> None:
    """Delete value and salt behind these digests; a file overwrites them with zeros."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for start in range(0, len(digests), _CHUNK):
        part = disclosures.c.digest.in_(digests[start : start + _CHUNK])
        connection.execute(sa.delete(disclosures).where(part))


def purge(engine: sa.Engine) -> bool:
    """Take what was deleted out of the database's files too; False where others keep them busy.

    A file is written anew and its write-ahead log emptied. PostgreSQL writes the table of texts
    and its statistics anew; its archived log and every backup keep what they have.
    """
    try:
        if engine.dialect.name == "sqlite":
            return _purge_file(engine)
        _purge_team(engine)
    except DBAPIError:
        return False
    return True


def _purge_file(engine: sa.Engine) -> bool:
    connection = engine.raw_connection()  # VACUUM runs outside of any transaction
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 1000")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = cursor.fetchone()
        cursor.close()
        return found is not None and not found[0]  # the first tells whether it was busy
    except engine.dialect.loaded_dbapi.Error:
        return False
    finally:
        connection.invalidate()  # the next one begins with the usual patience
        connection.close()


def _purge_team(engine: sa.Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        connection.exec_driver_sql("VACUUM (FULL, ANALYZE) disclosures")


def find_named(connection: sa.Connection) -> Iterator[Named]:
    """Yield every digest that the log names as erased, in order; bodies count, not columns."""
    held: set[str] = set()
    for position, body in _bodies(connection):
        try:
            payload = envelopes.from_body(body, {}).payload
        except (KeyError, TypeError, ValueError, AttributeError):
            continue  # the ledger's own checks name an event that cannot be read
        match payload:
            case RetentionDefined():
                held.add(payload.rule)
            case RetentionEnded():
                held.discard(payload.rule)
            case TextErased():
                for digest in payload.digests:
                    yield Named(position, digest, payload.rule in held)
            case _:
                continue


def _bodies(connection: sa.Connection) -> Iterator[tuple[int, bytes]]:
    names = [name_of(kind) for kind in _KINDS]
    query = sa.select(events.c.position, events.c.body).where(events.c.type.in_(names))
    for row in connection.execute(query.order_by(events.c.position)):
        yield row.position, bytes(row.body)


def find_unruled(connection: sa.Connection) -> Iterator[Missing]:
    """Yield every erasure whose rule did not hold when it was recorded."""
    for named in find_named(connection):
        if not named.is_ruled:
            yield Missing(named.position, named.digest)


def find_still_kept(connection: sa.Connection) -> Iterator[Missing]:
    """Yield every text that an event says was erased and that is still there."""
    found = {named.digest: named.position for named in find_named(connection)}
    digests = list(found)
    for start in range(0, len(digests), _CHUNK):
        kept = log.open_commitments(connection, digests[start : start + _CHUNK])
        yield from (Missing(found[digest], digest) for digest in sorted(kept))
