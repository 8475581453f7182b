"""Which versions serve as champion and challenger over all models, and experiments that run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.serving import PRODUCTION
from mlops_desktop.services.overview.cards import Look
from mlops_desktop.services.overview.mine import Mine, read_mine, read_models
from mlops_desktop.store.queries.item_details import details_of
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow, list_items
from mlops_desktop.store.queries.models import ModelRow
from mlops_desktop.store.queries.versions import (
    DeploymentRow,
    VersionRow,
    open_deployments,
    versions_of,
)
from mlops_desktop.store.unit_of_work import ReadSession

_EXPERIMENTS = 40
MODELS = 60
"""So many deployed models are read; the list of models shows all."""
CHALLENGER = "challenger"


@dataclass(frozen=True, slots=True)
class Pair:
    """A deployed model: its champion and, where one serves beside it, its challenger."""

    model: ModelRow
    champion: VersionRow | None
    challenger: VersionRow | None
    share: str
    experiment: ExperimentDetails | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment that runs, and the model it is about."""

    row: ItemRow
    details: ExperimentDetails
    model: ModelRow
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Champions:
    """What a data scientist's cards are made of; ``deployed`` counts all deployed models."""

    look: Look
    mine: Mine
    experiments: tuple[Experiment, ...]
    pairs: tuple[Pair, ...]
    deployed: int


def read_champions(view: ReadSession, look: Look) -> Champions:
    """Return the deployed models, those with a challenger first, then one's own; experiments."""
    mine = read_mine(view, look)
    serving: dict[str, list[DeploymentRow]] = {}
    for one in open_deployments(view.connection, PRODUCTION, look.as_of):
        serving.setdefault(one.model, []).append(one)
    items = tuple(_experiments(view, look))
    chosen = sorted(serving, key=lambda key: _first(serving[key], key in mine.keys))[:MODELS]
    about = {key for row, _ in items for key in row.models}
    models = mine.models | read_models(view, {*chosen, *about} - set(mine.models), look.as_of)
    experiments = tuple(
        Experiment(row, details, models[key], key in mine.keys)
        for row, details in items
        for key in row.models[:1]
        if key in models
    )
    told = {one.model.key: one.details for one in experiments}
    versions = versions_of(view.connection, chosen, look.as_of)
    pairs = tuple(
        _pair(models[key], serving[key], versions.get(key, ()), told.get(key), key in mine.keys)
        for key in chosen
        if key in models
    )
    return Champions(look, mine, experiments, pairs, len(serving))


def _first(some: Iterable[DeploymentRow], is_mine: bool) -> tuple[bool, bool]:
    """Put models with a challenger first, then one's own."""
    return not any(one.role == CHALLENGER for one in some), not is_mine


def _experiments(view: ReadSession, look: Look) -> Iterator[tuple[ItemRow, ExperimentDetails]]:
    wanted = ItemFilter(("experiment",), as_of=look.as_of)
    rows = list_items(view.connection, wanted, limit=_EXPERIMENTS)
    told = details_of(view.connection, [row.id for row in rows], look.as_of)
    for row in rows:
        details = told[row.id].details
        if isinstance(details, ExperimentDetails):
            yield row, details


def _pair(
    model: ModelRow,
    serving: list[DeploymentRow],
    versions: tuple[VersionRow, ...],
    experiment: ExperimentDetails | None,
    is_mine: bool,
) -> Pair:
    by_key = {row.key: row for row in versions}
    found: dict[str, VersionRow] = {}
    share = ""
    for one in serving:
        if one.version in by_key:
            found[one.role] = by_key[one.version]
        if one.role == CHALLENGER:
            share = one.share or share
    return Pair(model, found.get("champion"), found.get(CHALLENGER), share, experiment, is_mine)
