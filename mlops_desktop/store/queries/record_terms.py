"""Conditions on the fields of a model's record, read from the record itself."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mlops_desktop.core.inventory import LIST_FIELDS, PERSON_FIELDS
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.json_text import TextAt
from mlops_desktop.store.tables.projected import people


@dataclass(frozen=True, slots=True)
class RecordTerm:
    """Asks for models of which any of these fields holds any of these values.

    A value is part of a name where the field holds a person, and one of several in a list.
    Without values it asks whether any of the fields holds something, or where ``is_empty`` whether
    any holds nothing.
    """

    fields: tuple[str, ...]
    values: tuple[str, ...] = ()
    is_empty: bool = False


def field_of(record: sa.ColumnElement[Any], field: str) -> sa.ColumnElement[str]:
    """Return a field in the JSON text of a model's state; NULL where it holds nothing."""
    return TextAt(record, "details", field)


def condition(record: sa.ColumnElement[Any], term: RecordTerm) -> sa.ColumnElement[bool]:
    """Return a term as a condition on the record of a model or of one of its states."""
    held = {name: field_of(record, name) for name in term.fields}
    if term.values:
        return sa.or_(
            *(_equal(name, field, value) for name, field in held.items() for value in term.values)
        )
    if term.is_empty:
        return sa.or_(*(field.is_(None) for field in held.values()))
    return sa.or_(*(field.is_not(None) for field in held.values()))


def _equal(name: str, field: sa.ColumnElement[str], value: str) -> sa.ColumnElement[bool]:
    if name in LIST_FIELDS:
        return field.contains(json.dumps(value, ensure_ascii=False), autoescape=True)
    if name not in PERSON_FIELDS:
        return field == value
    named = people.c.name_key.contains(sort_key(value), autoescape=True)
    return field.in_(sa.select(people.c.id).where(named))
