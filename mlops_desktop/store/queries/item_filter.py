"""Which items a list shows and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.tables.items import item_models
from mlops_desktop.store.tables.projected import people

_NONE = "[]"
Columns: TypeAlias = sa.sql.base.ReadOnlyColumnCollection[str, Any]


class ItemSort(StrEnum):
    """Columns a list of items can be sorted by."""

    NUMBER = "number"
    TITLE = "title"
    STAGE = "stage"
    OWNER = "owner"
    DUE = "due"
    RANK = "rank"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items: ``kinds`` by noun (none: every kind), ``words`` must all occur.

    ``overdue`` asks for open ones due before the day shown, ``models`` for those about any of
    these model ids, ``ages`` for those opened so many days (from, to) before the day shown;
    ``openers`` are names of persons of whom any opened them.
    """

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    scope: ItemScope = ItemScope.OPEN
    stages: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    within: frozenset[str] | None = None
    """Leaves items alone that are about one of these model ids, or about no model at all."""
    ranks: tuple[int, ...] = ()
    due_by: date | None = None
    overdue: bool = False
    ages: tuple[tuple[int, int | None], ...] = ()
    sort: ItemSort = ItemSort.NUMBER
    is_descending: bool = False
    as_of: AsOf = field(default=NOW)


_SORTS = {
    ItemSort.NUMBER: "number",
    ItemSort.TITLE: "title_key",
    ItemSort.STAGE: "stage",
    ItemSort.OWNER: "owner_key",
    ItemSort.DUE: "due",
    ItemSort.RANK: "rank",
    ItemSort.OPENED: "opened",
}


def item_order(table: sa.FromClause, wanted: ItemFilter) -> tuple[sa.ColumnElement[Any], ...]:
    """Return what to order by; what is empty stands last.

    Up by the day that ``due_key`` puts last: an index knows no other place for what is empty.
    """
    down = wanted.is_descending
    sort = "due_key" if wanted.sort is ItemSort.DUE and not down else _SORTS[wanted.sort]
    names = dict.fromkeys((sort, "kind", "number"))
    if len(wanted.kinds) == 1:
        names.pop("kind")
    columns = [table.columns[name] for name in names]
    return tuple(one.desc().nulls_last() if down else one.asc() for one in columns)


def item_conditions(table: sa.FromClause, wanted: ItemFilter) -> Iterator[sa.ColumnElement[bool]]:
    """Yield the conditions of a filter."""
    c = table.columns
    # Written so, no index of kinds is chosen where the items of a few models are asked for.
    kind = c["kind"].concat("") if wanted.models else c["kind"]
    if len(wanted.kinds) == 1:
        yield kind == wanted.kinds[0]
    elif wanted.kinds:
        yield kind.in_(wanted.kinds)
    if wanted.stages:
        yield c["stage"].in_(wanted.stages)
    elif wanted.scope is not ItemScope.ALL:
        yield c["is_closed"] == int(wanted.scope is ItemScope.CLOSED)
    if wanted.ranks:
        yield c["rank"].in_(wanted.ranks)
    if wanted.models:
        about = sa.select(item_models.c.item).where(item_models.c.model.in_(wanted.models))
        yield c["id"].in_(about)
        yield sa.or_(*(c["models"].contains(f'"{id}"', autoescape=True) for id in wanted.models))
    if wanted.within is not None:
        yield is_about(c, wanted.within)
    yield from _due(table, wanted)
    if wanted.ages:
        yield sa.or_(*(_aged(c["opened"], wanted.as_of.day, *span) for span in wanted.ages))
    yield from _persons(table, wanted)
    for word in wanted.words:
        yield c["search"].contains(word.casefold(), autoescape=True)


def is_about(c: Columns, models: frozenset[str]) -> sa.ColumnElement[bool]:
    """Return the condition that an item is about one of these model ids, or about no model."""
    about = sa.select(item_models.c.item).where(Among(item_models.c.model, models))
    return sa.or_(c["models"] == _NONE, c["id"].in_(about))


def _aged(
    opened: sa.ColumnElement[str], day: date, least: int, most: int | None
) -> sa.ColumnElement[bool]:
    young = opened <= (day - timedelta(days=least)).isoformat()
    return (
        young
        if most is None
        else sa.and_(young, opened >= (day - timedelta(days=most)).isoformat())
    )


def _persons(table: sa.FromClause, wanted: ItemFilter) -> Iterator[sa.ColumnElement[bool]]:
    c = table.columns
    for name in wanted.owners:
        yield c["owner_key"].contains(sort_key(name), autoescape=True)
    if wanted.openers:
        named = (
            people.c.name_key.contains(sort_key(one), autoescape=True) for one in wanted.openers
        )
        yield c["opener"].in_(sa.select(people.c.id).where(sa.or_(*named)))


def _due(table: sa.FromClause, wanted: ItemFilter) -> Iterator[sa.ColumnElement[bool]]:
    c = table.columns
    if wanted.due_by is not None:
        yield c["due"] <= wanted.due_by.isoformat()
    if wanted.overdue:
        yield sa.and_(c["is_closed"] == 0, c["due"] < wanted.as_of.day.isoformat())
