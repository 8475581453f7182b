"""Conditions on the fields of a model's record, read from the record itself."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from mlops_desktop.core.inventory import PERSON_FIELDS
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.tables.projected import people
from mlops_desktop.store.types import TEXT


@dataclass(frozen=True, slots=True)
class RecordTerm:
    """Asks for models of which any of these fields holds any of these values.

    A value is part of a name where the field holds a person. Without values it asks whether any
    of the fields holds something, or where ``is_empty`` whether any holds nothing.
    """

    fields: tuple[str, ...]
    values: tuple[str, ...] = ()
    is_empty: bool = False


class FieldOfRecord(sa.ColumnElement[str]):
    """A field of the record in the JSON text of a model's state; NULL where it holds nothing."""

    inherit_cache = False

    def __init__(self, column: sa.ColumnElement[Any], field: str) -> None:
        self.column, self.field, self.type = column, field, TEXT


@compiles(FieldOfRecord, "sqlite")
def _in_sqlite(field: FieldOfRecord, compiler: Any, **options: Any) -> str:
    column = compiler.process(field.column, **options)
    path = compiler.process(sa.literal(f"$.details.{field.field}"), **options)
    return f"json_extract({column}, {path})"


@compiles(FieldOfRecord, "postgresql")
def _in_postgres(field: FieldOfRecord, compiler: Any, **options: Any) -> str:
    name = compiler.process(sa.literal(field.field), **options)
    return f"(CAST({compiler.process(field.column, **options)} AS JSON) -> 'details' ->> {name})"


def condition(record: sa.ColumnElement[Any], term: RecordTerm) -> sa.ColumnElement[bool]:
    """Return a term as a condition on the record of a model or of one of its states."""
    held = [FieldOfRecord(record, name) for name in term.fields]
    if term.values:
        return sa.or_(*(_equal(field, value) for field in held for value in term.values))
    if term.is_empty:
        return sa.or_(*(field.is_(None) for field in held))
    return sa.or_(*(field.is_not(None) for field in held))


def _equal(field: FieldOfRecord, value: str) -> sa.ColumnElement[bool]:
    if field.field not in PERSON_FIELDS:
        return field == value
    named = people.c.name_key.contains(sort_key(value), autoescape=True)
    return field.in_(sa.select(people.c.id).where(named))
