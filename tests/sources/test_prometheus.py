"""The Prometheus source against a server that does everything wrong, with real recorded answers."""

import itertools
import json
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import text

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.alerts import AlertDetails, AlertState
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.catalog import describe, open_source
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    Observation,
    ObservedPoints,
    ObservedThing,
    Page,
    Stream,
)
from mlops_desktop.sources.prometheus.choice import Choice, duration, read_choice
from mlops_desktop.sources.prometheus.limits import Limit, limit_of, metrics_in
from mlops_desktop.sources.prometheus.queries import kind_of
from mlops_desktop.sources.prometheus.reader import Prometheus
from mlops_desktop.sources.prometheus.windows import Window, plan
from tests.sources import prometheus as recorded
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject as Examined
from tests.sources.conformance_rig import facts_of
from tests.sources.hostile_server import Asked, HostileServer, Reply, serving

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
HOUR = 3600
AT = int(NOW.timestamp()) // HOUR * HOUR


class TestPrometheus(SourceConformance):
    subject = Examined(
        open=lambda client: Prometheus(client, recorded.CHOICE),
        reads=frozenset(),
        healthy=recorded.healthy,
        lists=recorded.lists,
        facts=recorded.facts(),
    )


def answer(data: Any, **more: Any) -> Reply:
    return Reply(json.dumps({"status": "success", "data": data, **more}).encode())


def matrix(*rows: tuple[dict[str, str], Sequence[tuple[float, str]]], **more: Any) -> Reply:
    told = [{"metric": labels, "values": values} for labels, values in rows]
    return answer({"resultType": "matrix", "result": told}, **more)


@contextmanager
def prometheus(
    replies: dict[str, Reply] | None = None,
    names: tuple[str, ...] = ("model_gini",),
    choice: Choice | None = None,
) -> Iterator[tuple[HostileServer, Prometheus]]:
    """Serve a Prometheus that knows these metrics; replies are by the last part of the path."""
    plain = {
        "buildinfo": answer({"version": "2.42.0"}),
        "runtimeinfo": answer({"storageRetention": "15d"}),
        "metadata": answer({}),
        "values": answer([]),
        "rules": answer({"groups": []}),
        "alerts": answer({"alerts": []}),
        "query": answer({"resultType": "vector", "result": []}),
        "query_range": matrix(),
    } | (replies or {})

    def respond(asked: Asked) -> Reply:
        if "__name__" in asked.path and '{model!=""}' in asked.query["match[]"]:
            return answer(list(names))
        return plain[asked.path.rpartition("/")[2]]

    with serving(respond) as server, clock.reading(lambda: NOW):
        source = Prometheus(recorded.open_reader(server.url), choice or Choice())
        yield server, source
        source.close()


def ranges(server: HostileServer, word: str = "") -> list[tuple[int, int]]:
    asked = [one.query for one in server.asked if one.path.endswith("query_range")]
    return [(int(one["start"]), int(one["end"])) for one in asked if word in one["query"]]


def points(found: list[Observation]) -> list[ObservedPoints]:
    return [one for one in facts_of(found) if isinstance(one, ObservedPoints)]


def test_real_answers_say_which_model_in_which_unit() -> None:
    with serving(recorded.healthy) as server:
        source = Prometheus(recorded.open_reader(server.url), recorded.CHOICE)
        told = {one.details.metric: one for one in points(list(source.pull(Stream.METRICS)))}
        used = {one.details.metric: one for one in points(list(source.pull(Stream.RESOURCE_USE)))}
        source.close()
    gini, latency, calls = told["model_gini"], told["latency_seconds"], told["predictions_total"]
    assert (gini.details.kind, gini.details.environment) == (SeriesKind.PERFORMANCE, "prod")
    assert {one.details.subjects[0] for one in told.values() if one.details.metric != "up"} == {
        Subject("credit-pd", "3"),
        Subject("fraud", "31"),
    }
    assert latency.details.segment == (Pair("quantile", "0.95"),)
    assert (latency.details.unit, calls.details.unit) == ("seconds", "1/s")
    assert told["up"].details.subjects == (Subject("credit-pd"), Subject("fraud"))
    assert gini.details.interval == 5
    assert all(at % 5_000 == 0 for at in gini.times)
    assert used["memory_used"].values[-1] == 1.2e9
    assert used["gpu_used"].values[-1] == pytest.approx(0.55)
    assert used["cost_cpu_used"].values[-1] == pytest.approx(0.06)
    assert used["cpu_used"].details.subjects == (Subject("credit-pd", "3"),)
    assert used["cost_capacity"].details.subjects == ()
    assert "memory_requested" in used
    assert used["storage_used"].values[-1] == 5e9
    assert used["storage_used"].details.subjects == (Subject("credit-pd"),)
    # what is consumed counts from the beginning of its step, what is measured at its end
    assert used["memory_used"].times[-1] == gini.times[-1] - 5_000


def test_values_are_texts_and_what_is_no_number_is_a_gap() -> None:
    values = [(AT - HOUR, "0.71"), (AT, "NaN")]
    reply = matrix(({"model": "pd"}, values), ({"model": "q"}, [(AT, "+Inf")]))
    with prometheus({"query_range": reply}) as (_, source):
        first, second = points(list(source.pull(Stream.METRICS)))[:2]
    assert first.values[0] == 0.71
    assert math.isnan(first.values[1])
    assert second.values[0] == math.inf
    assert first.times[1] == AT * 1000


@pytest.mark.parametrize(
    "values", [[(AT, "much")], [(AT, "1"), (AT, "2")], [(1e300, "1")], [[AT]], [(AT, 1)]]
)
def test_what_is_no_measurement_is_refused(values: Any) -> None:
    with prometheus({"query_range": matrix(({"model": "pd"}, values))}) as (_, source):
        page = next(source.pull(Stream.METRICS))
        assert isinstance(page, Page)
        with pytest.raises(Exception, match="protocol"):
            page.facts()


def test_windows_go_on_where_the_last_reading_ended() -> None:
    with prometheus() as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
        assert isinstance(done, Completion)
        assert (done.cursor, done.is_partial) == (str(AT), True)
        server.asked.clear()
        list(source.pull(Stream.METRICS, str(AT - 5 * HOUR)))
        assert ranges(server) == [(AT - 5 * HOUR, AT)]
        asked = next(one.query for one in server.asked if one.path.endswith("query_range"))
    assert asked["step"] == "3600"
    assert 'avg_over_time(model_gini{model!=""}[3599999ms])' in asked["query"]


def test_what_prometheus_forgot_is_said_and_nothing_is_made_up() -> None:
    with prometheus() as (server, source):
        done = list(source.pull(Stream.METRICS, str(AT - 20 * 24 * HOUR)))[-1]
        assert ranges(server)[0][0] == AT - 15 * 24 * HOUR
        alerts = list(source.pull(Stream.ALERTS, str(AT - 20 * 24 * HOUR)))[-1]
    assert isinstance(done, Completion)
    (gap,) = done.refused
    assert (gap.code, "2026-11-08" in gap.detail) == ("prometheus.forgotten", True)
    # what fired before the gap and is not told again has ended in it
    assert isinstance(alerts, Completion)
    assert not alerts.is_partial


def test_fewer_points_are_asked_where_so_many_are_refused() -> None:
    too_many = {"status": "error", "error": "exceeded maximum resolution of 11,000 points"}

    with prometheus() as (server, source):
        before = server.respond

        def respond(asked: Asked) -> Reply:
            query = asked.query
            if "end" in query and "query" in query:
                number = (int(query["end"]) - int(query["start"])) // HOUR
                if number > 100:
                    return Reply(json.dumps(too_many).encode(), 400)
            return before(asked)

        server.respond = respond
        found = list(source.pull(Stream.METRICS))
        done = [one for one in ranges(server) if (one[1] - one[0]) // HOUR <= 100]
    assert isinstance(found[-1], Completion)
    assert done[0][0] == AT - 15 * 24 * HOUR
    assert done[-1][1] == AT
    assert all(one[1] == after[0] for one, after in itertools.pairwise(done))


def test_one_query_that_is_refused_for_another_reason_fails() -> None:
    said = Reply(json.dumps({"status": "error", "error": "parse error"}).encode(), 400)
    with prometheus({"query_range": said}) as (_, source):
        (failure,) = source.pull(Stream.METRICS)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.detail) == (FailureCode.REJECTED, "400 parse error")


def test_an_answer_with_warnings_is_kept_and_asked_again() -> None:
    reply = matrix(({"model": "pd"}, [(AT, "1")]), warnings=["store gateway eu-2 timed out"])
    with prometheus({"query_range": reply}) as (_, source):
        *pages, failure = source.pull(Stream.METRICS)
        later = list(source.pull(Stream.DEPLOYMENTS))[-1]
    assert points(pages)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.reason) == (FailureCode.SERVER, "partial_answer")
    assert (failure.is_retryable, failure.detail) == (True, "store gateway eu-2 timed out")
    assert isinstance(later, Completion)


def test_a_reading_that_is_much_goes_on_next_time() -> None:
    choice = Choice(step=60, horizon=10 * 24 * HOUR)
    reply = matrix(({"model": "x" * 60_000_000}, [(AT, "1")]))
    with prometheus({"query_range": reply}, choice=choice) as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
    assert isinstance(done, Completion)
    assert done.cursor is not None
    assert int(done.cursor) == ranges(server)[-1][1] < AT


def test_a_reading_of_many_pages_goes_on_next_time() -> None:
    choice = Choice(step=60, horizon=15 * 24 * HOUR)
    names = tuple(f"model_gini_{number}" for number in range(250))
    with prometheus(names=names, choice=choice) as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
        server.asked.clear()
        assert isinstance(done, Completion)
        *_, again = source.pull(Stream.METRICS, done.cursor)
    assert isinstance(again, Completion)
    first = ranges(server)[0][0]
    assert first == int(done.cursor or 0) < int(again.cursor or 0) < AT


@given(text(max_size=6000) | text(alphabet=' (){}"<>=!a1.', max_size=300))
def test_any_rule_is_looked_at_without_a_fault(rule: str) -> None:
    limit = limit_of(rule)
    assert limit is None or limit.threshold[0] in "<>=!"
    assert all(word in rule for word in metrics_in(rule))


RULE = {
    "name": "Drift",
    "query": "model_gini < 0.5",
    "type": "alerting",
    "health": "ok",
    "labels": {"severity": "high"},
    "annotations": {"summary": "Gini is low"},
    "alerts": [],
}


def _rules(**other: Any) -> Reply:
    return answer({"groups": [{"name": "g", "file": "/etc/r.yml", "rules": [RULE | other]}]})


def _vector(*rows: dict[str, str], value: str = "0.4") -> Reply:
    told = [{"metric": labels, "value": [AT, value]} for labels in rows]
    return answer({"resultType": "vector", "result": told})


def _checks(replies: dict[str, Reply]) -> list[CheckDetails]:
    with prometheus(replies) as (_, source):
        found = list(source.pull(Stream.CHECKS))
    assert isinstance(found[-1], Completion)
    told = {one.native_id: one for one in facts_of(found) if isinstance(one, ObservedThing)}
    return [one.details for one in told.values() if isinstance(one.details, CheckDetails)]


def test_a_silent_rule_passed_only_where_something_is_measured() -> None:
    assert _checks({"rules": _rules()}) == []
    (check,) = _checks({"rules": _rules(), "query": _vector({"model": "pd", "version": "3"})})
    assert (check.verdict, check.cases[0].threshold) == (Verdict.PASSED, "< 0.5")
    (broken,) = _checks({"rules": _rules(health="err"), "query": _vector({"model": "pd"})})
    assert broken.verdict is Verdict.ERROR


def test_a_rule_is_told_of_each_model_with_its_own_state() -> None:
    alert = {
        "labels": {"alertname": "Drift", "severity": "high", "model": "pd", "feature": "age"},
        "state": "firing",
        "activeAt": "2026-11-28T08:00:00.5Z",
        "value": "4.5e-01",
    }
    rows = _vector({"model": "pd", "feature": "age"}, {"model": "pd"}, {"model": "q"})
    red, green = _checks({"rules": _rules(alerts=[alert]), "query": rows})
    assert (red.subjects, red.verdict) == ((Subject("pd"),), Verdict.FAILED)
    assert [(one.name, one.verdict.value, one.value) for one in red.cases] == [
        ("feature=age", "failed", "0.45"),
        ("–", "passed", None),
    ]
    assert (green.subjects, green.verdict) == ((Subject("q"),), Verdict.PASSED)


def _alerts(**replies: Reply) -> list[AlertDetails]:
    with prometheus({"rules": _rules(), **replies}) as (_, source):
        found = list(source.pull(Stream.ALERTS))
    told = {one.native_id: one for one in facts_of(found) if isinstance(one, ObservedThing)}
    return [one.details for one in told.values() if isinstance(one.details, AlertDetails)]


LABELS = {"alertname": "Drift", "severity": "high", "model": "pd"}
END = int(NOW.timestamp())


def test_an_alert_of_the_past_has_beginning_and_end() -> None:
    first, second = END - 3000, END - 1500
    some = [(at, str(first)) for at in range(END - 2700, END - 1500, 300)]
    more = [(at, str(second)) for at in range(END - 1200, END + 1, 300)]
    row = (LABELS | {"__name__": "ALERTS_FOR_STATE"}, some + more)
    over, still = _alerts(query_range=matrix(row))
    assert (over.state, over.started, over.ended) == (
        AlertState.RESOLVED,
        datetime.fromtimestamp(first, UTC),
        datetime.fromtimestamp(END - 1800, UTC),
    )
    assert (still.state, still.started, still.ended) == (
        AlertState.FIRING,
        datetime.fromtimestamp(second, UTC),
        None,
    )
    assert (over.threshold, over.metric, over.severity) == ("< 0.5", "model_gini", "high")
    assert over.summary == "Gini is low"


def test_the_alert_of_now_is_the_one_of_the_history() -> None:
    row = (LABELS, [(END, str(END - 600))])
    now = {
        "labels": LABELS,
        "annotations": {"summary": "PSI is 0.45"},
        "state": "firing",
        "activeAt": datetime.fromtimestamp(END - 600, UTC).isoformat(),
        "value": "4.5e-01",
    }
    aside = {**now, "labels": {"alertname": "DiskFull"}}
    alerts = answer({"alerts": [now, aside]})
    (one,) = _alerts(query_range=matrix(row), alerts=alerts)
    assert (one.state, one.value, one.summary) == (AlertState.FIRING, "0.45", "PSI is 0.45")


def test_pods_and_traffic_tell_what_runs_where() -> None:
    with serving(recorded.healthy) as server:
        source = Prometheus(recorded.open_reader(server.url), recorded.CHOICE)
        found = facts_of(list(source.pull(Stream.DEPLOYMENTS)))
        source.close()
    pods, traffic = (one.details for one in found if isinstance(one, ObservedThing))
    assert isinstance(pods, ServingDetails)
    assert isinstance(traffic, ServingDetails)
    assert (pods.environment, pods.replicas, pods.status) == ("ml", 1, "ready")
    assert (traffic.environment, traffic.share) == ("prod", "1")
    assert pods.subjects == traffic.subjects == (Subject("credit-pd", "3"),)


def test_a_bare_back_end_is_read_without_its_pages_about_itself() -> None:
    gone = Reply(b"404 page not found", 404)
    without = {"buildinfo": gone, "runtimeinfo": gone, "metadata": gone, "rules": gone}
    with prometheus(without) as (_, source):
        for stream in (Stream.METRICS, Stream.ALERTS):
            assert isinstance(list(source.pull(stream))[-1], Completion)


def _settings(**given: str) -> Choice:
    pairs = tuple(Pair(name.replace("__", "."), value) for name, value in given.items())
    return read_choice(Connection("p", "prometheus", "http://x", settings=pairs))


def test_a_person_s_own_queries_units_and_pods() -> None:
    choice = _settings(
        queries__gini='gini{team="risk"}', queries__volume="sum(x) by (model)", units__volume="EUR",
        kinds__volume="business", queries__spend="cost_total", kinds__spend="resource",
        step="1d", horizon="1w2d",
    )  # fmt: skip
    choice = replace(choice, pods=(Pair("fraud-.*", "fraud"),))
    assert (choice.step, choice.horizon) == (86_400, 9 * 86_400)
    reply = matrix(({"model": "pd"}, [(AT // 86_400 * 86_400, "1")]))
    with prometheus({"query_range": reply}, (), choice) as (server, source):
        gini, volume = points(list(source.pull(Stream.METRICS)))
        list(source.pull(Stream.RESOURCE_USE))
        asked = [one.query.get("query", "") for one in server.asked]
    assert 'avg_over_time(gini{team="risk"}[86399999ms])' in asked
    assert (volume.details.unit, volume.details.kind) == ("EUR", SeriesKind.BUSINESS)
    assert gini.details.kind is SeriesKind.PERFORMANCE
    assert any('"fraud", "pod", "fraud-.*"' in one for one in asked)
    assert "avg_over_time(cost_total[86399999ms])" in asked


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"step": "soon"}, "prometheus.duration_unreadable"),
        ({"step": "0s"}, "prometheus.duration_unreadable"),
        ({"label__model": "a b"}, "prometheus.label_unreadable"),
        ({"metrics": "("}, "prometheus.pattern_unreadable"),
        ({"kinds__x": "nice"}, "prometheus.kind_unreadable"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(given: dict[str, str], code: str) -> None:
    with pytest.raises(AppError) as refused:
        _settings(**given)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("rule", "limit"),
    [
        ("model_psi > 0.1", Limit("model_psi", "> 0.1")),
        ('avg(x{a="> 3"}) by (model) <= -1e-3', Limit('avg(x{a="> 3"}) by (model)', "<= -1e-3")),
        ("(a > 1) > bool 2", Limit("(a > 1)", "> 2")),
        ("a > 1 and b > 2", None),
        ("a > 1 > 2", None),
        ("a / on (model) b > 2", None),
        ("absent(x)", None),
        ("x > y", None),
        ("(a > 1", None),
    ],
)
def test_a_limit_is_read_only_where_it_is_plain(rule: str, limit: Limit | None) -> None:
    assert limit_of(rule) == limit


def test_windows_share_a_moment_and_leave_none_out() -> None:
    wanted = plan(None, 1_000_000, 60, 100_000).windows
    assert (wanted[0].start, wanted[-1].end) == (900_000, 999_960)
    assert all(one.end == after.start for one, after in itertools.pairwise(wanted))
    assert plan("999960", 1_000_000, 60, 100_000).windows == (Window(999_960, 999_960),)
    assert plan("later", 1_000_000, 60, 60).windows == (Window(999_900, 999_960),)
    assert plan("5000000", 1_000_000, 60, 60).windows == (Window(999_960, 999_960),)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("model_feature_drift_psi", SeriesKind.STABILITY),
        ("model_auc", SeriesKind.PERFORMANCE),
        ("request_latency_seconds", SeriesKind.OPERATION),
        ("something", None),
    ],
)
def test_a_name_says_what_is_measured(name: str, kind: SeriesKind | None) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize(("told", "seconds"), [("15d", 1_296_000), ("1h30m", 5400), ("10GB", None)])
def test_durations_are_prometheus_own(told: str, seconds: int | None) -> None:
    assert duration(told) == seconds


NATIVE = {"count": "9", "sum": "1.2", "buckets": [[0, "0.09", "0.1", "9"]]}


def test_a_native_histogram_is_asked_for_as_quantiles() -> None:
    told = {"metadata": answer({"latency_seconds": [{"type": "histogram", "unit": "seconds"}]})}
    with prometheus(told, names=("latency_seconds",)) as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
        asked = {one.query["query"] for one in server.asked if one.path.endswith("query_range")}
    assert isinstance(done, Completion)
    (slow,) = [one for one in asked if one.startswith("histogram_quantile(0.95")]
    assert 'rate(latency_seconds{model!=""}[3599999ms])' in slow
    assert not any("avg_over_time(latency_seconds" in one for one in asked)


def test_native_histograms_in_an_answer_are_left_out_and_said() -> None:
    """Where no metadata is kept, nobody knows beforehand that a metric is a histogram."""
    rows = [
        {"metric": {"model": "pd"}, "histograms": [[AT, NATIVE]]},
        {"metric": {"model": "fraud"}, "values": [[AT, "0.9"]]},
    ]
    reply = answer({"resultType": "matrix", "result": rows})
    vector = answer(
        {"resultType": "vector", "result": [{"metric": {"model": "pd"}, "histogram": [AT, NATIVE]}]}
    )
    with prometheus({"query_range": reply, "query": vector}) as (_, source):
        found = list(source.pull(Stream.METRICS))
        now = list(source.pull(Stream.DEPLOYMENTS))[-1]
    (kept,) = points(found)
    assert kept.details.subjects == (Subject("fraud"),)
    done = found[-1]
    assert isinstance(done, Completion)
    (told,) = done.refused
    assert (told.place, told.code) == ("model_gini", "prometheus.native_histogram")
    assert isinstance(now, Completion)


@pytest.mark.parametrize("kind", ["prometheus", "alertmanager"])
def test_a_tenant_is_named_in_every_request(kind: str) -> None:
    with serving(recorded.healthy) as server:
        settings = (Pair("tenant", "risk|fraud"),)
        connection = Connection("p", kind, server.url, settings=settings)
        source = open_source(connection, Credentials(), lambda: False)
        source.probe()
        list(source.pull(Stream.ALERTS))
        source.close()
        assert server.asked
        tenants = {one.headers.get("X-Scope-OrgID") for one in server.asked}
    assert tenants == {"risk|fraud"}


@pytest.mark.parametrize("kind", ["prometheus", "alertmanager"])
def test_what_no_tenant_is_called_is_refused(kind: str) -> None:
    check = describe(kind).check
    assert check is not None
    with pytest.raises(AppError, match=r"prometheus\.tenant_unreadable"):
        check((Pair("tenant", "risk\r\nX-Admin: yes"),))
