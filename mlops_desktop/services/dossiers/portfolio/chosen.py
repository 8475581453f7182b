"""The models that a dossier of several is about, and those with a part of their own."""

from dataclasses import dataclass

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.sampling import Drawn, draw, population_digest
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.dossiers.orders import Population
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.profiles.filtering import narrow_by_rules
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.model_records import list_records
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.unit_of_work import ReadSession

_OUTSIDE = frozenset({State.CANDIDATE, State.REJECTED})


@dataclass(frozen=True, slots=True)
class Chosen:
    """The population by number, what was drawn of it by rank, and what has a part of its own."""

    population: Population
    models: tuple[ModelRow, ...]
    records: tuple[str, ...]
    drawn: tuple[Drawn, ...]

    @property
    def digest(self) -> str:
        """The digest of the population's ids."""
        return population_digest(row.id for row in self.models)

    @property
    def numbers(self) -> dict[str, str]:
        """The ids people say, by key."""
        return {row.key: row.id for row in self.models}

    @property
    def printed(self) -> tuple[ModelRow, ...]:
        """The models with a part of their own, in the order of their numbers."""
        if self.population.is_full:
            return self.models
        ids = {one.id for one in self.drawn}
        return tuple(row for row in self.models if row.id in ids)


def choose(view: ReadSession, population: Population, as_of: AsOf) -> Chosen:
    """Return the models of a population; candidates and what is no model are never among them.

    Raises ``filter.…``, ``sample.with_full``, and ``dossier.no_models`` where none fits.
    """
    if population.draw is not None and population.is_full:
        raise AppError("sample.with_full", where="--sample")
    wanted = parse_filter(population.line, ModelFilter(scope=population.scope, as_of=as_of))
    found = list_records(view.connection, narrow_by_rules(view, wanted))
    kept = [(row, record) for row, record in found if row.state not in _OUTSIDE]
    if not kept:
        raise AppError("dossier.no_models", where="--filter", filter=population.line)
    rows, records = zip(*kept, strict=True)
    drawn = draw((row.id for row in rows), population.draw) if population.draw else ()
    return Chosen(population, rows, records, drawn)


def read_items(view: ReadSession, chosen: Chosen, as_of: AsOf) -> tuple[ItemRow, ...]:
    """Return every open item about a chosen model, and about none where nothing was filtered."""
    found = item_queries.list_items(view.connection, ItemFilter(scope=ItemScope.OPEN, as_of=as_of))
    keys = chosen.numbers.keys()
    is_whole = not chosen.population.line.strip()
    return tuple(
        row for row in found if (not keys.isdisjoint(row.models) if row.models else is_whole)
    )
