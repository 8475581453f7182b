"""KServe's listing: which version serves where, with which share and artefact."""

import json
from pathlib import Path
from typing import Any

from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import ObservedThing, Stream
from tests.sources.folders import Inbox

DIGEST = "ab" * 32


def service(name: str, **labels: str) -> dict[str, Any]:
    address = f"oci://registry.example/models/pd:7@sha256:{DIGEST}"
    return {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": {
            "name": name,
            "namespace": "risk",
            "labels": labels,
            "creationTimestamp": "2026-03-01T06:00:00Z",
        },
        "spec": {"predictor": {"model": {"storageUri": address}}},
        "status": {"url": f"https://{name}.example",
                   "conditions": [{"type": "Ready", "status": "True"}]},
    }  # fmt: skip


GRAPH = {
    "apiVersion": "serving.kserve.io/v1alpha1",
    "kind": "InferenceGraph",
    "metadata": {"name": "split", "namespace": "risk"},
    "spec": {"nodes": {"root": {"routerType": "Splitter", "steps": [
        {"serviceName": "pd-7", "weight": 97}, {"serviceName": "pd-8", "weight": 3},
        {"serviceUrl": "https://elsewhere.example", "weight": 0}]}}},
}  # fmt: skip


def facts(root: Path, *things: Any) -> dict[str, ServingDetails]:
    inbox = Inbox(root)
    inbox.put("services.json", json.dumps({"apiVersion": "v1", "kind": "List", "items": things}))
    told = [one for one in inbox.facts(Stream.DEPLOYMENTS) if isinstance(one, ObservedThing)]
    return {one.native_id: one.details for one in told if isinstance(one.details, ServingDetails)}


def test_services_tell_version_place_share_and_artefact(tmp_path: Path) -> None:
    labels = {"model": "PD", "model-version": "7", "region": "DE", "environment": "production"}
    challenger = {**labels, "model-version": "8", "role": "challenger"}
    told = facts(tmp_path, service("pd-7", **labels), service("pd-8", **challenger), GRAPH)
    seven = told["kserve/risk/pd-7"]
    assert seven.subjects == (Subject("PD", "7"),)
    assert (seven.environment, seven.region, seven.share) == ("production", "DE", "0.97")
    assert (seven.endpoint, seven.status) == ("https://pd-7.example", "Ready")
    assert seven.artifact_digest == f"sha256:{DIGEST}"
    eight = told["kserve/risk/pd-8"]
    assert (eight.role, eight.share) == (ServingRole.CHALLENGER, "0.03")


def test_what_says_little_is_taken_as_it_is(tmp_path: Path) -> None:
    bare = {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": {"name": "x"},
        "spec": {"predictor": {"canaryTrafficPercent": 10}},
    }
    other = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "y"}}
    (found,) = facts(tmp_path, bare, other, None, 7).values()
    assert (found.subjects, found.environment) == ((Subject("x"),), "default")
    assert (found.share, found.artifact_digest, found.status) == ("0.1", None, None)
