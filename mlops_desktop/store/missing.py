"""What the events name and the workspace holds no more: texts behind commitments, raw answers.

What an extract says that it holds back is not missing.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.store import envelopes, log
from mlops_desktop.store.tables.ledger import disclosures, evidence, held_back

_CHUNK = 500
# Sightings and pages in canonical form; inside a text their quotes would be escaped.
_SIGHTING = re.compile(rb'"digest":"([0-9a-f]{64})","fetched_at":')
_PAGES = re.compile(rb'"pages":\[((?:"[0-9a-f]{64}",?)+)\]')
_FILE = re.compile(rb'"file":"([0-9a-f]{64})"')
_DIGEST = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Missing:
    """The event that names something, and the digest by which it names it."""

    position: int
    digest: str


def find_missing_disclosures(connection: sa.Connection) -> Iterator[Missing]:
    """Yield every commitment whose value and salt are not kept beside the log."""
    yield from _find_missing(connection, disclosures.c.digest, envelopes.digests_of)


def find_missing_answers(connection: sa.Connection) -> Iterator[Missing]:
    """Yield every raw answer and every document that an event names and that is not kept."""
    yield from _find_missing(connection, evidence.c.digest, answers_of)


def answers_of(body: bytes) -> Iterable[str]:
    """Return the digests of the raw answers and documents that a canonical body names."""
    pages = (digest for listed in _PAGES.findall(body) for digest in _DIGEST.findall(listed))
    return (
        found.decode("ascii") for found in (*_SIGHTING.findall(body), *_FILE.findall(body), *pages)
    )


def _find_missing(
    connection: sa.Connection,
    kept: sa.Column[str],
    read_digests: Callable[[bytes], Iterable[str]],
) -> Iterator[Missing]:
    for part in log.read_parts(connection):
        named: dict[str, int] = {}
        for position, body in zip(part.positions, part.bodies, strict=True):
            for digest in read_digests(body):
                named.setdefault(digest, position)
        for digest in _absent(connection, kept, list(named)):
            yield Missing(named[digest], digest)


def _absent(connection: sa.Connection, kept: sa.Column[str], named: list[str]) -> Iterator[str]:
    told = sa.select(held_back.c.digest)
    for start in range(0, len(named), _CHUNK):
        part = named[start : start + _CHUNK]
        there = set(connection.execute(sa.select(kept).where(kept.in_(part))).scalars())
        there.update(connection.execute(told.where(held_back.c.digest.in_(part))).scalars())
        yield from (digest for digest in part if digest not in there)
