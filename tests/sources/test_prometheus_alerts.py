"""Rules and alerts: each model's own state, its past and its present."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import text

from mlops_desktop.core.events.alerts import AlertDetails, AlertState
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Completion, ObservedThing, Stream
from mlops_desktop.sources.prometheus.limits import Limit, limit_of, metrics_in
from tests.sources.conformance_rig import facts_of
from tests.sources.hostile_server import Reply
from tests.sources.prometheus_answers import AT, NOW, answer, matrix, prometheus


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
