"""Who tells facts to profiles: one file a noun, found by scanning.

A module has ``kept(names)``, the facts among ``names`` that it can tell at all, and
``gather(asked)``, which yields ``(model, name, Fact)`` in as few queries as it can, for
``asked.model`` alone where that is one. Of two that tell one fact the later date counts: who
confirms a field (an attestation) yields it again with the day of the confirmation.

It may also have ``columns(asked)``, which returns facts by name and then by model where it tells
of nearly every model, ``attributes(asked)``, which yields ``(model, attribute, value)`` for
conditions, ``waivers(asked)``, which yields ``(model, rule, Waiver)`` for ``asked.profile``, and
``LEADS``: for a fact the noun that mends it (:mod:`mlops_desktop.services.profiles.mending`).
"""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Protocol, TypeAlias, cast

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.profiles.data import Profile
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.store.queries.item_records import ItemRecord, list_item_records
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.unit_of_work import ReadSession

Told: TypeAlias = Iterable[tuple[str, str, Fact]]


class Items:
    """The items about the models asked about, each kind read when somebody first asks for it."""

    def __init__(self, view: ReadSession, as_of: AsOf, model: str | None) -> None:
        self._view, self._as_of, self._model = view, as_of, model
        self._read: dict[str, tuple[ItemRecord, ...]] = {}

    def of(self, noun: str) -> tuple[ItemRecord, ...]:
        """Return every item of a kind, open or closed."""
        if noun not in self._read:
            connection = self._view.connection
            self._read[noun] = list_item_records(connection, noun, self._as_of, self._model)
        return self._read[noun]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: which facts, of which models, as of when, under which profile.

    ``details`` are the fields of each model's record as they are stored, ``ratings`` the day of
    its rating by a template; ``items`` are read once whoever asks for them; ``model`` is the only
    one asked about, or None for all in ``rows``.
    """

    view: ReadSession
    as_of: AsOf
    profile: Profile
    names: frozenset[str]
    attributes: frozenset[str]
    rows: Mapping[str, ModelRow]
    details: Mapping[str, Mapping[str, Any]]
    ratings: Mapping[str, str]
    items: Items
    model: str | None = None


class Provider(Protocol):
    """A module that tells facts."""

    def kept(self, names: frozenset[str], /) -> frozenset[str]:
        """Return which of these facts it can tell."""
        ...

    def gather(self, asked: Asked, /) -> Told:
        """Yield what is on record."""
        ...


@lru_cache(maxsize=4_096)  # thousands of models share few days
def fact_on(moment: str | None) -> Fact:
    """Return a fact of the day of a moment (ISO 8601), None where no day is known."""
    return Fact(date.fromisoformat(moment[:10]) if moment else None)


@cache
def providers() -> tuple[Provider, ...]:
    """Return every module of this folder."""
    return tuple(
        cast(Provider, importlib.import_module(f"{__name__}.{module.name}"))
        for module in pkgutil.iter_modules(__path__)
    )
