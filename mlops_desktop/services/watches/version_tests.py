"""Tests are evaluated at every reading of a version, and at once where they are new."""

from collections.abc import Iterator

import mlops_desktop.store.queries.items as item_queries
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.version_tests import (
    TestDetails,
    TestEvaluated,
    TestMoved,
    TestOpened,
)
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionObserved,
    VersionRegistered,
    VersionReturned,
)
from mlops_desktop.core.inventory import Metric
from mlops_desktop.core.version_tests import judge
from mlops_desktop.store.queries import version_tests as queries
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.versions import VersionRow, list_versions
from mlops_desktop.store.unit_of_work import Watch, WriteSession

_TOLD = VersionRegistered | VersionObserved | VersionChanged | VersionReturned


def _look(work: WriteSession, found: tuple[Event, ...]) -> None:
    work.rows.flush()
    if not queries.has_tests(work.connection):
        return
    read: dict[str, set[str]] = {}
    for payload in found:
        for model, versions in _concerned(work, payload):
            read.setdefault(model, set()).update(versions)
    for model, versions in read.items():
        _evaluate(work, model, versions)


def _concerned(work: WriteSession, payload: Event) -> Iterator[tuple[str, set[str]]]:
    """Yield the models whose versions are to be held to their tests, with those versions."""
    if isinstance(payload, _TOLD):
        yield payload.model, {payload.version}
    elif isinstance(payload, TestOpened | TestMoved):
        for model in item_queries.current_row(work.connection, payload.item).models:
            yield model, {row.key for row in list_versions(work.connection, model)}


def _evaluate(work: WriteSession, model: str, versions: set[str]) -> None:
    tests = tuple(_tests_of(work, model))
    if not tests:
        return
    last = {
        (one.told.test, one.told.version): one.told
        for one in queries.list_evaluations(work.connection, model)
    }
    for row in list_versions(work.connection, model):
        for test in tests if row.key in versions else ():
            for found in _held(model, test, row):
                if not _is_known(last.get((found.test, found.version)), found):
                    work.record(found)


def _tests_of(work: WriteSession, model: str) -> Iterator[tuple[str, int, TestDetails]]:
    wanted = ItemFilter(("test",), models=(model,))
    for row in item_queries.list_items(work.connection, wanted):
        details = item_queries.current_details(work.connection, row.id)
        if isinstance(details, TestDetails):
            taken = item_queries.steps_taken(work.connection, row.id)
            yield row.id, 1 + taken.count("revise"), details


def _held(
    model: str, test: tuple[str, int, TestDetails], row: VersionRow
) -> Iterator[TestEvaluated]:
    id, revision, details = test
    metric = _measured(details, row)
    if metric is None or details.direction is None or details.threshold is None:
        return
    yield TestEvaluated(
        id,
        revision,
        model,
        row.key,
        metric.value,
        details.direction,
        details.threshold,
        judge(metric.value, details.direction, details.threshold),
        metric.at,
        row.seen_digest or None,
    )


def _measured(details: TestDetails, row: VersionRow) -> Metric | None:
    if details.source is not None and details.source != row.source:
        return None
    name = f"{details.metric}@{details.segment}" if details.segment else details.metric
    metrics = row.details.run.metrics if row.details.run else ()
    return next((one for one in reversed(metrics) if one.name == name), None)


def _is_known(last: TestEvaluated | None, found: TestEvaluated) -> bool:
    """Tell whether the same value was held to the same revision already."""
    if last is None:
        return False
    return (last.revision, last.value, last.measured_at) == (
        found.revision,
        found.value,
        found.measured_at,
    )


WATCH = Watch(
    frozenset(
        {
            VersionRegistered,
            VersionObserved,
            VersionChanged,
            VersionReturned,
            TestOpened,
            TestMoved,
        }
    ),
    _look,
)
