"""Columns read as fields of the workspace's own: numbers, days, choices and persons of any form."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from mlops_desktop.core.custom_fields import Field, FieldDefinition, FieldKind
from mlops_desktop.core.custom_forms import read_number
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.text import clean_text, plain_text
from mlops_desktop.services.imports import values
from mlops_desktop.services.imports.persons import Persons
from mlops_desktop.services.own_values import parse_value, required_cleared, required_missing
from mlops_desktop.services.wording import LANGUAGES
from mlops_desktop.sources.tabular.grid import Grid

_LONGEST = 32_000
_UNIT = re.compile(r"\s*(?:€|EUR)\s*", re.IGNORECASE)


def numbers_of(grid: Grid) -> str | None:
    """Return the language a file writes numbers in; None where it does not tell.

    A semicolon divides cells where the comma begins decimals.
    """
    if grid.form == "json":
        return "en"
    return {";": "de", ",": "en"}.get(grid.delimiter)


def own_number(value: float) -> str:
    """Return a number that its file knows as one."""
    return read_number(format(Decimal(str(value)), "f"))


def read_decimal(text: str, language: str | None) -> str:
    """Return a number as canonical text; one that could be two numbers is refused.

    Raises ``import.number_ambiguous`` and ``import.no_decimal``.
    """
    plain = _UNIT.sub("", text)
    found = {one: _number(plain, one) for one in LANGUAGES}
    if language is not None and found[language] is not None:
        return str(found[language])
    meant = sorted({number for number in found.values() if number is not None})
    if len(meant) > 1:
        raise AppError("import.number_ambiguous", value=text, first=meant[0], second=meant[1])
    if not meant:
        raise AppError("import.no_decimal", value=text)
    return meant[0]


def _number(text: str, language: str) -> str | None:
    try:
        return read_number(text, language)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Own:
    """The fields of the workspace's own, and the language a file writes numbers in."""

    fields: tuple[Field, ...]
    numbers: str | None

    def is_number(self, key: str) -> bool:
        """Tell whether a column is read as a field of numbers."""
        found = self._definition(key)
        return found is not None and found.kind is FieldKind.NUMBER

    def reader(self, key: str, persons: Persons, dates: str | None) -> Callable[[str], str] | None:
        """Return what reads the cells of a column, None for one of the record's own fields."""
        found = self._definition(key)
        if found is None:
            return None
        readers: dict[FieldKind, Callable[[str], str]] = {
            FieldKind.TEXT: _prose,
            FieldKind.NUMBER: lambda text: read_decimal(text, self.numbers),
            FieldKind.DATE: lambda text: values.read_date(text, dates),
            FieldKind.CHOICE: partial(_choice, found),
            FieldKind.PERSON: persons.find,
        }
        return readers[found.kind]

    def refusals(
        self, texts: Mapping[str, str], cleared: tuple[str, ...], *, is_new: bool
    ) -> Iterator[tuple[str, AppError]]:
        """Yield what a row cannot change, by field: a choice that is gone, one that is needed."""
        for key, text in texts.items():
            found = self._definition(key)
            refused = _refusal(found, text) if found is not None else None
            if refused is not None:
                yield key, refused
        yield from ((str(one.where), one) for one in required_cleared(self.fields, cleared))
        if is_new:
            yield from ((str(one.where), one) for one in required_missing(self.fields, texts))

    def _definition(self, key: str) -> FieldDefinition | None:
        known = (one.definition for one in self.fields if not one.is_archived)
        return next((one for one in known if one.key == key), None)


def _refusal(definition: FieldDefinition, text: str) -> AppError | None:
    try:
        parse_value(definition, text, str)
    except AppError as error:
        return error
    return None


def _prose(text: str) -> str:
    if len(text) > _LONGEST:
        raise AppError("import.text_too_long", most=_LONGEST)
    return plain_text(clean_text(text))


def _choice(definition: FieldDefinition, text: str) -> str:
    """Return the choice meant, a removed one too: what says what is there changes nothing."""
    found = definition.find_choice(text) or next(
        (one for one in definition.choices if one.is_called(text)), None
    )
    if found is None:
        known = ", ".join(one.labels.en for one in definition.offered)
        raise AppError("import.value_unknown", value=text, known=known)
    return found.key
