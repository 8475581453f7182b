"""KServe: ``kubectl get inferenceservices,inferencegraphs -o json``, what serves in a cluster.

Which model and version a service is stands in its labels; the share of the traffic in the graph
that splits it, or in the service's own roll-out; the artefact's digest in its address.
"""

import re
from typing import Any

from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.values import at, fields, items, text, whole
from mlops_desktop.sources.observations import ObservedThing, Stream

_API = "serving.kserve.io/"
_MODEL = ("model", "model-name", "app.kubernetes.io/name")
_VERSION = ("model-version", "version", "app.kubernetes.io/version")
_ENVIRONMENT = ("environment", "env")
_REGION = ("region", "topology.kubernetes.io/region")
_DIGEST = re.compile(r"@sha256:([0-9a-f]{64})")
_WHOLE = 100
_MOST = 100


def _recognises(document: Any, origin: Origin) -> bool:
    return any(_is(one, "InferenceService") for one in _objects(document))


def _objects(document: Any) -> list[Any]:
    return items(document, "items") or [document]


def _is(one: Any, kind: str) -> bool:
    is_ours = (text(one, "apiVersion") or "").startswith(_API)
    return is_ours and text(one, "kind") == kind


def _facts(document: Any, origin: Origin) -> tuple[FileFact, ...]:
    objects = _objects(document)
    shares = _shares(objects)
    return tuple(_serving(one, shares, origin) for one in objects if _is(one, "InferenceService"))


def _shares(objects: list[Any]) -> dict[str, str]:
    """Return the share of each service behind a graph that splits the traffic by weight."""
    found: dict[str, str] = {}
    for graph in objects:
        nodes = fields(graph, "spec", "nodes") if _is(graph, "InferenceGraph") else {}
        for node in nodes.values():
            for step in items(node, "steps") if text(node, "routerType") == "Splitter" else ():
                name, weight = text(step, "serviceName"), whole(step, "weight")
                if name and weight is not None:
                    found[f"{text(graph, 'metadata', 'namespace')}/{name}"] = _share(weight)
    return found


def _share(percent: int) -> str:
    return f"{percent / _WHOLE:.4f}".rstrip("0").rstrip(".")


def _serving(one: Any, shares: dict[str, str], origin: Origin) -> ObservedThing:
    space, name = text(one, "metadata", "namespace") or "default", text(one, "metadata", "name")
    native = f"{space}/{name}"
    labels = fields(one, "metadata", "labels")
    details = ServingDetails(
        name=name,
        subjects=origin.subjects(_label(labels, _MODEL) or name, _label(labels, _VERSION)),
        at=origin.moment(text(one, "metadata", "creationTimestamp")),
        path=origin.place,
        labels=(*origin.labels("kserve"), *_pairs(labels)),
        environment=_label(labels, _ENVIRONMENT) or space,
        endpoint=text(one, "status", "url"),
        role=_role(labels),
        share=shares.get(native) or _rolled_out(one),
        artifact_digest=_digest(one),
        region=_label(labels, _REGION),
        status=_status(one),
    )
    return ObservedThing(f"kserve/{native}", details)


def _label(labels: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((told for name in names if (told := text(labels, name))), None)


def _pairs(labels: dict[str, Any]) -> list[Pair]:
    told = ((name, text(labels, name)) for name in sorted(labels)[:_MOST])
    return [Pair(f"label.{name}", value) for name, value in told if value]


def _role(labels: dict[str, Any]) -> ServingRole | None:
    told = (text(labels, "role") or "").casefold()
    return ServingRole(told) if told in set(ServingRole) else None


def _rolled_out(one: Any) -> str | None:
    """Return the share of the newest revision while a roll-out is under way."""
    percent = whole(one, "spec", "predictor", "canaryTrafficPercent")
    return _share(percent) if percent is not None and 0 <= percent <= _WHOLE else None


def _digest(one: Any) -> str | None:
    predictor = at(one, "spec", "predictor")
    address = text(predictor, "model", "storageUri") or text(predictor, "storageUri") or ""
    found = _DIGEST.search(address)
    return f"sha256:{found[1]}" if found is not None else None


def _status(one: Any) -> str | None:
    """Return whether the service says it is ready; one that is not may still answer."""
    for condition in items(one, "status", "conditions"):
        if text(condition, "type") == "Ready":
            return "Ready" if text(condition, "status") == "True" else "NotReady"
    return None


FORMAT = Format("kserve", (Form.JSON,), (Stream.DEPLOYMENTS,), _recognises, _facts)
