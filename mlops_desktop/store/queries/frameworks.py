"""What versions of models are built with, as registries, tags and packages tell."""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair, VersionDetails
from mlops_desktop.core.resources.frameworks import frameworks_in
from mlops_desktop.store import records
from mlops_desktop.store.queries.observed import things_on
from mlops_desktop.store.queries.versions import versions_of
from mlops_desktop.store.tables.projected import versions


@dataclass(frozen=True, slots=True)
class BuiltWith:
    """A version by its label, and the frameworks it is built with."""

    label: str
    frameworks: tuple[Pair, ...]


def built_with(
    connection: sa.Connection, as_of: AsOf = NOW, model: str | None = None
) -> dict[str, tuple[BuiltWith, ...]]:
    """Return what the versions of each model are built with, the newest version first."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for key, label, pairs in (*_of_versions(connection, as_of, model),
                              *_of_packages(connection, as_of, model)):  # fmt: skip
        known = found[key].setdefault(label, {})
        known.update({pair.name: pair.value for pair in pairs})
    return {
        key: tuple(
            BuiltWith(label, tuple(Pair(*one) for one in sorted(told.items())))
            for label, told in labels.items()
        )
        for key, labels in found.items()
    }


_Told = list[tuple[str, str, tuple[Pair, ...]]]


def _of_versions(connection: sa.Connection, as_of: AsOf, model: str | None) -> _Told:
    c = versions.c
    names = [c.record.contains(text, autoescape=True) for text in ('"frameworks":', "_version")]
    query = sa.select(c.model).where(sa.or_(*names)).distinct()
    if model is not None:
        query = query.where(c.model == model)
    made: _Told = []
    keys = connection.execute(query).scalars().all()
    found = versions_of(connection, keys, as_of)  # one question, not one a model
    for key in keys:
        for row in found.get(key, ()):
            pairs = _frameworks(row.details)
            if pairs:
                made.append((key, row.details.version, pairs))
    return made


def _frameworks(details: VersionDetails) -> tuple[Pair, ...]:
    run = details.run
    told = {pair.name: pair.value for pair in frameworks_in((*(run.tags if run else ()),
                                                             *details.tags))}  # fmt: skip
    told.update({pair.name: pair.value for pair in details.frameworks})
    return tuple(Pair(*one) for one in sorted(told.items()))


def _of_packages(connection: sa.Connection, as_of: AsOf, model: str | None) -> _Told:
    c = things_on(connection, as_of).c
    names = [c.record.contains(text, autoescape=True) for text in ('"framework.', "_version")]
    query = sa.select(c.models, c.record).where(c.kind == "pipeline_run", sa.or_(*names))
    if model is not None:
        query = query.where(c.models.contains(f'"{model}"', autoescape=True))
    made: _Told = []
    for row in connection.execute(query.order_by(c.at.desc(), c.native_id)):
        details = records.from_text(PipelineRunDetails, row.record)
        labels = {subject.version for subject in details.subjects}
        pairs = frameworks_in(details.labels)
        for key in records.texts(row.models) if pairs and len(labels) == 1 else ():
            made.append((key, next(iter(labels)) or "", pairs))
    return made
