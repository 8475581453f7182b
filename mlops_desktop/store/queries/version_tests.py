"""Results and requirements of tests out, as of any date."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.version_tests import TestEvaluated, TestsRequired
from mlops_desktop.core.version_tests import TestKind
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.version_tests import test_requirements, test_results


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A result as recorded; ``at`` is when, in UTC."""

    told: TestEvaluated
    at: str
    position: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a tier asks for: since when, by whom, and why (None: erased)."""

    tier: int
    kinds: tuple[TestKind, ...]
    person: str
    at: str
    reason: str | None
    position: int


def list_evaluations(
    connection: sa.Connection, model: str, version: str | None = None, as_of: AsOf = NOW
) -> tuple[Evaluation, ...]:
    """Return every result of a model, or of one of its versions, in the order recorded."""
    c = test_results.c
    query = sa.select(test_results).where(c.model == model, *_limits(connection, c, as_of))
    if version is not None:
        query = query.where(c.version == version)
    return tuple(
        Evaluation(records.from_text(TestEvaluated, row.record), row.at, row.position)
        for row in connection.execute(query.order_by(c.position))
    )


def list_requirements(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[Requirement, ...]:
    """Return what each tier asks for, by tier."""
    c = test_requirements.c
    query = sa.select(test_requirements).where(*_limits(connection, c, as_of)).order_by(c.position)
    rows = connection.execute(query).all()
    closed = {digest for row in rows for digest in records.digests_in(row.record)}
    opened = log.open_commitments(connection, closed)
    newest = {
        row.tier: Requirement(
            row.tier, told.kinds, row.person, row.at, told.reason.text, row.position
        )
        for row in rows
        for told in (records.from_text(TestsRequired, row.record, opened),)
    }
    return tuple(found for _, found in sorted(newest.items()) if found.kinds)


def has_tests(connection: sa.Connection) -> bool:
    """Tell whether anybody ever defined a test; most workspaces read without one."""
    c = items.c
    return connection.execute(sa.select(c.id).where(c.kind == "test").limit(1)).first() is not None


def _limits(
    connection: sa.Connection, c: sa.ColumnCollection[str, sa.Column[object]], as_of: AsOf
) -> Iterator[sa.ColumnElement[bool]]:
    if as_of.known is not None:
        yield c["position"] < known_size(connection, as_of)
    if as_of.at_text is not None:
        yield c["at"] <= as_of.at_text
