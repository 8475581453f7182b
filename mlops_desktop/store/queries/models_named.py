"""Many models as people name them, looked up at once."""

from collections.abc import Collection

import sqlalchemy as sa

from mlops_desktop.core.inventory import number_in
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.tables.projected import models


def find_models(connection: sa.Connection, named: Collection[str]) -> dict[str, str]:
    """Return the UUID of each model as :func:`find_model` does; exact names are asked one by one.

    Raises ``model.not_found``, ``model.ambiguous``.
    """
    texts = {one: clean_text(one).strip() for one in named}
    numbered, known = by_number(connection, texts.values()), _ids(connection, texts.values())
    return {
        one: numbered.get(text) or (text if text in known else find_model(connection, one))
        for one, text in texts.items()
    }


def by_number(connection: sa.Connection, words: Collection[str]) -> dict[str, str]:
    """Return the models that words of the form M-00042 name, as far as there are such."""
    told = {word: number_in(word) for word in words}
    wanted = {number for number in told.values() if number is not None}
    query = sa.select(models.c.number, models.c.id).where(models.c.number.in_(wanted))
    found = {row.number: row.id for row in connection.execute(query)} if wanted else {}
    return {word: found[number] for word, number in told.items() if number in found}


def _ids(connection: sa.Connection, texts: Collection[str]) -> frozenset[str]:
    query = sa.select(models.c.id).where(one_of(models.c.id, texts))
    return frozenset(connection.execute(query).scalars()) if texts else frozenset()
