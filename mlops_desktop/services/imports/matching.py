"""Which model a row is about: by its number, by the bank's own id, by its exact name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.likeness import Likeness
from mlops_desktop.services.imports.cells import Row
from mlops_desktop.services.imports.mapping import is_number
from mlops_desktop.services.imports.vocabulary import ID
from mlops_desktop.store.queries.inventory_index import Indexed

UNDECIDED = (State.CANDIDATE, State.REJECTED)


@dataclass(frozen=True, slots=True)
class Match:
    """The model a row is about, if it is there, and by what it was found."""

    model: Indexed | None
    by_number: bool = False


class Inventory:
    """Every model there is, to be found by what a row says."""

    def __init__(self, known: Iterable[Indexed]) -> None:
        self.models = tuple(known)
        self._numbers = {one.row.id: one for one in self.models}
        self._own: dict[str, list[Indexed]] = defaultdict(list)
        self._names: dict[str, list[Indexed]] = defaultdict(list)
        for one in self.models:
            if one.register_id:
                self._own[_key(one.register_id)].append(one)
            if one.stage is not State.REJECTED:
                self._names[_key(one.row.name)].append(one)
        self._alike: Likeness[Indexed] | None = None

    def match(self, row: Row) -> Match:
        """Return the model of a row, none for a new one.

        Raises ``import.unknown_id``, ``import.register_id_taken``, ``model.ambiguous``,
        ``import.is_candidate``, ``import.name_taken``.
        """
        number, own = row.texts.get(ID, ""), row.texts.get("register_id", "")
        name = row.texts.get("name", "")
        if number:
            numbered = self._by_number(number)
            self._check_own(own, numbered)
            return Match(numbered, by_number=True)
        found = self._only(self._own.get(_key(own), []), own) if own else None
        if found is None and name:
            found = self._by_name(name, own)
        if found is not None and found.stage in UNDECIDED:
            raise AppError("import.is_candidate", id=found.row.id, name=found.row.name)
        return Match(found)

    def named(self, text: str) -> Indexed | None:
        """Return the model that a text names: its number, the bank's own id, or its exact name.

        Raises ``model.ambiguous``.
        """
        if is_number(text):
            return self._numbers.get(_number(text))
        found = self._own.get(_key(text), []) or self._names.get(_key(text), [])
        return self._only(found, text)

    def alike(self, name: str) -> Indexed | None:
        """Return a model whose name may mean the same, without being equal."""
        if self._alike is None:
            self._alike = Likeness((one.row.name, one) for one in self.models)
        return self._alike.find(name)

    def _by_number(self, text: str) -> Indexed:
        found = self._numbers.get(_number(text)) if is_number(text) else None
        if found is None:
            raise AppError("import.unknown_id", value=text)
        return found

    def _check_own(self, own: str, found: Indexed) -> None:
        held = self._own.get(_key(own), []) if own else []
        other = next((one for one in held if one is not found), None)
        if other is not None:
            raise AppError("import.register_id_taken", value=own, id=other.row.id)

    def _by_name(self, name: str, own: str) -> Indexed | None:
        found = self._only(self._names.get(_key(name), []), name)
        if found is not None and own and found.register_id and found.stage not in UNDECIDED:
            # Two models of one name with different ids in the bank's register are two models.
            raise AppError("import.name_taken", name=name, id=found.row.id, held=found.register_id)
        return found

    def _only(self, found: list[Indexed], named: str) -> Indexed | None:
        if len(found) > 1:
            raise AppError("model.ambiguous", name=named)
        return found[0] if found else None


def _number(text: str) -> str:
    return f"M-{text.strip()[2:]:0>5}"


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def identity(row: Row, match: Match) -> tuple[str, str]:
    """Return what two rows of a file must not share."""
    if match.model is not None:
        return "model", match.model.row.key
    own = row.texts.get("register_id", "")
    return ("own", _key(own)) if own else ("name", _key(row.texts.get("name", "")))
