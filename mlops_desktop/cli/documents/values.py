"""Small values of documents: pairs, numbers, erasable texts, and the two dates asked for."""

from collections.abc import Iterable
from datetime import date, datetime
from math import isfinite
from typing import Protocol

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.core import clock
from mlops_desktop.core.erasable import Erasable


class Named(Protocol):
    """A name and a value, of the inventory's own kind or a source's."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def value(self) -> str:
        """What it holds, as text."""
        ...


def by_name(values: Iterable[Named]) -> Document:
    """Return pairs as one object; a name that comes twice has an array of its values."""
    found: dict[str, list[str]] = {}
    for pair in values:
        found.setdefault(pair.name, []).append(pair.value)
    return {name: told[0] if len(told) == 1 else told for name, told in found.items()}


def number(text: str) -> Json:
    """Return a decimal text as a number; what is none (NaN, infinity) stays text."""
    try:
        value = float(text)
    except ValueError:
        return text
    if not isfinite(value):
        return text
    return int(text) if text.lstrip("-").isdecimal() else value


def plain(value: object) -> Json:
    """Return any field's value as JSON has it; an erased text is null."""
    match value:
        case Erasable():
            return value.text
        case date():
            return value.isoformat()
        case tuple():
            return [str(part) for part in value]
        case None | bool() | int():
            return value
        case _:
            return str(value)


def or_none(text: str | None) -> str | None:
    """Return a text, or None where it is empty."""
    return text or None


def moment(at: datetime | None) -> str | None:
    """Return a time as ISO 8601 in UTC."""
    return clock.to_text(at) if at is not None else None
