"""The OpenCost source against answers of the documented shape (OpenCost API, ``/allocation``)."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import Measure, Resource
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject as About
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import Completion, ObservedPoints, Stream
from mlops_desktop.sources.opencost.reader import Choice, OpenCost, open_source
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject, facts_of
from tests.sources.hostile_server import Asked, Reply, serving

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


def _allocation(name: str, start: datetime, **told: Any) -> dict[str, Any]:
    end = start + timedelta(days=1)
    window = {"start": f"{start:%Y-%m-%dT00:00:00Z}", "end": f"{end:%Y-%m-%dT00:00:00Z}"}
    plain = {"cpuCost": 0.4, "totalCost": 1.5, "cpuCoreUsageAverage": 0.3, "gpuCount": 1.0}
    place = {"cluster": "cluster-one", "namespace": "ml"}
    return {"name": name, "window": window, "properties": place, "pvs": None, **plain, **told}


def healthy(asked: Asked) -> Reply:
    """Answer as the documentation shows, one set a day."""
    if asked.path != "/allocation":
        return Reply(b"404 page not found", 404)
    start, end = (datetime.fromisoformat(one) for one in asked.query["window"].split(","))
    days = [start + timedelta(number) for number in range((end - start).days)]
    names = ("credit-pd/3/ml", "__unallocated__/__unallocated__/kube-system", "__idle__")
    data = [{name: _allocation(name, day) for name in names} for day in days]
    return Reply(json.dumps({"code": 200, "status": "success", "data": data}).encode())


class TestOpenCost(SourceConformance):
    subject = Subject(
        open=lambda client: OpenCost(client, Choice(days=10)),
        reads=frozenset(),
        healthy=healthy,
        lists=lambda asked, _: asked.path == "/allocation",
        facts={Stream.RESOURCE_USE: 24},
        has_version=False,
    )


Read = tuple[list[ObservedPoints], Completion, list[Asked]]


def _pull(cursor: str | None = None, days: int = 10) -> Read:
    with serving(healthy) as server, clock.reading(lambda: NOW):
        source = OpenCost(HttpClient(Address(server.url)), Choice(days=days))
        found = list(source.pull(Stream.RESOURCE_USE, cursor))
        source.close()
    assert isinstance(found[-1], Completion)
    told = [one for one in facts_of(found) if isinstance(one, ObservedPoints)]
    return told, found[-1], server.asked


def test_costs_are_told_by_model_day_and_resource() -> None:
    told, done, _ = _pull()
    first = {one.native_id: one for one in told[:12]}
    cost = first["cost:credit-pd/3/ml"]
    assert cost.details.subjects == (About("credit-pd", "3"),)
    assert (cost.details.unit, cost.details.environment) == ("USD/d", "ml")
    assert (cost.details.resource, cost.details.measure) == (Resource.COST, Measure.USED)
    assert list(cost.values) == [1.5] * 7
    assert clock.from_milliseconds(cost.times[0]) == datetime(2026, 11, 18, tzinfo=UTC)
    assert first["cost_cpu:credit-pd/3/ml"].details.resource is None
    idle = first["cost:__idle__"]
    assert idle.details.subjects == ()
    assert Pair("allocation", "__idle__") in idle.details.segment
    assert first["cpu_used:__unallocated__/__unallocated__/kube-system"].details.subjects == ()
    assert (done.cursor, done.is_partial) == ("2026-11-28", True)


def test_the_last_week_is_asked_again_since_bills_come_late() -> None:
    _, _, asked = _pull("2026-11-27")
    assert [one.query["window"] for one in asked] == [
        "2026-11-20T00:00:00Z,2026-11-27T00:00:00Z",
        "2026-11-27T00:00:00Z,2026-11-28T00:00:00Z",
    ]
    assert asked[0].query["aggregate"] == "label:model,label:model_version,namespace"
    assert len(_pull("never")[2]) == 2


@pytest.mark.parametrize("days", ["0", "soon", "9999999999"])
def test_days_are_a_number_of_days(days: str) -> None:
    connection = Connection("c", "opencost", "http://x", settings=(Pair("days", days),))
    with pytest.raises(AppError) as refused:
        open_source(connection, Credentials(), lambda: False)
    assert refused.value.code == "source.days_unreadable"


def test_settings_name_the_labels_and_the_money() -> None:
    settings = (Pair("labels", "ml_model"), Pair("currency", "EUR"), Pair("days", "1"))
    with serving(healthy) as server, clock.reading(lambda: NOW):
        connection = Connection("c", "opencost", server.url, settings=settings)
        source = open_source(connection, Credentials(), lambda: False)
        found = facts_of(list(source.pull(Stream.RESOURCE_USE)))
        source.close()
    assert server.asked[0].query["aggregate"] == "label:ml_model,namespace"
    first = found[0]
    assert isinstance(first, ObservedPoints)
    assert (first.details.unit, first.details.subjects) == ("EUR/d", (About("credit-pd"),))
