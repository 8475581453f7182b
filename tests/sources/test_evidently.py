"""The Evidently service against a server that does everything wrong, with real recorded answers."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.events.series import SeriesDetails, SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.evidently.reader import Evidently
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    ObservedPoints,
    ObservedThing,
    Page,
    Refusal,
    Stream,
)
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject as UnderTest
from tests.sources.folders import CAPTURES
from tests.sources.hostile_server import Asked, HostileServer, Reply, serving

_STEM = "evidently-0.7.23_2026-11-23"
_PROJECT = "01a206bd-de47-7ae5-9d98-7d5135c86f96"


def _recorded(name: str) -> Any:
    return json.loads((CAPTURES / f"{_STEM}_{name}.json").read_bytes())


def _answer(asked: Asked) -> Any:
    if asked.path.endswith("/download"):
        # of one week alone the numbers were recorded; another value tells the weeks apart
        download = _recorded("download")
        download["metrics"][1]["value"] = int(asked.path.split("/")[-2][9:13], 16) / 1e6
        return download
    if asked.path.endswith("/reports"):
        return _recorded("reports")
    if asked.path == "/api/version":
        return {"application": "Evidently UI", "version": "0.7.23", "commit": "ee8c9f7"}
    return _recorded("projects")


def healthy(asked: Asked) -> Reply:
    return Reply(json.dumps(_answer(asked)).encode())


def _lists(asked: Asked, stream: Stream) -> bool:
    return asked.path.endswith("/download")


def _open(client: HttpClient, **settings: str) -> Evidently:
    pairs = tuple(Pair(name, value) for name, value in settings.items())
    return Evidently(client, Connection("drift", "evidently", "http://drift", settings=pairs))


class TestEvidently(SourceConformance):
    subject = UnderTest(
        open=_open,
        reads=frozenset(),
        healthy=healthy,
        lists=_lists,
        facts={Stream.CHECKS: 9},
    )


class TestEvidentlyMeasurements(SourceConformance):
    subject = replace(TestEvidently.subject, facts={Stream.METRICS: 63})


def _pull(
    server: HostileServer, stream: Stream, cursor: str | None = None, **settings: str
) -> tuple[list[Fact], Completion]:
    source = _open(HttpClient(Address(server.url)), **settings)
    *pages, end = source.pull(stream, cursor)
    source.close()
    assert isinstance(end, Completion)
    return [fact for one in pages if isinstance(one, Page) for fact in one.facts()], end


def test_results_keep_value_method_threshold_and_verdict_side_by_side() -> None:
    with serving(healthy) as server:
        facts, _ = _pull(server, Stream.CHECKS, zone="Europe/Berlin")
    checks = [one.details for one in facts if isinstance(one, ObservedThing)]
    drift = next(one for one in checks if isinstance(one, CheckDetails) and one.kind == "drift")
    assert drift.subjects == (Subject("credit-pd", "3"),)
    # the service's times have no zone: they are of the zone set for the source
    assert drift.at == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert drift.path == f"projects/{_PROJECT}/reports/01a206bd-e0c8-73e2-a436-0872df0df04e"
    told = {(one.name, one.value, one.method, one.threshold, one.verdict) for one in drift.cases}
    assert any(
        method == "K-S p_value" and threshold == "0.05" for _, _, method, threshold, _ in told
    )
    assert {one.verdict for one in drift.cases} <= set(Verdict)
    assert Pair("tag", "weekly") in drift.labels


def test_every_number_is_a_point_of_a_series_at_the_time_of_its_snapshot() -> None:
    with serving(healthy) as server:
        facts, _ = _pull(server, Stream.METRICS)
    drift = [
        one
        for one in facts
        if isinstance(one, ObservedPoints)
        and one.details.segment == (Pair("column", "income"), Pair("method", "K-S p_value"))
    ]
    assert len({one.native_id for one in drift}) == 1
    days = [clock.from_milliseconds(one.times[0]).day for one in drift]
    assert days == [1, 8, 15]
    details = drift[0].details
    assert isinstance(details, SeriesDetails)
    assert (details.metric, details.kind) == ("ValueDrift", SeriesKind.STABILITY)
    assert details.environment == "prod"


def test_what_was_read_is_not_asked_for_again() -> None:
    with serving(healthy) as server:
        _, first = _pull(server, Stream.CHECKS)
        server.asked.clear()
        facts, again = _pull(server, Stream.CHECKS, first.cursor)
        assert (facts, again.is_partial, again.cursor) == ([], True, first.cursor)
        assert not any(_lists(asked, Stream.CHECKS) for asked in server.asked)

        def relabelled(asked: Asked) -> Reply:
            told = _answer(asked)
            if asked.path.endswith("/reports"):
                told[0]["metadata"]["model"] = "credit-lgd"
            return Reply(json.dumps(told).encode())

        server.respond = relabelled
        facts, _ = _pull(server, Stream.CHECKS, first.cursor)
        assert len(facts) == 9


def test_metadata_that_name_no_model_mean_the_project() -> None:
    with serving(healthy) as server:
        facts, _ = _pull(server, Stream.CHECKS, model_key="no", version_key="env")
    (subjects,) = {one.details.subjects for one in facts if isinstance(one, ObservedThing)}
    assert subjects == (Subject("credit-pd", "prod"),)


def test_a_snapshot_of_another_version_is_refused_alone() -> None:
    def old(asked: Asked) -> Reply:
        told = _answer(asked)
        if "e2de" in asked.path:
            told["metrics"][0]["config"]["type"] = "evidently:metric:Old"
        return Reply(json.dumps(told).encode())

    with serving(old) as server:
        facts, end = _pull(server, Stream.CHECKS)
    assert len(facts) == 6
    place = f"projects/{_PROJECT}/reports/01a206bd-e2de-726c-8a42-b7ee2f2dc242"
    assert end.refused == (Refusal(place, "folder.unexpected", "Evidently before 0.7"),)
    assert end.is_partial


def test_an_id_that_would_lead_elsewhere_is_never_asked_for() -> None:
    def leading(asked: Asked) -> Reply:
        told = _answer(asked)
        if asked.path == "/api/projects":
            told[0]["id"] = "../../admin"
        return Reply(json.dumps(told).encode())

    with serving(leading) as server:
        facts, _ = _pull(server, Stream.CHECKS)
        assert facts == []
        assert not any("admin" in asked.target for asked in server.asked)


def test_values_of_the_data_are_not_kept() -> None:
    def quoting(asked: Asked) -> Reply:
        told = _answer(asked)
        if asked.path.endswith("/download"):
            told["metrics"][0]["widget"] = {"sample": ["Erika Mustermann"]}
        return Reply(json.dumps(told).encode())

    with serving(quoting) as server:
        source = _open(HttpClient(Address(server.url)))
        page = next(source.pull(Stream.CHECKS))
        source.close()
    assert isinstance(page, Page)
    assert b"Mustermann" not in page.raw
