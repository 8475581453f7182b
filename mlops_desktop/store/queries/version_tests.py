"""Results and requirements of tests out, as of any date."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.version_tests import TestEvaluated, TestsRequired
from mlops_desktop.core.version_tests import RED, TestKind
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.observed import things_on
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


def evaluations_of(
    connection: sa.Connection, models: Collection[str], as_of: AsOf = NOW
) -> dict[str, list[Evaluation]]:
    """Return the results of each of these models as ``list_evaluations`` does of one."""
    c, found = test_results.c, dict[str, list[Evaluation]]()
    query = sa.select(test_results).where(Among(c.model, models), *_limits(connection, c, as_of))
    for row in connection.execute(query.order_by(c.position)):
        told = records.from_text(TestEvaluated, row.record)
        found.setdefault(row.model, []).append(Evaluation(told, row.at, row.position))
    return found


def models_with_red(connection: sa.Connection, as_of: AsOf = NOW) -> frozenset[str]:
    """Return the models of which any test was ever told red, by persons or by sources."""
    c, things = test_results.c, things_on(connection, as_of)
    query = sa.select(c.model).where(_is_red(c.record), *_limits(connection, c, as_of))
    found = set(connection.execute(query).scalars())
    t = things.c
    told = sa.select(t.models).where(t.kind == "check", t.models != "[]", _is_red(t.record))
    for models in connection.execute(told).scalars():
        found.update(records.texts(models))
    return frozenset(found)


def _is_red(record: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    told = (record.contains(f'"verdict":"{one.value}"', autoescape=True) for one in sorted(RED))
    return sa.or_(*told)


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
