"""What the models that items are about are called, for lists."""

from collections.abc import Mapping
from dataclasses import replace

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.succession import ModelName, name_models


def with_models(
    session: Session, rows: tuple[ItemRow, ...], as_of: AsOf = NOW
) -> tuple[ItemRow, ...]:
    """Return the same rows, each saying what the models it is about are called."""
    keys = {model for row in rows for model in row.models}
    with session.workspace.read() as view:
        called = name_models(view.connection, keys, as_of)
    return tuple(replace(row, about=_about(row, called)) for row in rows)


def _about(row: ItemRow, called: Mapping[str, ModelName]) -> str:
    named = sorted((called[model] for model in row.models if model in called), key=_number)
    if len(named) == 1:
        return f"{named[0].id} {named[0].name}".strip()
    return ", ".join(one.id for one in named)


def _number(model: ModelName) -> str:
    return model.id
