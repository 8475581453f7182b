"""From what a source tells to the inventory's own values, every text made fit for the ledger."""

from dataclasses import dataclass

from mlops_desktop.core.inventory import DatasetInput, Entry, Metric, Pair, Run, VersionDetails
from mlops_desktop.services.sync.cleaning import fit_pair, fit_text
from mlops_desktop.sources import observations as seen


def _maybe(text: str | None) -> str | None:
    return fit_text(text) if text else None


def pairs_of(given: tuple[seen.Pair, ...]) -> tuple[Pair, ...]:
    """Return pairs as they are kept: cleaned and sorted."""
    made = [fit_pair(pair.name, pair.value) for pair in given]
    return tuple(sorted(made, key=lambda pair: (pair.name, pair.value)))


def entry_of(source: str, fact: seen.ObservedModel) -> Entry:
    """Return a registry entry; tags and aliases are sorted, so order at the source says nothing."""
    return Entry(
        source=source,
        native_id=fit_text(fact.native_id),
        name=fit_text(fact.name),
        description=_maybe(fact.description),
        tags=pairs_of(fact.tags),
        aliases=pairs_of(fact.aliases),
        created_at=fact.created_at,
        updated_at=fact.updated_at,
        is_prompt=fact.is_prompt,
    )


def run_of(fact: seen.ObservedRun) -> Run:
    """Return a training run with its parameters, metrics and dataset inputs by name."""
    return Run(
        id=fit_text(fact.native_id),
        name=_maybe(fact.name),
        user=_maybe(fact.user),
        status=_maybe(fact.status),
        started_at=fact.started_at,
        ended_at=fact.ended_at,
        is_deleted=fact.is_deleted,
        code_source=_maybe(fact.code_source),
        commit=_maybe(fact.commit),
        parameters=pairs_of(fact.parameters),
        metrics=tuple(sorted(map(_metric, fact.metrics), key=lambda item: item.name)),
        datasets=tuple(sorted(map(_dataset, fact.datasets), key=_dataset_key)),
        tags=pairs_of(fact.tags),
    )


def _metric(item: seen.Metric) -> Metric:
    return Metric(fit_text(item.name), item.value, item.step, item.at)


def _dataset(item: seen.DatasetInput) -> DatasetInput:
    return DatasetInput(
        fit_text(item.name),
        fit_text(item.digest),
        _maybe(item.source_type),
        _maybe(item.source),
        _maybe(item.schema),
        item.rows,
        _maybe(item.context),
    )


def _dataset_key(item: DatasetInput) -> tuple[str, str, str]:
    return (item.name, item.digest, item.context or "")


def version_of(
    fact: seen.ObservedVersion, run: Run | None, signature: str | None
) -> VersionDetails:
    """Return a version with the run it came from, as far as that is known."""
    return VersionDetails(
        version=fit_text(fact.version),
        stage=_maybe(fact.stage),
        status=_maybe(fact.status),
        artifact=_maybe(fact.artifact),
        signature=_maybe(fact.signature or signature),
        description=_maybe(fact.description),
        created_by=_maybe(fact.created_by),
        created_at=fact.created_at,
        updated_at=fact.updated_at,
        tags=pairs_of(fact.tags),
        run_id=_maybe(fact.run_id),
        run=run,
    )


@dataclass(frozen=True, slots=True)
class SeenRun:
    """A converted run with the model's signature and frameworks that its tags told."""

    run: Run
    signature: str | None
    frameworks: tuple[Pair, ...] = ()
