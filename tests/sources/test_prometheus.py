"""The Prometheus source against a server that does everything wrong, with real recorded answers."""

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.catalog import describe, open_source
from mlops_desktop.sources.observations import Completion, ObservedThing, Stream
from mlops_desktop.sources.prometheus.reader import Prometheus
from tests.sources import prometheus as recorded
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject as Examined
from tests.sources.conformance_rig import facts_of
from tests.sources.hostile_server import Reply, serving
from tests.sources.prometheus_answers import points, prometheus


class TestPrometheus(SourceConformance):
    subject = Examined(
        open=lambda client: Prometheus(client, recorded.CHOICE),
        reads=frozenset(),
        healthy=recorded.healthy,
        lists=recorded.lists,
        facts=recorded.facts(),
    )


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
