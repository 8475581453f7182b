"""A real Evidently service is read: its snapshots as results and series, its verdicts unchanged."""

from collections.abc import Iterator

import pytest

from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    ObservedPoints,
    ObservedThing,
    Page,
    Pair,
    Stream,
)
from tests.peers.evidently_service import EvidentlyService, running_evidently


@pytest.fixture(scope="module")
def service() -> Iterator[EvidentlyService]:
    with running_evidently() as running:
        yield running


@pytest.fixture
def source(service: EvidentlyService) -> Iterator[Source]:
    connection = Connection("drift", "evidently", service.url)
    opened = catalog.open_source(connection, Credentials(), lambda: False)
    yield opened
    opened.close()


def _pull(
    source: Source, stream: Stream, cursor: str | None = None
) -> tuple[list[Fact], Completion]:
    *pages, end = source.pull(stream, cursor)
    assert isinstance(end, Completion)
    return [fact for one in pages if isinstance(one, Page) for fact in one.facts()], end


def test_it_tells_its_version_and_what_it_holds(source: Source) -> None:
    probe = source.probe()
    assert (probe.version, probe.failures) == ("0.7.23", ())
    assert probe.visible == (Pair("projects", "2"), Pair("snapshots", "4"))


def test_snapshots_are_results_with_its_own_verdicts(source: Source) -> None:
    facts, end = _pull(source, Stream.CHECKS)
    assert len(facts) == 8
    details = [one.details for one in facts if isinstance(one, ObservedThing)]
    drift = {
        (one.name, one.subjects[0].model): one.verdict
        for one in details
        if isinstance(one, CheckDetails) and one.kind == "drift"
    }
    assert drift["weekly-0", "credit-pd"] is Verdict.PASSED
    assert drift["weekly-2", "credit-pd"] is Verdict.FAILED
    assert ("weekly-0", "fraud") in drift
    again, partial = _pull(source, Stream.CHECKS, end.cursor)
    assert (again, partial.is_partial) == ([], True)


def test_drift_rises_week_by_week(source: Source) -> None:
    facts, _ = _pull(source, Stream.METRICS)
    drift = [
        one.values[0]
        for one in facts
        if isinstance(one, ObservedPoints) and "ValueDrift" in one.native_id
    ]
    assert drift[:3] == sorted(drift[:3])
    assert drift[2] > 1
