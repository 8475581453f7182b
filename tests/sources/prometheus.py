"""A recorded Prometheus: real answers to every question of a sync, whenever it is asked."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.sources.observations import Stream
from mlops_desktop.sources.prometheus.api import spelt
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.resources import resource_queries
from tests.sources.hostile_server import Asked, Reply

RECORDING = Path(__file__).parent / "captures" / "prometheus-2.42.0_2026-11-28_sync.json"
CHOICE = Choice(step=5, horizon=60, serving="predictions_total")


def open_reader(url: str) -> HttpClient:
    """Return a client of a server."""
    return HttpClient(Address(url))


@cache
def recorded() -> dict[str, Any]:
    """Return the recording: each answer by path and query, times left out."""
    told = json.loads(RECORDING.read_text("utf-8"))
    answers = {json.dumps(one["asked"]): one["body"] for one in told["answers"]}
    return {"facts": told["facts"], "answers": answers}


def facts() -> dict[Stream, int]:
    """Return how many facts the recorded server told of each stream."""
    return {Stream(name): number for name, number in recorded()["facts"].items()}


def healthy(asked: Asked) -> Reply:
    """Answer as the recorded server did, at whatever time it is asked."""
    query = {k: v for k, v in asked.query.items() if k not in ("start", "end", "time")}
    body = recorded()["answers"].get(json.dumps([asked.path, query]))
    return Reply(b"404 page not found", 404) if body is None else Reply(json.dumps(body).encode())


@cache
def _of_resources() -> frozenset[str]:
    return frozenset(spelt(one.expression, CHOICE.step) for one in resource_queries(CHOICE))


def lists(asked: Asked, stream: Stream) -> bool:
    """Whether a request asks for a page of a stream."""
    query = asked.query.get("query", "")
    if asked.path == "/api/v1/query_range":
        if "ALERTS" in query:
            return stream is Stream.ALERTS
        is_resource = query in _of_resources()
        return stream is (Stream.RESOURCE_USE if is_resource else Stream.METRICS)
    if asked.path == "/api/v1/rules":
        return stream is Stream.CHECKS
    return (
        asked.path == "/api/v1/query"
        and "kube_pod_labels" in query
        and stream is Stream.DEPLOYMENTS
    )
