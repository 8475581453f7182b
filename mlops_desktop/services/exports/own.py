"""Columns and cells of the workspace's own fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from mlops_desktop.core.custom_fields import PREFIX, Choice, Field, FieldKind, find_value
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.ledger.text import plain_text
from mlops_desktop.services.own_values import is_own, text_of

OwnCell: TypeAlias = str | Decimal | date | Choice | None


def columns_of(
    asked: tuple[str, ...], everything: tuple[str, ...], own: tuple[Field, ...]
) -> tuple[str, ...]:
    """Return the columns meant, own fields with or without their prefix.

    All columns are those of the record and every own field that is not archived. Raises
    ``export.column_unknown``.
    """
    if asked == everything:
        return (*asked, *(one.definition.key for one in own if not one.is_archived))
    keys = {one.definition.key for one in own}
    meant = tuple(name if name in everything or is_own(name) else PREFIX + name for name in asked)
    for name, key in zip(asked, meant, strict=True):
        if key not in keys and name not in everything:
            known = ", ".join((*everything, *sorted(keys)))
            raise AppError("export.column_unknown", where=name, column=name, known=known)
    return meant


@dataclass(frozen=True, slots=True)
class OwnCells:
    """What cells of own fields are made with: the fields, and the names of persons by id."""

    fields: tuple[Field, ...]
    names: Mapping[str, str]

    def cell(self, state: ModelState | None, key: str) -> OwnCell:
        """Return the cell of a model: a choice as itself, a number exactly."""
        value = find_value(state.details.custom, key) if state is not None else None
        text = text_of(value, self.names) if value is not None else ""
        if value is None or not text:
            return None
        if value.kind is FieldKind.CHOICE:
            known = (one.definition for one in self.fields if one.definition.key == key)
            return next(known).choice(text) or text
        if value.kind is FieldKind.NUMBER:
            return Decimal(text)
        return date.fromisoformat(text) if value.kind is FieldKind.DATE else plain_text(text)
