"""From texts that people type or import to the typed fields of a model."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import TypeAlias, get_args, get_type_hints

from mlops_desktop.core import clock
from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.date_rules import DateRule, Dates, Relation, check_dates
from mlops_desktop.core.details import CUSTOM
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import (
    ENTITY_FIELDS,
    LIST_FIELDS,
    PERSON_FIELDS,
    Indicator,
    ModelDetails,
)
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.own_values import is_own, parse_values
from mlops_desktop.services.session import must_commit

Value: TypeAlias = str | int | date | Erasable | StrEnum | tuple[str, ...] | tuple[Indicator, ...]
Find: TypeAlias = Callable[[str], str]

TIERS = range(1, 5)
_LONGEST_NAME = 200
LONGEST_TEXT = 32_000
"""What a cell of a spreadsheet takes, so that every field leaves and comes back whole."""
INDICATORS = "indicators"
DATES = (DateRule("last_review", Relation.NOT_AFTER), DateRule(INDICATORS, Relation.NOT_AFTER))
"""What of a model's record has happened, and so is not still to come."""
_INDICATOR = re.compile(r"(.+?)\s*\((\d{4}-\d{2}-\d{2})\)")


@dataclass(frozen=True, slots=True)
class Finders:
    """How typed names of persons and of legal entities become ids.

    ``known`` tells which names of entities are known; without it those that ``entity`` finds.
    """

    person: Find = str
    entity: Find = str
    known: Callable[[str], bool] | None = None

    def knows(self, name: str) -> bool:
        """Tell whether a name is that of a legal entity."""
        if self.known is not None:
            return self.known(name)
        try:
            return self.entity(name) != name
        except AppError:
            return False


AS_TYPED = Finders()
"""Takes names as the ids they are."""


@cache
def _kinds() -> dict[str, type]:
    hints = get_type_hints(ModelDetails)
    return {
        item.name: next((kind for kind in get_args(hints[item.name]) if kind is not NoneType), str)
        for item in fields(ModelDetails)
        if item.name != CUSTOM
    }


def field_names() -> tuple[str, ...]:
    """Return the names of the record's built-in fields, in the order they are shown."""
    return tuple(_kinds())


def choices(field: str) -> tuple[str, ...]:
    """Return the values a field can take, or nothing where it is free."""
    kind = _kinds()[field]
    if field == "tier":
        return tuple(str(tier) for tier in TIERS)
    return tuple(item.value for item in kind) if issubclass(kind, StrEnum) else ()


def is_free_text(field: str) -> bool:
    """Tell whether a field holds prose, which is committed and can be erased."""
    return _kinds()[field] is Erasable


def is_day(field: str) -> bool:
    """Tell whether a field holds a day."""
    return _kinds()[field] is date


def parse_fields(
    texts: Mapping[str, str], finders: Finders, own: Iterable[Field] = ()
) -> ModelDetails:
    """Return typed details from texts by field name; blank texts are left out.

    ``own`` are the fields that the workspace defined. Raises ``model.unknown_field`` and
    ``model.field_refused``, each with the field in ``where``, what the finders raise for a
    name nobody knows, and what :func:`parse_values` refuses.
    """
    for name in texts:
        if name not in _kinds() and not is_own(name):
            raise AppError("model.unknown_field", where=name, field=name)
    custom = {name: text for name, text in texts.items() if is_own(name)}
    values: dict[str, object] = {"custom": parse_values(own, custom, finders.person)}
    given = {
        name: text.strip() for name, text in texts.items() if text.strip() and name not in custom
    }
    values |= {name: _parse(name, text, finders) for name, text in given.items()}
    return ModelDetails(**values)  # type: ignore[arg-type]


def _parse(field: str, text: str, finders: Finders) -> Value:
    kind = _kinds()[field]
    if field in PERSON_FIELDS:
        return finders.person(text)
    if field in ENTITY_FIELDS:
        return _entities(field, " ".join(clean_text(text).split()), finders)
    if field in LIST_FIELDS:
        return _parts(text)
    if field == INDICATORS:
        return tuple(_indicator(part) for part in _parts(text))
    if kind is Erasable:
        return _prose(field, text)
    if kind is date:
        return _date(field, text)
    if kind is int:
        return _integer(field, text)
    if issubclass(kind, StrEnum):
        return _choice(field, text, kind)
    return _name(field, clean_text(text))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in clean_text(text).split(",") if part.strip())


def _entities(field: str, text: str, finders: Finders) -> Value:
    """Return the entity of a field, or the entities of one that lists them, each once."""
    if field not in LIST_FIELDS:
        return _found(field, _name(field, text), finders.entity)
    parts, found = _parts(text), []
    while parts:  # a name may hold a comma itself: the longest that is known is meant
        long = (n for n in range(len(parts), 1, -1) if finders.knows(", ".join(parts[:n])))
        taken = next(long, 1)
        name = _name(field, ", ".join(parts[:taken]))
        found.append(_found(field, name, finders.entity))
        parts = parts[taken:]
    return tuple(dict.fromkeys(found))


def _found(field: str, name: str, find: Find) -> str:
    try:
        return find(name)
    except AppError as error:
        error.where = field
        raise


def _indicator(text: str) -> Indicator:
    found = _INDICATOR.fullmatch(text)
    try:
        told = Indicator(found[1], date.fromisoformat(found[2]))  # type: ignore[index]
    except (TypeError, ValueError):
        raise _refuse(INDICATORS, text, "Gini (2026-03-31), PSI (2026-03-31)") from None
    check_dates(DATES, Dates({INDICATORS: told.updated}, clock.today()))
    return told


def _refuse(field: str, text: str, allowed: str) -> AppError:
    return AppError("model.field_refused", where=field, field=field, value=text, allowed=allowed)


def _too_long(field: str, text: str, most: int) -> AppError:
    return AppError(
        "model.field_too_long", where=field, field=field,
        value=text[:40] + "…", n=len(text), most=most,
    )  # fmt: skip


def _date(field: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _refuse(field, text, "2026-12-31") from None
    check_dates(DATES, Dates({field: day}, clock.today()))
    return day


def _integer(field: str, text: str) -> int:
    allowed = TIERS if field == "tier" else range(1, 241)
    number = whole(text)
    if number is None or number not in allowed:
        raise _refuse(field, text, f"{allowed.start}-{allowed.stop - 1}")
    return number


def _choice(field: str, text: str, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(text.lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise _refuse(field, text, ", ".join(choices(field))) from None


def _name(field: str, text: str) -> str:
    line = " ".join(text.split())
    if len(line) > _LONGEST_NAME:
        raise _too_long(field, line, _LONGEST_NAME)
    if not line.isprintable():  # a turned or hidden letter lets one model pass for another
        raise AppError("model.field_hidden", where=field, field=field, value=ascii(line)[1:-1])
    return line


def _prose(field: str, text: str) -> Value:
    if len(text) > LONGEST_TEXT:
        raise _too_long(field, text, LONGEST_TEXT)
    return must_commit(text)


@cache
def whole_numbers() -> tuple[str, ...]:
    """Return the fields that hold a whole number."""
    return tuple(name for name, kind in _kinds().items() if kind is int)


@cache
def days() -> tuple[str, ...]:
    """Return the fields that hold a day."""
    return tuple(name for name, kind in _kinds().items() if kind is date)
