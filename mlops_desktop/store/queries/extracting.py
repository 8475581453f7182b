"""Which events belong to an extract, and which texts of theirs are held back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from mlops_desktop.core.events import codec
from mlops_desktop.core.extracts import Matter, is_about_signers, is_common, matter_of
from mlops_desktop.store import envelopes, log, rebuild
from mlops_desktop.store.engine import open_memory
from mlops_desktop.store.missing import answers_of
from mlops_desktop.store.replay import replay
from mlops_desktop.store.tables.items import item_models, items
from mlops_desktop.store.tables.ledger import events, meta
from mlops_desktop.store.tables.observed import observed_models
from mlops_desktop.store.tables.projected import devices, models, people

_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is given of a log: the things kept, the events withheld, those that name others too."""

    kept: frozenset[str]
    withheld: tuple[int, ...]
    mixed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Loose:
    """An event that is about no kept thing, and the ids it names; none where it is another's."""

    position: int
    names: frozenset[str]


def select_events(
    connection: sa.Connection, wanted: frozenset[str], since: date | None = None
) -> Selection:
    """Return what belongs to an extract about some models (by id).

    Items and observed things belong to it when they are about one of them, and not where the item
    was closed before ``since``. What is about the workspace belongs to every extract; of the rest
    whatever names something that belongs to it.
    """
    others = _others(connection, wanted)
    kept = wanted | (_linked(connection, wanted) - _closed_before(connection, since))
    left, around = _split(connection, kept)
    # What a given event names besides, such as a committee's meeting, is told of by others too.
    around -= others | _persons(connection)
    mixed = [one for one in left if one.names & (kept | around)]
    mixed_positions = {one.position for one in mixed}
    return Selection(
        kept,
        tuple(one.position for one in left if one.position not in mixed_positions),
        tuple(one.position for one in mixed if one.names & others - kept or not one.names & kept),
    )


def _split(connection: sa.Connection, kept: frozenset[str]) -> tuple[list[_Loose], frozenset[str]]:
    """Return the events that are about nothing kept, and every id that the others name."""
    left: list[_Loose] = []
    around: set[str] = set()
    query = sa.select(events.c.position, events.c.type, events.c.subject, events.c.body)
    for row in connection.execute(query.order_by(events.c.position)).all():
        names = frozenset(found.decode() for found in _ID.findall(bytes(row.body)))
        if is_common(row.type):
            continue
        if row.subject in kept:
            around |= names
        elif row.subject:
            left.append(_Loose(row.position, frozenset()))
        else:
            left.append(_Loose(row.position, names))
    return left, frozenset(around)


def _persons(connection: sa.Connection) -> frozenset[str]:
    """Return the ids that every event names: persons, devices, the workspace."""
    known = connection.execute(sa.select(people.c.id)).scalars()
    held = connection.execute(sa.select(devices.c.id)).scalars()
    said = connection.execute(sa.select(meta.c.value).where(meta.c.name == "id")).scalars()
    return frozenset((*known, *held, *said))


def recorded_after(connection: sa.Connection, day: date) -> tuple[int, ...]:
    """Return the events recorded after a day, but for those that signatures are checked with."""
    c = events.c
    query = sa.select(c.position, c.type).where(c.at >= (day + timedelta(days=1)).isoformat())
    rows = connection.execute(query.order_by(c.position))
    return tuple(row.position for row in rows if not is_about_signers(row.type))


def _others(connection: sa.Connection, wanted: frozenset[str]) -> frozenset[str]:
    found = connection.execute(sa.select(models.c.id)).scalars()
    things = connection.execute(sa.select(observed_models.c.thing)).scalars()
    about = connection.execute(sa.select(items.c.id)).scalars()
    return frozenset((*found, *things, *about)) - wanted


def _linked(connection: sa.Connection, wanted: frozenset[str]) -> frozenset[str]:
    linked: set[str] = set()
    for key, model in (
        (item_models.c.item, item_models.c.model),
        (observed_models.c.thing, observed_models.c.model),
    ):
        rows = connection.execute(sa.select(key, model))
        linked.update(one for one, about in rows if about in wanted)
    return frozenset(linked)


def _closed_before(connection: sa.Connection, since: date | None) -> frozenset[str]:
    if since is None:
        return frozenset()
    last = sa.select(events.c.subject).group_by(events.c.subject)
    last = last.having(sa.func.max(events.c.at) < since.isoformat())
    query = sa.select(items.c.id).where(items.c.is_closed == 1, items.c.id.in_(last))
    return frozenset(connection.execute(query).scalars())


def find_leading_nowhere(connection: sa.Connection) -> list[int]:
    """Return the events that cannot be projected without those that are withheld."""
    engine = open_memory()
    try:
        with engine.connect() as scratch:
            rebuild.create_projections(scratch)
            found = list(replay(connection, scratch))
    finally:
        engine.dispose()
    return [one.position for one in found if one.column == "body"]


def read_matters(
    connection: sa.Connection, mixed: frozenset[int]
) -> Iterator[tuple[Matter | None, str]]:
    """Yield every text and document that events name, with what it is; None is substance."""
    for part in log.read_parts(connection):
        for position, body in zip(part.positions, part.bodies, strict=True):
            for digest in answers_of(body):
                yield Matter.DOCUMENTS, digest
            for field, one in codec.named_commitments(envelopes.from_body(body, {}).payload):
                is_mixed = position in mixed
                yield Matter.OTHERS if is_mixed else matter_of(field), one.digest
