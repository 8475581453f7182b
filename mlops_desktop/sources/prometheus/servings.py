"""What runs where, as the cluster's pods and the traffic of a request counter tell."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from mlops_desktop.core import clock
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import Fact, ObservedThing, Stream
from mlops_desktop.sources.prometheus.api import Api
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.matrix import Row, native_id, number, read_rows
from mlops_desktop.sources.prometheus.resources import labelled
from mlops_desktop.sources.rest import Parse, Told, failure_of


def told_servings(api: Api, choice: Choice) -> Iterator[Told]:
    """Yield the answers about pods with a model's label, then about traffic if a counter is set."""
    now = int(clock.now().timestamp())
    yield Told(api.now(_pods(choice), now), _parsing(lambda row: _pod(row, choice)))
    if choice.serving:
        for label in choice.direct:
            asked = api.now(_shares(label, choice), now)
            yield Told(asked, _parsing(lambda row: _share(row, choice)))


def _pods(choice: Choice) -> str:
    """Return PromQL for how many pods of a version are ready; one that is not ready counts none."""
    by = ", ".join(("cluster", "namespace", *choice.from_pods))
    pods = labelled(choice)
    ready = 'max by (cluster, namespace, pod) (kube_pod_status_ready{condition="true"})'
    counted = f"sum by ({by}) ({pods} * on (cluster, namespace, pod) group_left () {ready})"
    return f"{counted} or count by ({by}) ({pods})"


def _shares(label: str, choice: Choice) -> str:
    """Return PromQL for which share of a model's calls each version answers."""
    named = ", ".join((label, *choice.environment))
    rate = f'rate({choice.serving}{{{label}!=""}}[$step])'
    each = f"sum by ({named}, {', '.join(choice.version)}) ({rate})"
    return f"{each} / on ({named}) group_left () sum by ({named}) ({rate})"


def _parsing(fact: Callable[[Row], Fact | None]) -> Parse:
    def parse(raw: bytes) -> tuple[Fact, ...]:
        try:
            made = [fact(row) for row in read_rows(raw)]
        except HttpFault as fault:
            raise SourceFailure(failure_of(Stream.DEPLOYMENTS, fault)) from fault
        return tuple(one for one in made if one is not None)

    return parse


def _pod(row: Row, choice: Choice) -> Fact | None:
    namespace = row.metric.get("namespace")
    count = int(_value(row) or 0)
    told = ServingDetails(
        environment=choice.environment_of(row.metric) or namespace,
        endpoint=namespace,
        replicas=count,
        status="ready" if count else "not ready",
    )
    return _about(row, "pods", told, choice)


def _share(row: Row, choice: Choice) -> Fact | None:
    share = _value(row)
    told = ServingDetails(
        environment=choice.environment_of(row.metric),
        endpoint=choice.serving,
        share=None if share is None else f"{round(share, 2):g}",
        status="no calls" if share is None else "serving",
    )
    return _about(row, choice.serving, told, choice)


def _about(row: Row, place: str, told: ServingDetails, choice: Choice) -> Fact | None:
    subjects = choice.subject_of(row.metric)
    if not subjects:
        return None
    labels = tuple(Pair(name, row.metric[name]) for name in sorted(row.metric))
    details = replace(told, name=subjects[0].model, subjects=subjects, labels=labels)
    return ObservedThing(native_id(place, row.metric), details)


def _value(row: Row) -> float | None:
    found = number(row.value[1]) if row.value else math.nan
    return found if math.isfinite(found) else None
