"""Which model is meant by the word a source uses for it."""

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.store import records
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries import models as queries
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.projected import entries, models


def find_model(connection: sa.Connection, source: str, word: str) -> str | None:
    """Return the id of the one model that ``source`` means by ``word``; None for none or several.

    An entry of the same source says more than one of another, and any entry more than a name.
    What was decided to be a model goes before candidates of other sources.
    """
    told = word.strip()
    entered, named = _by_entry(connection, told, sa.true()), _by_name(connection, told)
    return (
        _only(_by_entry(connection, told, entries.c.source == source))
        or _only(_decided(connection, entered))
        or _by_number(connection, told)
        or _only(_decided(connection, named))
        or _only(entered)
        or _only(named)
    )


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
    query = sa.select(models.c.id).where(models.c.id.in_(found), is_model)
    return set(connection.execute(query).scalars()) if found else found


def _by_entry(connection: sa.Connection, word: str, where: sa.ColumnElement[bool]) -> set[str]:
    c = entries.c
    query = sa.select(c.model).where(sa.or_(c.native_id == word, c.name == word), where)
    return set(connection.execute(query.where(c.renamed_to.is_(None))).scalars())


def _by_number(connection: sa.Connection, word: str) -> str | None:
    if not word.upper().startswith("M-"):
        return None
    try:
        return queries.find_model(connection, word)
    except AppError:
        return None


def _by_name(connection: sa.Connection, word: str) -> set[str]:
    query = sa.select(models.c.id).where(models.c.name_key == sort_key(word))
    return set(connection.execute(query).scalars())
