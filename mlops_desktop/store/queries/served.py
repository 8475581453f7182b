"""Deployments that a source saw serve, and which version it means by a label."""

from dataclasses import dataclass

import sqlalchemy as sa

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


def find_version(connection: sa.Connection, model: str, source: str, label: str) -> tuple[str, str]:
    """Return key and label of the version a source means; without a key where none is known.

    A version of the same source says more than one of another; a leading v says nothing.
    """
    bare = label[1:] if label[:1] in ("v", "V") and label[1:2].isdigit() else label
    c = versions.c
    query = sa.select(c.id, c.version, c.source).where(
        c.model == model, c.version.in_({label, bare, f"v{bare}"})
    )
    found = connection.execute(query).all()
    best = min(found, key=lambda row: (row.source != source, row.version != label), default=None)
    return (best.id, best.version) if best is not None else ("", label)
