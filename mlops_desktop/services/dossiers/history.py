"""Versions, deployments, datasets and metrics of a model as a dossier prints them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

from mlops_desktop.core import clock
from mlops_desktop.core.inventory import DatasetInput, Run
from mlops_desktop.core.inventory import Pair as CorePair
from mlops_desktop.dossier.content import (
    Axis,
    Dataset,
    DatasetUse,
    Deployment,
    Missing,
    Pair,
    Point,
    Reason,
    Series,
    Version,
)
from mlops_desktop.services.dossiers.whereabouts import address_of
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.versions import DeploymentRow, VersionRow

T = TypeVar("T")
SILENT = Missing(Reason.SOURCE_SILENT)
NONE_YET = Missing(Reason.NONE_YET)
_DIGESTS = frozenset({"sha256", "sha384", "sha512", "md5"})


def _or_silent(value: T | None) -> T | Missing:
    return SILENT if value in (None, "", ()) else value


def build_versions(sheet: ModelSheet) -> tuple[Version, ...] | Missing:
    """Return every version, newest first, with the run it came from."""
    aliases = _aliases(sheet)
    rows = [_version(row, aliases) for row in sheet.versions]
    return tuple(rows) or NONE_YET


def _aliases(sheet: ModelSheet) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in sheet.entries:
        for alias in entry.entry.aliases:
            key = (entry.entry.source, alias.value)
            found[key] = (*found.get(key, ()), alias.name)
    return found


def _version(row: VersionRow, aliases: dict[tuple[str, str], tuple[str, ...]]) -> Version:
    details, run = row.details, row.details.run
    tags = {pair.name: pair.value for pair in details.tags}
    named = aliases.get((row.source, details.version), ())
    return Version(
        version=details.version,
        release=_or_silent(tags.get("release")),
        stage=_or_silent(details.stage),
        status=_or_silent(details.status),
        created_at=_or_silent(details.created_at),
        created_by=_or_silent(details.created_by or (run.user if run else None)),
        source=_or_silent(f"{row.source} / {row.native_id}" if row.source else None),
        run=_or_silent(details.run_id),
        commit=_or_silent(run.commit if run else None),
        digest=_or_silent(_digest(details.artifact, tags)),
        aliases=named if row.source else SILENT,
        tags=_pairs(details.tags),
        parameters=_pairs(run.parameters) if run else SILENT,
        metrics=_metrics(run),
        datasets=tuple(map(_use, run.datasets)) if run else SILENT,
    )


def _digest(artifact: str | None, tags: dict[str, str]) -> str | None:
    """Return the artefact's digest: a registry keeps it in a tag, a person as the artefact."""
    if artifact and artifact.partition(":")[0] in _DIGESTS:
        return artifact
    return tags.get("artifact_digest")


def _pairs(pairs: tuple[CorePair, ...]) -> tuple[Pair, ...]:
    return tuple(Pair(pair.name, pair.value) for pair in pairs)


def _metrics(run: Run | None) -> tuple[Pair, ...] | Missing:
    if run is None:
        return SILENT
    return tuple(Pair(metric.name, metric.value) for metric in run.metrics)


def _use(item: DatasetInput) -> DatasetUse:
    return DatasetUse(
        item.name,
        _or_silent(item.digest),
        _or_silent(address_of(item.source)),
        _or_silent(item.rows),
        _or_silent(item.context),
    )


def build_deployments(sheet: ModelSheet) -> tuple[Deployment, ...] | Missing:
    """Return every deployment by beginning, with the evidence of each."""
    rows = [_deployment(row, sheet.names) for row in sheet.deployments]
    return tuple(rows) or NONE_YET


def _deployment(row: DeploymentRow, names: Mapping[str, str]) -> Deployment:
    told = ": ".join(part for part in (row.source, row.basis) if part)
    return Deployment(
        row.label,
        row.environment,
        clock.from_text(row.since),
        clock.from_text(row.until) if row.until else None,
        told or Missing(Reason.NOT_RECORDED),
        names.get(row.entity, row.entity) if row.entity else None,
    )


def build_datasets(sheet: ModelSheet) -> tuple[Dataset, ...] | Missing:
    """Return every dataset state and the versions that learned from it, by name and digest."""
    used: dict[tuple[str, str], list[str]] = defaultdict(list)
    told: dict[tuple[str, str], DatasetInput] = {}
    for row in reversed(sheet.versions):
        for item in row.details.run.datasets if row.details.run else ():
            key = (item.name, item.digest)
            told[key] = item
            if row.details.version not in used[key]:
                used[key].append(row.details.version)
    made = [
        Dataset(
            name,
            _or_silent(digest),
            _or_silent(address_of(told[name, digest].source)),
            _or_silent(told[name, digest].rows),
            tuple(versions),
        )
        for (name, digest), versions in sorted(used.items())
    ]
    return tuple(made) or NONE_YET


def build_series(sheet: ModelSheet) -> tuple[Series, ...] | Missing:
    """Return one series a metric along the versions; a version without it is a gap in the line."""
    rows = [row for row in reversed(sheet.versions) if row.details.run is not None]
    names = sorted(
        {metric.name for row in rows if row.details.run for metric in row.details.run.metrics}
    )
    made = [Series(name, Axis.VERSION, tuple(_point(name, row) for row in rows)) for name in names]
    return tuple(made) or NONE_YET


def _point(name: str, row: VersionRow) -> Point:
    run = row.details.run
    values = {metric.name: metric.value for metric in run.metrics} if run else {}
    value = values.get(name)
    told = Missing(Reason.NOT_MEASURED) if value is None else value
    return Point(row.details.version, row.details.created_at, told)
