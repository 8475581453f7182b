"""What a connection test of Prometheus finds out: version, models, rules, targets that are down."""

from collections.abc import Callable, Iterator

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.outside.http_faults import Fault, HttpFault
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.observations import Failure, Pair, Probe, Stream
from mlops_desktop.sources.prometheus.api import Api
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.rules import read_groups, rules_of
from mlops_desktop.sources.prometheus.windows import Window
from mlops_desktop.sources.rest import failure_of

_NEVER_ANSWERED = {Fault.UNREACHABLE, Fault.TIMEOUT, Fault.TLS, Fault.CANCELLED}


class _Target(msgspec.Struct):
    health: str = ""


class _Targets(msgspec.Struct):
    activeTargets: list[_Target] = []  # noqa: N815 - Prometheus' own name


class _Answer(msgspec.Struct):
    data: _Targets


def probe(api: Api, choice: Choice, username: str | None) -> Probe:
    """Test the connection in a few small requests; failures are part of the answer."""
    try:
        version = api.version()
    except HttpFault as fault:
        reached = fault.fault not in _NEVER_ANSWERED
        return Probe(is_reachable=reached, failures=(failure_of(Stream.METRICS, fault),))
    found: list[Pair] = []
    failures: list[Failure] = []
    for stream, count in _counts(api, choice):
        try:
            found += count()
        except HttpFault as fault:
            failures.append(failure_of(stream, fault))
    identity = None if failures else username
    told = tuple(found)
    return Probe(
        is_reachable=True,
        version=version,
        identity=identity,
        visible=told,
        failures=tuple(failures),
    )


def _counts(api: Api, choice: Choice) -> Iterator[tuple[Stream, Callable[[], list[Pair]]]]:
    now = int(clock.now().timestamp())
    window = Window(now - choice.horizon, now)
    yield Stream.METRICS, lambda: _models(api, choice, window)
    yield Stream.CHECKS, lambda: _rules(api)
    yield Stream.METRICS, lambda: _targets(api)


def _models(api: Api, choice: Choice, window: Window) -> list[Pair]:
    models, names = set[str](), set[str]()
    for label in choice.direct:
        models |= set(api.values(label, f'{{{label}!=""}}', window))
        names |= set(api.values("__name__", f'{{{label}!=""}}', window))
    return [Pair("models", str(len(models))), Pair("measurements", str(len(names)))]


def _rules(api: Api) -> list[Pair]:
    groups = read_groups(api.get("/rules", {"type": "alert"}).body)
    return [Pair("rules", str(sum(1 for _ in rules_of(groups))))]


def _targets(api: Api) -> list[Pair]:
    found = peek_json(api.get("/targets", {"state": "active"}).body, _Answer).data.activeTargets
    down = sum(one.health == "down" for one in found)
    return [Pair("targets", str(len(found))), Pair("targets_down", str(down))]
