"""Which model is meant by the word a source uses for it."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from mlops_desktop.core.lifecycle import State
from mlops_desktop.store import records
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.queries.models_named import by_number
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.projected import entries, models


def find_model(connection: sa.Connection, source: str, word: str) -> str | None:
    """Return the id of the one model that ``source`` means by ``word``; None for none or several.

    An entry of the same source says more than one of another, and any entry more than a name.
    What was decided to be a model goes before candidates of other sources.
    """
    return find_models(connection, source, (word,))[word]


def find_models(
    connection: sa.Connection, source: str, words: Collection[str]
) -> dict[str, str | None]:
    """Return by word what :func:`find_model` does, asking once for all of them."""
    if not words:
        return {}
    told = {word: word.strip() for word in words}
    entered = _by_entry(connection, frozenset(told.values()))
    named = _by_name(connection, frozenset(map(sort_key, told.values())))
    found = {id for ids in named.values() for id in ids}
    found |= {model for rows in entered.values() for _, model in rows}
    marked = [text for text in told.values() if text.upper().startswith("M-")]
    decided, numbered = _decided(connection, found), by_number(connection, marked)

    def choose(text: str) -> str | None:
        own = {model for where, model in entered[text] if where == source}
        every, bearing = {model for _, model in entered[text]}, named[sort_key(text)]
        return (
            _only(own)
            or _only(every & decided)
            or numbered.get(text)
            or _only(bearing & decided)
            or _only(every)
            or _only(bearing)
        )

    return {word: choose(text) for word, text in told.items()}


def models_used_by(connection: sa.Connection, word: str) -> tuple[str, ...]:
    """Return the models of the one application of that name or inventory number; none of two."""
    c, told = items.c, word.strip()
    is_numbered = c.record.contains(f'"inventory_number":"{told}"', autoescape=True)
    query = sa.select(c.models).where(
        c.kind == "application",
        c.is_closed == 0,
        sa.or_(c.title_key == sort_key(told), is_numbered),
    )
    found = connection.execute(query.limit(2)).scalars().all()
    return records.texts(found[0]) if len(found) == 1 else ()


def _only(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


def _decided(connection: sa.Connection, found: set[str]) -> set[str]:
    """Return those in the inventory, or a second registry's find would take their monitoring."""
    is_model = models.c.state.not_in([State.CANDIDATE.value, State.REJECTED.value])
    query = sa.select(models.c.id).where(one_of(models.c.id, found), is_model)
    return set(connection.execute(query).scalars()) if found else found


def _by_entry(
    connection: sa.Connection, words: frozenset[str]
) -> defaultdict[str, set[tuple[str, str]]]:
    """Return the sources and models of the entries that bear each word as their id or name."""
    c = entries.c
    bears = sa.or_(one_of(c.native_id, words), one_of(c.name, words))
    query = sa.select(c.native_id, c.name, c.source, c.model).where(bears, c.renamed_to.is_(None))
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in connection.execute(query):
        for word in (row.native_id, row.name):
            found[word].add((row.source, row.model))
    return found


def _by_name(connection: sa.Connection, keys: frozenset[str]) -> defaultdict[str, set[str]]:
    """Return the models that bear each name, as names are sorted."""
    query = sa.select(models.c.id, models.c.name_key).where(one_of(models.c.name_key, keys))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.name_key].add(row.id)
    return found
