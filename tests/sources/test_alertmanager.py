"""The Alertmanager source against a server that does everything wrong, with recorded answers."""

import json
from pathlib import Path
from typing import Any

from mlops_desktop.core.events.alerts import AlertDetails, AlertState
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject as About
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.sources.alertmanager.reader import Alertmanager
from mlops_desktop.sources.observations import Completion, ObservedThing, Stream
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject, facts_of
from tests.sources.hostile_server import Asked, Reply, serving

_CAPTURES = Path(__file__).parent / "captures"


def _recorded(name: str) -> bytes:
    return (_CAPTURES / f"alertmanager-0.25.0_2026-11-23_{name}.json").read_bytes()


def healthy(asked: Asked) -> Reply:
    """Answer as the recorded server did."""
    name = asked.path.removeprefix("/api/v2/")
    return Reply(_recorded(name)) if name in ("alerts", "silences", "status") else Reply(status=404)


class TestAlertmanager(SourceConformance):
    subject = Subject(
        open=Alertmanager,
        reads=frozenset(),
        healthy=healthy,
        lists=lambda asked, _: asked.path == "/api/v2/alerts",
        facts={Stream.ALERTS: 1},
        is_paged=False,
    )


def _alerts(
    alerts: Any, silences: Any = (), settings: tuple[Pair, ...] = ()
) -> tuple[list[AlertDetails], list[Asked]]:
    def respond(asked: Asked) -> Reply:
        told = {"alerts": alerts, "silences": list(silences)}
        name = asked.path.rpartition("/")[2]
        return Reply(json.dumps(told[name]).encode()) if name in told else healthy(asked)

    with serving(respond) as server:
        source = Alertmanager(HttpClient(Address(server.url)), settings)
        found = list(source.pull(Stream.ALERTS))
        source.close()
    assert found[-1] == Completion(Stream.ALERTS)
    things = [one for one in facts_of(found) if isinstance(one, ObservedThing)]
    return [one.details for one in things if isinstance(one.details, AlertDetails)], server.asked


def _one(**labels: str) -> Any:
    (told,) = json.loads(_recorded("alerts"))
    return told | {"labels": told["labels"] | labels}


def test_an_alert_says_since_when_and_of_what() -> None:
    (alert,), _ = _alerts(json.loads(_recorded("alerts")))
    assert (alert.name, alert.state, alert.severity) == ("ModelDrift", AlertState.FIRING, "warning")
    assert alert.subjects == (About("credit-pd"),)
    assert alert.started is not None
    assert f"{alert.started:%H:%M}" == "04:00"
    assert alert.ended is None
    assert alert.path == "#/alerts?filter=%7Balertname%3D%22ModelDrift%22%7D"


def test_who_silenced_it_is_told() -> None:
    silence = {
        "id": "s1",
        "createdBy": "petersen",
        "comment": "bekannt,\nsiehe F-12",
        "endsAt": "2026-11-24T08:00:00.000Z",
    }
    told = _one() | {
        "status": {"state": "suppressed", "silencedBy": ["s1", "s2"], "inhibitedBy": []}
    }
    (alert,), _ = _alerts([told], [silence])
    assert alert.silenced_by == "petersen · 2026-11-24T08:00Z · bekannt, siehe F-12; s2"


def test_alerts_about_no_model_are_left_to_those_who_chose_them() -> None:
    aside = _one()
    del aside["labels"]["model"]
    assert _alerts([aside])[0] == []
    found, asked = _alerts([aside], settings=(Pair("alerts", 'team="mrm"'),))
    assert [one.subjects for one in found] == [()]
    assert {"filter": 'team="mrm"'} in [one.query for one in asked]
    named, _ = _alerts([_one(ml="pd")], settings=(Pair("label.model", "ml"),))
    assert named[0].subjects == (About("pd"),)
