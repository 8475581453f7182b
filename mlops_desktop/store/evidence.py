"""Raw answers kept once by their digest: what an auditor asks for when he doubts a fact."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.foreign_files import TooLarge, unpack_within
from mlops_desktop.store import sql
from mlops_desktop.store.tables.ledger import evidence

_LEVEL = 1
_MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """A source's answer as it came, with the request that asked for it."""

    digest: str
    request: str
    fetched_at: datetime
    content: bytes = field(repr=False)


def keep(connection: sa.Connection, answers: Iterable[RawAnswer]) -> None:
    """Keep answers not kept yet, compressed."""
    fresh = {answer.digest: answer for answer in answers}
    query = sa.select(evidence.c.digest).where(evidence.c.digest.in_(fresh))
    for digest in connection.execute(query).scalars().all():
        fresh.pop(digest)
    sql.insert_tuples(connection, evidence, [_row(answer) for answer in fresh.values()])


def is_kept(connection: sa.Connection, digest: str) -> bool:
    """Tell whether a file of that digest is kept."""
    query = sa.select(evidence.c.digest).where(evidence.c.digest == digest)
    return connection.execute(query).first() is not None


def sizes(connection: sa.Connection, digests: Iterable[str]) -> dict[str, int]:
    """Return how many bytes each of these files has that is kept."""
    c = evidence.c
    found = connection.execute(sa.select(c.digest, c.size).where(c.digest.in_([*digests])))
    return {row.digest: row.size for row in found}


def _row(answer: RawAnswer) -> tuple[sql.Cell, ...]:
    return (
        answer.digest,
        answer.request,
        clock.to_text(answer.fetched_at),
        len(answer.content),
        zlib.compress(answer.content, _LEVEL),
    )


def read(connection: sa.Connection, digest: str) -> RawAnswer:
    """Return an answer by digest; raises ``evidence.not_kept`` and ``evidence.altered``."""
    row = connection.execute(sa.select(evidence).where(evidence.c.digest == digest)).first()
    if row is None:
        raise AppError("evidence.not_kept", digest=digest)
    content = unpack(row.compressed, row.size)
    if content is None or sha256(content).hexdigest() != digest:
        raise AppError("evidence.altered", recovery=Recovery.BUG, digest=digest)
    return RawAnswer(digest, row.request, clock.from_text(row.fetched_at), content)


def unpack(compressed: bytes, size: int) -> bytes | None:
    """Return a kept answer as it came, None unless it has the size that its row says.

    Rows come from copies too, so that no more is unpacked than that.
    """
    try:
        content = unpack_within(compressed, min(size, _MOST_BYTES))
    except (zlib.error, TooLarge):
        return None
    return content if len(content) == size else None


def find_altered(connection: sa.Connection) -> Iterable[str]:
    """Yield the digest of every kept answer whose bytes are no longer those it names."""
    for digest in connection.execute(sa.select(evidence.c.digest)).scalars().all():
        try:
            read(connection, digest)
        except AppError:
            yield digest
