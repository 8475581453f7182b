"""What a person may choose: queries, units, pods, durations, and which name means what."""

from dataclasses import replace

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.observations import Stream
from mlops_desktop.sources.prometheus.choice import Choice, duration, read_choice
from mlops_desktop.sources.prometheus.queries import kind_of
from tests.sources.prometheus_answers import AT, matrix, points, prometheus


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
