"""CycloneDX in JSON: what a model or its service is built of, and its known vulnerabilities."""

from dataclasses import replace
from typing import Any

from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.results import result
from mlops_desktop.sources.files.values import at, fields, items, number, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_STATES = {
    "exploitable": Verdict.FAILED,
    "in_triage": Verdict.WARNING,
    "resolved": Verdict.PASSED,
    "resolved_with_pedigree": Verdict.PASSED,
    "false_positive": Verdict.PASSED,
    "not_affected": Verdict.PASSED,
}
_MODEL = "machine-learning-model"
_MOST = 5_000


def _recognises(document: Any, origin: Origin) -> bool:
    return text(document, "bomFormat") == "CycloneDX"


def _facts(document: Any, origin: Origin) -> tuple[FileFact, ...]:
    about = fields(document, "metadata", "component")
    time = text(document, "metadata", "timestamp")
    serial = text(document, "serialNumber")
    components = items(document, "components")
    is_model = text(about, "type") == _MODEL
    details = CheckDetails(
        name=text(about, "name") or origin.name,
        suite="CycloneDX",
        subjects=origin.subjects(text(about, "name") if is_model else None, text(about, "version")),
        at=origin.moment(time),
        path=origin.place,
        labels=(
            *origin.labels("cyclonedx"),
            Pair("components", str(len(components))),
            *([Pair("serial_number", serial)] if serial else []),
        ),
        run=serial,
    )
    names = {
        id: name for one in components if (id := text(one, "bom-ref")) and (name := _name(one))
    }
    told = items(document, "vulnerabilities")[:_MOST]
    made = result(CheckKind.BILL_OF_MATERIALS, (_case(one, names) for one in told), details)
    if not told:  # a list of parts judges nothing
        made = replace(made, verdict=Verdict.NONE, total=None, passed=None)
    return (ObservedThing(f"{origin.place}#{serial or ''}@{time or ''}", made),)


def _name(one: Any) -> str | None:
    name, version = text(one, "name"), text(one, "version")
    return f"{name} {version}" if name and version else name


def _case(one: Any, names: dict[str, str]) -> CheckCase:
    """Return a vulnerability; without an analysis nobody has judged it yet."""
    refs = [ref for part in items(one, "affects") if (ref := text(part, "ref"))]
    affected = ", ".join(names.get(ref, ref) for ref in refs[:5])
    rating = next(map(fields, items(one, "ratings")), {})
    state = text(one, "analysis", "state")
    id = text(one, "id") or "?"
    parts = (text(rating, "severity"), state, text(one, "description"))
    return CheckCase(
        f"{id} {affected}".strip(),
        _STATES.get(state or "", Verdict.NONE),
        number(at(rating, "score")),
        method=text(rating, "method"),
        detail=", ".join(part for part in parts if part) or None,
    )


FORMAT = Format("cyclonedx", (Form.JSON,), (Stream.CHECKS,), _recognises, _facts)
