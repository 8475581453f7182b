"""A dataset as a document and as text."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.lineage import dependents_table, lineage_document, node_document
from mlops_desktop.cli.documents.pipelines import check_document
from mlops_desktop.cli.documents.values import or_none
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
    from mlops_desktop.services.datasets import DatasetSheet


def dataset_answer(sheet: "DatasetSheet") -> Answer:
    """Return a dataset in both forms."""
    facts = sheet.facts
    document = {
        **node_document(facts),
        "description": facts.description,
        "other_names": list(facts.other_names),
        "incidents": list(sheet.incidents),
        "checks": [check_document(one) for one in sheet.checks],
        "lineage": lineage_document(sheet.lineage, sheet.models),
    }
    checks = [(one.suite, one.source, one.verdict.value, one.at) for one in sheet.checks]
    stops = [
        (f"{stop.distance:+d}", stop.node.kind.value, stop.facts.id, stop.facts.state,
         or_none(stop.facts.owner))
        for stop in sheet.lineage.stops
        if stop.distance
    ]  # fmt: skip
    text = pairs(_facts(sheet))
    text += section("Checks", table(("SUITE", "SOURCE", "VERDICT", "AT"), checks))
    text += section("History", table(("STEPS", "KIND", "ID", "STATE", "OWNER"), stops))
    text += section("Models", dependents_table(sheet.models))
    return Answer(document, text)


def _facts(sheet: "DatasetSheet") -> list[tuple[str, str]]:
    facts = sheet.facts
    told = [
        ("Dataset", facts.id),
        ("Also named", ", ".join(facts.other_names)),
        ("Description", facts.description or ""),
        ("Owner", facts.owner or ""),
        ("Source", facts.source),
        ("Place", facts.path or ""),
        ("States", ", ".join(facts.digests)),
        ("Incidents", ", ".join(sheet.incidents)),
    ]
    return [(name, value) for name, value in told if value]
