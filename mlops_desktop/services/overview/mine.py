"""Whose models an Overview is about: those the acting person answers for, or all."""

from collections.abc import Iterable
from dataclasses import dataclass

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services.filtering import filter_term
from mlops_desktop.services.overview.cards import Figure, Look, Said, Way, said
from mlops_desktop.store.queries.models import ModelFilter, ModelRow, list_models
from mlops_desktop.store.queries.models import numbers as model_numbers
from mlops_desktop.store.queries.people import get_person
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Mine:
    """The models of a person by id; without any ``is_all``, and the Overview is about all.

    ``filter`` is what shows exactly these in the list of models.
    """

    person: str
    name: str
    models: dict[str, ModelRow]
    is_all: bool

    @property
    def filter(self) -> str:
        """The filter line that shows these models where there are any, retired ones too."""
        return filter_term("person", self.name)

    @property
    def keys(self) -> frozenset[str]:
        """The ids of the person's own models; none where it is about all."""
        return frozenset() if self.is_all else frozenset(self.models)

    def figures(self) -> tuple[Figure, ...]:
        """Return how many models these are; nothing where the Overview is about all."""
        if self.is_all:
            return ()
        meaning = said("overview.own.models_told")
        way = Way("models", self.filter)
        return (Figure("overview.own.models", len(self.models), meaning, way),)

    def lead(self, key: str) -> Said:
        """Say whose models are shown: ``<key>_mine`` or, without any, ``<key>_all``."""
        return said(f"{key}_all" if self.is_all else f"{key}_mine", name=self.name)


def read_mine(view: ReadSession, look: Look) -> Mine:
    """Return the models that the acting person answers for on the day shown.

    Whoever is named on a model's record, or owns an open use of it, answers for it.
    """
    person = look.session.actor.person
    try:
        name = get_person(view.connection, person).name
    except AppError:  # nobody acts: a profile that only reads
        return Mine(person, "", {}, is_all=True)
    wanted = ModelFilter(scope=Scope.ALL, persons=(name,), as_of=look.as_of)
    rows = list_models(view.connection, wanted)
    return Mine(person, name, {row.key: row for row in rows}, is_all=not rows)


def read_models(view: ReadSession, keys: Iterable[str], as_of: AsOf = NOW) -> dict[str, ModelRow]:
    """Return models by id as of the dates, in any state; those not known then are left out."""
    numbers = model_numbers(view.connection, keys)
    among = tuple(int(number.rpartition("-")[2]) for number in numbers.values())
    wanted = ModelFilter(scope=Scope.ALL, among=among, as_of=as_of)
    rows = list_models(view.connection, wanted) if among else ()
    return {row.key: row for row in rows}
