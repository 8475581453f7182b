"""A server that answers as a Prometheus of a bank's would."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.sources.observations import Observation, ObservedPoints
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.reader import Prometheus
from tests.sources import prometheus as recorded
from tests.sources.conformance_rig import facts_of
from tests.sources.hostile_server import Asked, HostileServer, Reply, serving

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
HOUR = 3600
AT = int(NOW.timestamp()) // HOUR * HOUR


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
