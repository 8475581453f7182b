"""Persons by the names a file gives them: as known, with or without title, surname first."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.services.enrolment import clean_name
from mlops_desktop.services.imports.vocabulary import folded

NEW = "+"
"""Begins the id of a person who becomes known by the import; the name follows."""

_TITLES = re.compile(r"\b(?:dr|prof|dipl|ing|frau|herr|mr|mrs|ms|hr|fr)\b\.?[- ]*", re.IGNORECASE)


class Persons:
    """Everybody known, found by name; unknown names are gathered where they may be added."""

    def __init__(self, known: Iterable[Person], *, adds: bool) -> None:
        self._adds = adds
        self._ids: dict[str, set[str]] = defaultdict(set)
        self._plain: dict[str, set[str]] = defaultdict(set)
        self.names: dict[str, str] = {}
        self.added: dict[str, str] = {}
        for person in known:
            self.names[person.id] = person.name
            self._ids[folded(person.name)].add(person.id)
            self._plain[_untitled(person.name)].add(person.id)

    def find(self, text: str) -> str:
        """Return the id of the person meant.

        Raises ``import.person_unknown``, ``import.person_ambiguous``, and ``person.name_refused``
        where the name of a new person cannot be one.
        """
        name = _forename_first(text)
        found = self._ids.get(folded(name)) or self._plain.get(_untitled(name)) or set()
        if len(found) > 1:
            raise AppError("import.person_ambiguous", value=text)
        if found:
            return next(iter(found))
        if not self._adds:
            raise AppError("import.person_unknown", value=text, near=self._near(name))
        clean = clean_name(name)
        key = f"{NEW}{self.added.setdefault(folded(clean), clean)}"
        self.names.setdefault(key, key.removeprefix(NEW))
        return key

    def _near(self, name: str) -> str:
        keys = get_close_matches(folded(name), self._ids, n=1, cutoff=0.75)
        return self.names[next(iter(self._ids[keys[0]]))] if keys else ""


def _forename_first(text: str) -> str:
    """Return »Wolters, Corinna« as »Corinna Wolters«."""
    last, comma, first = text.partition(",")
    swapped = f"{first.strip()} {last.strip()}" if comma and "," not in first else text
    return " ".join(swapped.split())


def _untitled(name: str) -> str:
    return folded(_TITLES.sub("", name))
