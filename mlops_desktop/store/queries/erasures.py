"""Which erasures were recorded: by whom, by which rule, of how many texts and about what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.events.retention import TextErased
from mlops_desktop.store import log
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import models, people

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """An erasure as recorded; ``about`` counts things by kind: of item, ``model``, ``person``.

    What is none of those, a decision that was shown, counts as ``decision``.
    """

    position: int
    at: str
    person: str
    rule: str
    reason: str | None
    texts: int
    about: Mapping[str, int]


def list_erasures(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[ErasureRow, ...]:
    """Return every erasure known on a day, the newest first."""
    c = events.c
    query = sa.select(c.position, c.body).where(c.type == name_of(TextErased))
    query = query.where(c.position < known_size(connection, as_of))
    found = connection.execute(query.order_by(c.position.desc()))
    made = (_row(connection, row.position, bytes(row.body)) for row in found.all())
    return tuple(one for one in made if one.at[:10] <= as_of.day.isoformat())


def _row(connection: sa.Connection, position: int, body: bytes) -> ErasureRow:
    envelope = log.read_envelope(connection, body)
    told = envelope.payload
    assert isinstance(told, TextErased)
    return ErasureRow(
        position,
        clock.to_text(envelope.at),
        envelope.actor.person,
        told.rule,
        told.reason.text,
        len(told.digests),
        _kinds(connection, told.subjects),
    )


def _kinds(connection: sa.Connection, subjects: Iterable[str]) -> dict[str, int]:
    left = list(dict.fromkeys(subjects))
    counted: Counter[str] = Counter()
    for start in range(0, len(left), _CHUNK):
        part = left[start : start + _CHUNK]
        kinds = sa.select(items.c.kind).where(items.c.id.in_(part))
        counted.update(connection.execute(kinds).scalars())
        counted["model"] += _number(connection, models.c.id, part)
        counted["person"] += _number(connection, people.c.id, part)
    counted["decision"] = len(left) - counted.total()
    return {kind: number for kind, number in sorted(counted.items()) if number}


def _number(connection: sa.Connection, id: sa.Column[str], among: list[str]) -> int:
    query = sa.select(sa.func.count()).where(id.in_(among))
    return connection.execute(query).scalar_one()
