"""A real Prometheus and Alertmanager: what they told is in the workspace, unchanged."""

import time
from collections.abc import Iterator

import pytest

from mlops_desktop.core.events.alerts import AlertDetails, AlertState
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.services import ledger, models, sources
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.catalog import open_source
from mlops_desktop.sources.observations import FailureCode
from mlops_desktop.store import series
from mlops_desktop.store.queries.observed import ObservedFilter, ObservedRow, list_observed
from tests.peers.prometheus import LOGIN, SAMPLE, Monitored, running_prometheus
from tests.support.bank import Bank

pytestmark = pytest.mark.peers

HOUR = 3600
DRIFT = 'model_feature_drift_psi{model="credit-pd",version="3",feature="income"}'
FIRING = 'ALERTS{alertname="FeatureDriftHigh",alertstate="firing"}'


def history() -> dict[int, float]:
    """A Gini an hour for three days, up to the last whole hour but one."""
    last = int(time.time()) // HOUR * HOUR - HOUR
    return {last - HOUR * back: round(0.71 - 0.0007 * (72 - back), 4) for back in range(72)}


def _open_metrics(values: dict[int, float]) -> str:
    labels = '{model="credit-pd",version="3",env="prod",job="models",instance="127.0.0.1:1"}'
    told = "".join(f"model_gini{labels} {value} {at}\n" for at, value in sorted(values.items()))
    return f"# TYPE model_gini gauge\n{told}# EOF\n"


@pytest.fixture
def told() -> dict[int, float]:
    return history()


@pytest.fixture
def monitored(told: dict[int, float]) -> Iterator[Monitored]:
    with running_prometheus(_open_metrics(told)) as found:
        found.exporter.lines.update(SAMPLE)
        yield found


@pytest.fixture
def watched(file_bank: Bank, monitored: Monitored) -> Bank:
    add = sources.add_source
    slow = (Pair("step", "1h"), Pair("horizon", "4d"))
    quick = (Pair("step", "5s"), Pair("horizon", "1m"), Pair("serving", "predictions_total"))
    models.register_model(file_bank.session, {"name": "credit-pd"})
    session = file_bank.session
    add(session, NewSource("prometheus", "hours", monitored.url, settings=slow))
    add(session, NewSource("prometheus", "seconds", monitored.url, settings=quick))
    add(session, NewSource("alertmanager", "alarms", monitored.alertmanager))
    return file_bank


def sync(bank: Bank, name: str) -> SyncResult:
    done = sources.sync(bank.session, name, lambda *_: None)
    assert done.failures == ()
    assert done.refusals == ()
    return done


def listed(bank: Bank, source: str, *kinds: str) -> tuple[ObservedRow, ...]:
    with bank.session.workspace.read() as view:
        return list_observed(view.connection, ObservedFilter(kinds, source))


def points(bank: Bank, source: str, metric: str) -> dict[int, float]:
    """Return the points of the one series of a metric of the model, by second."""
    (row,) = [
        one
        for one in listed(bank, source, "series")
        if isinstance(one.details, SeriesDetails)
        and one.details.metric == metric
        and "fraud" not in one.native_id
        and "age" not in one.native_id
    ]
    assert len(row.models) == (0 if "capacity" in metric else 1)
    with bank.session.workspace.read() as view:
        found = series.read_points(view.connection, row.id)
    return dict(zip((found.times // 1000).tolist(), found.values.tolist(), strict=True))


def _alert(bank: Bank, source: str) -> tuple[ObservedRow, AlertDetails]:
    (row,) = [one for one in listed(bank, source, "alert") if one.name == "FeatureDriftHigh"]
    assert isinstance(row.details, AlertDetails)
    return row, row.details


def _verdicts(bank: Bank) -> dict[str, Verdict | None]:
    rows = listed(bank, "seconds", "check")
    told = [(one, one.details) for one in rows if isinstance(one.details, CheckDetails)]
    return {one.name: details.verdict for one, details in told if "credit-pd" in one.native_id}


def test_what_was_measured_and_told_is_read_back(
    watched: Bank, monitored: Monitored, told: dict[int, float]
) -> None:
    monitored.wait(FIRING, lambda answer: '"metric"' in answer)
    monitored.wait("count_over_time(model_gini[1m]) > 12", lambda answer: '"metric"' in answer)
    monitored.silence("FeatureDriftHigh", "petersen", "bekannt")
    assert sync(watched, "hours").counts.read > 1
    read = points(watched, "hours", "model_gini")
    assert {at: read[at] for at in told} == told
    assert sync(watched, "seconds").counts.new > 15
    assert set(points(watched, "seconds", "model_feature_drift_psi").values()) == {0.27}
    assert set(points(watched, "seconds", "memory_used").values()) == {1.2e9}
    assert _verdicts(watched) == {"FeatureDriftHigh": Verdict.FAILED, "GiniLow": Verdict.PASSED}
    servings = {
        one.native_id.partition("{")[0]: one for one in listed(watched, "seconds", "serving")
    }
    pods = servings["pods"].details
    assert isinstance(pods, ServingDetails)
    assert (pods.replicas, pods.environment) == (1, "ml")
    _, alert = _alert(watched, "seconds")
    assert (alert.state, alert.summary) == (AlertState.FIRING, "PSI of income is 0.27")
    sync(watched, "alarms")
    row, alarm = _alert(watched, "alarms")
    assert alarm.silenced_by is not None
    assert alarm.silenced_by.startswith("petersen · ")
    assert row.models
    _after_it_is_over(watched, monitored)
    _after_the_target_is_gone(watched, monitored)
    assert ledger.verify_ledger(watched.session).is_ok


def _after_it_is_over(watched: Bank, monitored: Monitored) -> None:
    monitored.exporter.lines[DRIFT] = 0.11
    monitored.wait(FIRING, lambda answer: '"metric"' not in answer)
    quiet = f"last_over_time({FIRING}[11s])"
    monitored.wait(quiet, lambda answer: '"metric"' not in answer)
    sync(watched, "seconds")
    _, alert = _alert(watched, "seconds")
    assert alert.state is AlertState.RESOLVED
    assert alert.started is not None
    assert alert.ended is not None
    assert alert.started < alert.ended
    assert _verdicts(watched)["FeatureDriftHigh"] is Verdict.PASSED
    sync(watched, "alarms")
    assert _alert(watched, "alarms")[0].missing_since is not None


def _after_the_target_is_gone(watched: Bank, monitored: Monitored) -> None:
    before = points(watched, "seconds", "model_gini")
    monitored.exporter.is_down = True
    monitored.wait("max_over_time(up[11s]) == 0", lambda answer: '"metric"' in answer)
    sync(watched, "seconds")
    up = points(watched, "seconds", "up")
    assert up[max(up)] == 0
    after = points(watched, "seconds", "model_gini")
    assert max(after) < max(up)
    assert after.items() >= before.items()
    # a rule that sees nothing says nothing; what it said before is not said again
    assert sync(watched, "seconds").counts.changed == 0


def test_a_password_is_asked_for_and_a_wrong_one_named() -> None:
    with running_prometheus(has_login=True) as found:
        connection = Connection("p", "prometheus", found.url)
        for password, code in ((LOGIN[1], None), ("falsch", FailureCode.AUTH)):
            source = open_source(connection, Credentials(LOGIN[0], password), lambda: False)
            probe = source.probe()
            source.close()
            assert [one.code for one in probe.failures] == ([code] if code else [])
            assert probe.identity == (None if code else LOGIN[0])
