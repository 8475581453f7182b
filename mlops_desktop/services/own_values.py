"""From texts that people type or import to the values of the workspace's own fields, and back."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from mlops_desktop.core.custom_fields import (
    PREFIX,
    CustomValue,
    Field,
    FieldDefinition,
    FieldKind,
    Labels,
    find_value,
)
from mlops_desktop.core.custom_forms import read_day, read_number, write_day, write_number
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.numerals import with_minus
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.session import must_commit

FindPerson: TypeAlias = Callable[[str], str]
_LONGEST = 4_000


def is_own(name: str) -> bool:
    """Tell whether a field of the record is one of the workspace's own."""
    return name.startswith(PREFIX)


def parse_values(
    fields: Iterable[Field], texts: Mapping[str, str], find_person: FindPerson
) -> tuple[CustomValue, ...]:
    """Return values from canonical texts by the key of their field; blank texts are left out.

    Raises ``field.not_found``, ``field.is_archived``, ``model.field_refused`` and what
    ``find_person`` raises for a person nobody knows, each with the key in ``where``.
    """
    known = {one.definition.key: one for one in fields}
    found = []
    for key, text in texts.items():
        field = known.get(key)
        if field is None:
            named, told = key.removeprefix(PREFIX), ", ".join(map(_bare, known)) or "–"
            raise AppError("field.not_found", where=key, name=named, known=told)
        if text.strip() and field.is_archived:
            raise AppError("field.is_archived", where=key, name=field.definition.name)
        if text.strip():
            found.append(parse_value(field.definition, text.strip(), find_person))
    return tuple(found)


def _bare(key: str) -> str:
    return key.removeprefix(PREFIX)


def parse_value(definition: FieldDefinition, text: str, find_person: FindPerson) -> CustomValue:
    """Return the value a text means; raises as :func:`parse_values`."""
    name, kind, covered = definition.name, definition.kind, definition.is_covered
    if kind is FieldKind.TEXT:
        if len(text) > _LONGEST:
            raise _too_long(definition, text)
        return CustomValue(name, kind, text=must_commit(text), is_covered=covered)
    read = {
        FieldKind.NUMBER: lambda: _read(definition, text, read_number, "1234.5"),
        FieldKind.DATE: lambda: _read(definition, text, read_day, "2026-12-31"),
        FieldKind.CHOICE: lambda: _choose(definition, text),
        FieldKind.PERSON: lambda: _person(definition, text, find_person),
    }
    return CustomValue(name, kind, read[kind](), is_covered=covered)


def _read(definition: FieldDefinition, text: str, read: Callable[[str], str], example: str) -> str:
    try:
        return read(clean_text(text))
    except ValueError:
        raise _refuse(definition, text, example) from None


def _choose(definition: FieldDefinition, text: str) -> str:
    found = definition.find_choice(text)
    if found is None:
        raise _refuse(definition, text, ", ".join(one.key for one in definition.offered))
    return found.key


def _person(definition: FieldDefinition, text: str, find_person: FindPerson) -> str:
    try:
        return find_person(text)
    except AppError as error:
        error.where = definition.key
        raise


def _refuse(definition: FieldDefinition, text: str, allowed: str) -> AppError:
    told = definition.labels.en
    return AppError(
        "model.field_refused", where=definition.key, field=told, value=text[:60], allowed=allowed
    )


def _too_long(definition: FieldDefinition, text: str) -> AppError:
    return AppError(
        "model.field_too_long", where=definition.key, field=definition.labels.en,
        value=text[:40] + "…", n=len(text), most=_LONGEST,
    )  # fmt: skip


def find_changes(
    before: tuple[CustomValue, ...], wanted: tuple[CustomValue, ...], emptied: Collection[str]
) -> tuple[tuple[CustomValue, ...], tuple[str, ...]]:
    """Return which values change, and the keys of fields that are emptied."""
    changed = tuple(one for one in wanted if not _is_same(one, find_value(before, one.key)))
    return changed, tuple(sorted(one.key for one in before if one.key in emptied))


def _is_same(one: CustomValue, other: CustomValue | None) -> bool:
    return other is not None and _plain(one) == _plain(other)


def _plain(one: CustomValue) -> str | None:
    # Two commitments to the same text differ by salt; what people see is the text.
    return one.text.text if one.text is not None else one.value


def check_required(fields: Iterable[Field], values: tuple[CustomValue, ...]) -> None:
    """Refuse a new record without a field it needs; raises ``field.required``."""
    for error in required_missing(fields, {value.key for value in values}):
        raise error


def required_missing(fields: Iterable[Field], keys: Collection[str]) -> Iterator[AppError]:
    """Yield ``field.required`` for each field that is needed and not among ``keys``."""
    for one in fields:
        needed = one.definition.is_required and not one.is_archived
        if needed and one.definition.key not in keys:
            yield _required(one)


def check_kept(fields: Iterable[Field], cleared: Collection[str]) -> None:
    """Refuse to empty a field that records need; raises ``field.required``."""
    for error in required_cleared(fields, cleared):
        raise error


def required_cleared(fields: Iterable[Field], cleared: Collection[str]) -> Iterator[AppError]:
    """Yield ``field.required`` for each field that is needed and among ``cleared``."""
    for one in fields:
        needed = one.definition.is_required and not one.is_archived
        if needed and one.definition.key in cleared:
            yield _required(one)


def _required(one: Field) -> AppError:
    label = one.definition.labels.en
    return AppError("field.required", where=one.definition.key, field=label)


def text_of(value: CustomValue, names: Mapping[str, str]) -> str:
    """Return a value as it is typed: canonical, a choice by its key, a person by name."""
    if value.kind is FieldKind.PERSON:
        return names.get(value.value or "", value.value or "")
    return _plain(value) or ""


def say_value(
    value: CustomValue,
    definition: FieldDefinition | None,
    names: Mapping[str, str],
    language: str,
) -> str:
    """Return a value as people of a language read it; "" for a text that was erased."""
    told = definition or FieldDefinition(value.name, Labels(value.name), value.kind)
    return say_text(told, text_of(value, names), language)


def say_text(definition: FieldDefinition, text: str, language: str) -> str:
    """Return a text as it is typed, as people of a language read it."""
    match definition.kind:
        case FieldKind.NUMBER:
            return with_minus(write_number(text, language))
        case FieldKind.DATE:
            return write_day(text, language)
        case FieldKind.CHOICE:
            found = definition.choice(text)
            return found.labels.say(language) if found is not None else text
        case _:
            return text


def in_order(
    values: tuple[CustomValue, ...], fields: Iterable[Field]
) -> tuple[tuple[Field | None, CustomValue], ...]:
    """Return values with their fields in the order defined; unknown ones (None) at the end."""
    known = tuple(fields)
    names = [one.definition.name for one in known]
    placed = sorted(
        values, key=lambda one: names.index(one.name) if one.name in names else len(names)
    )
    return tuple(
        (known[names.index(one.name)] if one.name in names else None, one) for one in placed
    )
