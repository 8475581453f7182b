"""Legal entities out: by name, by id, and as a condition on models."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.entities import EntityDetails
from mlops_desktop.core.inventory import ENTITY_FIELDS
from mlops_desktop.core.items.entities import ENTITY
from mlops_desktop.core.items.kinds import item_number
from mlops_desktop.store import log, records
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.items_then import states_on
from mlops_desktop.store.tables.items import items

_LIKE_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity as it is now; ``number`` is what people say (LE-00002), ``id`` the UUID."""

    id: str
    number: str
    name: str
    details: EntityDetails
    is_closed: bool

    @property
    def short_name(self) -> str:
        """Its short name, or its name where it has none."""
        return self.details.short_name or self.name

    @property
    def keys(self) -> frozenset[str]:
        """Everything it is called by, case and accents aside."""
        told = (self.name, self.details.short_name, self.details.lei, self.number)
        return frozenset(sort_key(text) for text in told if text)


def list_entities(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[Entity, ...]:
    """Return every legal entity as of a date, or as this transaction leaves it, by number."""
    c = states_on(connection, as_of, (ENTITY.noun,)).c
    query = sa.select(c.id, c.number, c.title, c.is_closed, c.record).where(c.kind == ENTITY.noun)
    found = connection.execute(query.order_by(c.number)).all()
    opened = log.open_commitments(
        connection, {digest for row in found for digest in records.digests_in(row.record)}
    )
    return tuple(
        Entity(
            row.id,
            item_number(ENTITY, row.number),
            row.title,
            records.from_text(EntityDetails, row.record, opened),
            bool(row.is_closed),
        )
        for row in found
    )


def entity_names(connection: sa.Connection, as_of: AsOf = NOW) -> dict[str, str]:
    """Return the name of every legal entity by id; one not known then goes by its name of today."""
    names: dict[str, str] = {}
    for day in dict.fromkeys((NOW, as_of)):
        c = states_on(connection, day, (ENTITY.noun,)).c
        query = sa.select(c.id, c.title).where(c.kind == ENTITY.noun)
        names |= {row.id: row.title for row in connection.execute(query)}
    return names


def find_entity(connection: sa.Connection, named: str) -> Entity:
    """Return the entity of that id, number, name, short name or LEI; open ones come first.

    Raises ``entity.not_found`` with the name most like it, ``entity.ambiguous``.
    """
    return choose_entity(list_entities(connection), named)


def choose_entity(known: tuple[Entity, ...], named: str) -> Entity:
    """Return one of these by what it is called; raises as :func:`find_entity`."""
    text, key = named.strip(), sort_key(" ".join(named.split()))
    found = [one for one in known if text == one.id or key in one.keys]
    found = [one for one in found if not one.is_closed] or found
    if len(found) > 1:
        raise AppError("entity.ambiguous", name=named)
    if not found:
        raise AppError("entity.not_found", name=named, near=near_name(known, named) or "")
    return found[0]


def near_name(known: tuple[Entity, ...], named: str) -> str | None:
    """Return the name of the entity that is called most like a text, if any is like enough."""
    called = {key: one.name for one in known for key in one.keys}
    words = sort_key(named).split()
    begun = [key for key in called if all(_begins(key, word) for word in words)]
    if begun:  # »Elbmark Lux« is the one in Luxembourg, however long its name is
        return called[min(begun, key=len)]
    keys = get_close_matches(sort_key(named), called, n=1, cutoff=_LIKE_ENOUGH)
    return called[keys[0]] if keys else None


def _begins(key: str, word: str) -> bool:
    return any(part.startswith(word) for part in key.split())


def entity_finder(connection: sa.Connection) -> Callable[[str], str]:
    """Return the function that turns what a person types into an entity's id.

    Where the workspace keeps no entities at all a name stays the text it is.
    """
    known = cache(lambda: list_entities(connection))  # most changes name none

    def find(named: str) -> str:
        return choose_entity(known(), named).id if known() else named

    return find


@dataclass(frozen=True, slots=True)
class EntityTerm:
    """Asks for models that name a legal entity: in one field of the record, or in any."""

    value: str
    field: str | None = None


def condition(column: sa.ColumnElement[Any], term: EntityTerm) -> sa.ColumnElement[bool]:
    """Return a term as a condition on a model's entities: by part of a name, or by old text."""
    fields = (term.field,) if term.field else ENTITY_FIELDS
    called = items.c.search.contains(term.value.casefold(), autoescape=True)
    named = sa.or_(*(column.contains("\n" + name + " " + items.c.id + "\n") for name in fields))
    registered = sa.exists().where(items.c.kind == ENTITY.noun, called, named)
    typed = (
        column.contains(f"\n{name} {sort_key(term.value)}\n", autoescape=True) for name in fields
    )
    return sa.or_(registered, *typed)
