"""Conditions on fields of the workspace's own: from what was typed to SQL.

Now an index finds them; of the past they are judged on the state that is shown anyway.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.custom_fields import FieldDefinition, FieldKind
from mlops_desktop.core.custom_forms import read_day, read_number
from mlops_desktop.core.errors import AppError
from mlops_desktop.store import custom_keys
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.custom_fields import find_field
from mlops_desktop.store.queries.json_text import TextAt
from mlops_desktop.store.tables.custom_fields import custom_values
from mlops_desktop.store.tables.projected import people

Condition: TypeAlias = sa.ColumnElement[bool]
Columns: TypeAlias = Mapping[str, sa.ColumnElement[Any]]


class Comparison(StrEnum):
    """How a value is compared; ``THERE`` wants any, ``MISSING`` none."""

    EQUAL = "="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    THERE = "there"
    MISSING = "none"


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """A condition as typed; ``keys`` is what the value means, once that is looked up."""

    field: str
    comparison: Comparison
    value: str = ""
    keys: tuple[str, ...] | None = None


def look_up(connection: sa.Connection, term: FieldTerm) -> FieldTerm:
    """Return a term with the name of its field and the keys its value means.

    Raises ``field.not_found`` and ``filter.value_refused``, each with ``--filter`` in ``where``.
    """
    definition = find_field(connection, term.field, "--filter").definition
    if term.comparison in (Comparison.THERE, Comparison.MISSING):
        return replace(term, field=definition.name, keys=())
    ordered = definition.kind in (FieldKind.NUMBER, FieldKind.DATE)
    if term.comparison is not Comparison.EQUAL and not ordered:
        raise _refuse(term, f"{definition.name}=…")
    return replace(term, field=definition.name, keys=_keys(connection, definition, term))


def _keys(
    connection: sa.Connection, definition: FieldDefinition, term: FieldTerm
) -> tuple[str, ...]:
    match definition.kind:
        case FieldKind.NUMBER:
            number = _read(term, read_number, "1234.5")
            return (custom_keys.plain_key(definition.kind, number),)
        case FieldKind.DATE:
            return (_read(term, read_day, "2026-12-31"),)
        case FieldKind.CHOICE:
            return _choices(definition, term)
        case FieldKind.PERSON:
            named = people.c.name_key.contains(sort_key(term.value), autoescape=True)
            return tuple(connection.execute(sa.select(people.c.id).where(named)).scalars())
        case FieldKind.TEXT:
            return (custom_keys.text_key(term.value),)


def _read(term: FieldTerm, read: Callable[[str], str], example: str) -> str:
    try:
        return read(term.value)
    except ValueError:
        raise _refuse(term, f"{term.field}{term.comparison}{example}") from None


def _choices(definition: FieldDefinition, term: FieldTerm) -> tuple[str, ...]:
    """Return the choices of that key or label, removed ones too: old values hold them."""
    found = tuple(one.key for one in definition.choices if one.is_called(term.value))
    if not found:
        raise _refuse(term, ", ".join(one.key for one in definition.choices))
    return found


def _refuse(term: FieldTerm, allowed: str) -> AppError:
    told = f"{term.field}{term.comparison}{term.value}"
    return AppError(
        "filter.value_refused", where="--filter", name="field", value=told, allowed=allowed
    )


def condition(c: Columns, term: FieldTerm, *, is_now: bool) -> Condition:
    """Return a term that was looked up, as a condition on a row of models or of their states."""
    if not is_now:
        return _compare(TextAt(c["custom"], term.field), term)
    field, key = custom_values.c.field, custom_values.c.key
    if term.comparison is Comparison.MISSING:
        held = sa.select(custom_values.c.number).where(field == term.field, key.is_not(None))
        return c["number"].not_in(held)
    held = sa.select(custom_values.c.number).where(field == term.field, _compare(key, term))
    return c["number"].in_(held)


def key_of(c: Columns, field: str, *, is_now: bool) -> sa.ColumnElement[Any]:
    """Return what a row of models or of their states is ordered by under a field; persons by name.

    NULL where the row holds no value.
    """
    if not is_now:
        then = TextAt(c["custom"], field)
        person = sa.select(people.c.name_key).where(people.c.id == then)
        return sa.func.coalesce(person.scalar_subquery(), then)
    v = custom_values.c
    called = sa.func.coalesce(people.c.name_key, v.key)
    held = sa.select(called).outerjoin_from(custom_values, people, people.c.id == v.key)
    return held.where(v.model == c["id"], v.field == field).scalar_subquery()


def _compare(key: sa.ColumnElement[Any], term: FieldTerm) -> Condition:
    keys = term.keys or ()
    match term.comparison:
        case Comparison.THERE:
            return key.is_not(None)
        case Comparison.MISSING:
            return key.is_(None)
        case Comparison.EQUAL:
            return key.in_(keys)
        case Comparison.BELOW:
            return key < keys[0]
        case Comparison.AT_MOST:
            return key <= keys[0]
        case Comparison.ABOVE:
            return key > keys[0]
        case Comparison.AT_LEAST:
            return key >= keys[0]
