"""Fields of the inventory record that a workspace defines itself, and their values."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable

PREFIX = "custom."
"""Begins the name of such a field wherever the record's own fields have names too."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class FieldKind(StrEnum):
    """What a field holds; once defined, it never changes."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Labels:
    """What something is called in English, and in German where that was said."""

    en: str
    de: str | None = None

    def say(self, language: str) -> str:
        """Return the label in a language; the English one where there is no other."""
        return self.de if language == "de" and self.de else self.en


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a field of choices can take; a removed one still names old values."""

    key: str
    labels: Labels
    is_removed: bool = False

    def is_called(self, text: str) -> bool:
        """Tell whether a text is its key or its label in either language."""
        names = (self.key, self.labels.en, self.labels.de)
        return _folded(text) in {_folded(name) for name in names if name}


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A field of the workspace's own. ``name`` is its key, for ever.

    A change of a covered field voids approvals as that of the purpose does; whether it is one
    never changes either, so that each value can say it of itself.
    """

    name: str
    labels: Labels
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    help: Labels | None = None
    is_required: bool = False
    is_covered: bool = False

    @property
    def key(self) -> str:
        """Its name among those of all fields of the record."""
        return PREFIX + self.name

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices that new values can take."""
        return tuple(one for one in self.choices if not one.is_removed)

    def choice(self, key: str) -> Choice | None:
        """Return the choice of that key, a removed one too."""
        return next((one for one in self.choices if one.key == key), None)

    def find_choice(self, text: str) -> Choice | None:
        """Return the offered choice meant by its key or its label in either language."""
        return next((one for one in self.offered if one.is_called(text)), None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def with_choices(before: tuple[Choice, ...], wanted: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return the choices of a field after a change: those left out are removed, not forgotten."""
    offered = tuple(replace(one, is_removed=False) for one in wanted)
    keys = {one.key for one in offered}
    gone = (replace(one, is_removed=True) for one in before if one.key not in keys)
    return (*offered, *gone)


@dataclass(frozen=True, slots=True)
class CustomValue:
    """The value of a field by its name: prose is erasable, all else a text.

    A number is decimal text, a day ISO 8601, a choice its key, a person an id. Kind and cover are
    those of the definition, so that a model's history can be read by itself.
    """

    name: str
    kind: FieldKind
    value: str | None = None
    text: Erasable | None = None
    is_covered: bool = False

    @property
    def key(self) -> str:
        """The field's name among those of all fields of the record."""
        return PREFIX + self.name

    @property
    def plain(self) -> str:
        """The value as approvals cover it: of prose the digest."""
        return self.text.digest if self.text is not None else self.value or ""


def join(
    before: tuple[CustomValue, ...], given: tuple[CustomValue, ...], cleared: Collection[str] = ()
) -> tuple[CustomValue, ...]:
    """Return values with those given in place of their former ones, and cleared ones gone."""
    taken = {one.key for one in given}.union(cleared)
    return (*(one for one in before if one.key not in taken), *given)


def covered_keys(
    before: tuple[CustomValue, ...], given: tuple[CustomValue, ...], cleared: Collection[str] = ()
) -> tuple[str, ...]:
    """Name the covered fields that a change sets or empties."""
    found = {one.key for one in given if one.is_covered}
    found.update(one.key for one in before if one.is_covered and one.key in cleared)
    return tuple(sorted(found))


def find_value(values: tuple[CustomValue, ...], key: str) -> CustomValue | None:
    """Return the value of a field named with or without the prefix."""
    name = key.removeprefix(PREFIX)
    return next((one for one in values if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Field:
    """A definition where it stands: who defined it when (ISO 8601), and whether it is archived."""

    definition: FieldDefinition
    person: str
    at: str
    is_archived: bool = False
