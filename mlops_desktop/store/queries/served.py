"""Deployments that a source saw serve, and which version it means by a label."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from mlops_desktop.store.queries.among import one_of
from mlops_desktop.store.tables.deployments import deployments
from mlops_desktop.store.tables.projected import versions


@dataclass(frozen=True, slots=True)
class OpenServing:
    """An open deployment of something that a source saw serve; ``mark`` is what it said of it."""

    key: str
    model: str
    thing: str
    mark: tuple[str | None, ...]


_MARK = ("version", "label", "environment", "role", "share", "region", "endpoint",
         "artifact_digest")  # fmt: skip


def open_servings(connection: sa.Connection, source: str) -> tuple[OpenServing, ...]:
    """Return the open deployments that a source saw serve."""
    c = deployments.c
    query = sa.select(c.id, c.model, c.thing, *(c[name] for name in _MARK))
    query = query.where(c.source == source, c.thing.is_not(None), c.closed.is_(None))
    found = connection.execute(query.order_by(c.opened_position))
    return tuple(OpenServing(row[0], row[1], row[2], tuple(row[3:])) for row in found)


class _Version(NamedTuple):
    id: str
    version: str
    source: str


def find_versions(
    connection: sa.Connection, source: str, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return by model and label key and label of the version a source means; no key for none.

    A version of the same source says more than one of another; a leading v says nothing.
    """
    spelt = {label: _spellings(label) for _, label in wanted}
    known = _versions_of(connection, wanted, frozenset().union(*spelt.values()))
    found = {}
    for model, label in wanted:
        meant = [row for row in known[model] if row.version in spelt[label]]
        by_rank = sorted(meant, key=lambda row: (row.source != source, row.version != label))
        found[model, label] = (by_rank[0].id, by_rank[0].version) if by_rank else ("", label)
    return found


def _versions_of(
    connection: sa.Connection, wanted: Collection[tuple[str, str]], labels: frozenset[str]
) -> defaultdict[str, list[_Version]]:
    c, models = versions.c, {model for model, _ in wanted}
    found: defaultdict[str, list[_Version]] = defaultdict(list)
    if models:
        named = one_of(c.model, models), one_of(c.version, labels)
        query = sa.select(c.model, c.id, c.version, c.source).where(*named)
        for row in connection.execute(query):
            found[row.model].append(_Version(row.id, row.version, row.source))
    return found


def _spellings(label: str) -> frozenset[str]:
    bare = label[1:] if label[:1] in ("v", "V") and label[1:2].isdigit() else label
    return frozenset({label, bare, f"v{bare}"})
