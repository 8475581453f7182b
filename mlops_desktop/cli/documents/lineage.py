"""The history of data as documents and as text."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer, Document, Json
from mlops_desktop.cli.documents.values import or_none
from mlops_desktop.cli.text import section, table
from mlops_desktop.core.lineage import NodeKind

if TYPE_CHECKING:
    from mlops_desktop.services.incidents import Affected
    from mlops_desktop.services.lineage import Dependent, Lineage, NodeFacts


def lineage_answer(found: "Lineage", models: "tuple[Dependent, ...]") -> Answer:
    """Return a part of the history of data in both forms."""
    rows = [
        (f"{stop.distance:+d}" if stop.distance else "0", stop.node.kind.value, stop.facts.id,
         stop.facts.name, stop.facts.state, or_none(stop.facts.owner))
        for stop in found.stops
    ]  # fmt: skip
    heads = ("STEPS", "KIND", "ID", "NAME", "STATE", "OWNER")
    text = table(heads, rows) + section("Models", dependents_table(models))
    return Answer(lineage_document(found, models), text)


def lineage_document(found: "Lineage", models: "tuple[Dependent, ...]") -> Document:
    """Return nodes and edges, and of the models what learned from the data and where it runs."""
    keys = {stop.node: _key(stop.facts) for stop in found.stops}
    return {
        "starts": [keys[node] for node in found.starts if node in keys],
        "nodes": [node_document(stop.facts) | {"steps": stop.distance} for stop in found.stops],
        "edges": [
            {
                "from": keys[flow.source],
                "to": keys[flow.target],
                "digests": list(flow.digests),
                "for": list(flow.words),
            }
            for flow in found.flows
        ],
        "models": [dependent_document(one) for one in models],
    }


def _key(facts: "NodeFacts") -> str:
    """Return what names a node in the document: steps of a pipeline share its id."""
    told = facts.name if facts.node.kind is NodeKind.PIPELINE else facts.id
    return f"{facts.node.kind.value}:{told}"


def node_document(facts: "NodeFacts") -> dict[str, Json]:
    """Return what is known of a node."""
    return {
        "key": _key(facts),
        "kind": facts.node.kind.value,
        "id": facts.id,
        "name": facts.name,
        "state": facts.state,
        "since": facts.since,
        "until": facts.until,
        "owner": facts.owner,
        "tier": facts.tier,
        "source": facts.source,
        "path": facts.path,
        "digests": list(facts.digests),
        "missing": facts.is_missing,
    }


def dependent_document(one: "Dependent") -> Document:
    """Return a model with its versions that learned from the data, and where they run."""
    return {
        "id": one.model.id,
        "name": one.model.name,
        "state": one.model.state,
        "tier": one.model.tier,
        "owner": one.model.owner,
        "versions": [version.name for version in one.versions],
        "for": list(one.words),
        "serving": [node_document(running) for running in one.serving],
        "deployments": [node_document(running) for running in one.deployments],
        "uses": [node_document(use) for use in one.uses],
    }


def dependents_table(models: "tuple[Dependent, ...]") -> str:
    """Return the models down the flow as text."""
    rows = [
        (
            one.model.id,
            one.model.name,
            one.model.state,
            ", ".join(version.name for version in one.versions),
            ", ".join(dict.fromkeys(f"{running.name} {running.state}" for running in one.serving)),
            ", ".join(use.name for use in one.uses),
        )
        for one in models
    ]
    return table(("MODEL", "NAME", "STATE", "VERSIONS", "SERVING", "USES"), rows)


def affected_answer(affected: "Affected") -> Answer:
    """Return what lies downstream of an incident in both forms."""
    document = lineage_document(affected.lineage, affected.models)
    told = {"known": affected.is_known, **document}
    if not affected.is_known:
        return Answer(told, "No source tells of this data: what lies downstream is not known.")
    return Answer(told, dependents_table(affected.models))
