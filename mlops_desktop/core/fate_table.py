"""How each kind of event travels: what it overwrites, what it makes, and what may not travel."""

from dataclasses import dataclass
from functools import cache

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.items.kinds import ItemKind, kinds

NOT_OFFLINE = frozenset(
    {
        "admission.confirmed",
        "admission.refused",
        "campaign.opened",
        "delegation.granted",
        "delegation.revoked",
        "device.enrolled",
        "dossier.countersigned",
        "dossier.exported",
        "dossier.extended",
        "dossier_settings.changed",
        "field.amended",
        "field.archived",
        "field.defined",
        "field.reinstated",
        "import.applied",
        "invitation.withdrawn",
        "ledger.restored",
        "outbox.received",
        "permit.issued",
        "person.admitted",
        "person.invited",
        "person.enrolled",
        "person.revoked",
        "profile.activated",
        "profile.added",
        "profile.deactivated",
        "report.drafted",
        "retention.defined",
        "retention.ended",
        "revocation.confirmed",
        "revocations.published",
        "rule.activated",
        "rule.added",
        "rule.archived",
        "text.erased",
        "tier_template.activated",
        "tier_template.added",
        "tier_template.archived",
        "trust_services.arranged",
        "workspace.created",
    }
)
"""Names of what cannot be recorded in a copy."""

_STALE, _DECIDED, _TAKEN = Fate.STALE_BASE, Fate.DECIDED_ALREADY, Fate.NUMBER_TAKEN
_COVERED = tuple(
    (f"model {{model}} {name}", Fate.OTHER_VERSION)
    for name in ("purpose", "limitations", "tier", "methodology", "origin")
)

OVERWRITES: dict[str, tuple[tuple[str, Fate], ...]] = {
    "approval.requested": (
        *_COVERED,
        ("version {version}", Fate.OTHER_VERSION),
        ("model {model} asked {version} {environment} {kind} {about}", _DECIDED),
    ),
    "approval.withdrawn": (("request {request} end", _DECIDED),),
    "approval.revoked": (("request {request} end", _DECIDED),),
    "campaign.answered": (("campaign {campaign} answer {model}", _DECIDED),),
    "campaign.closed": (("campaign {campaign}", _DECIDED),),
    "campaign.extended": (("campaign {campaign}", _STALE),),
    "campaign.withdrawn": (("campaign {campaign}", _DECIDED),),
    "candidate.accepted": (("model {model} candidate", _DECIDED),),
    "candidate.matched": (("model {model} candidate", _DECIDED),),
    "candidate.rejected": (("model {model} candidate", _DECIDED),),
    "candidate.found": (("entry {entry.source} {entry.native_id}", _TAKEN),),
    "conflict.settled": (("conflict {event}", _DECIDED),),
    "condition.met": (("request {request} condition {number}", _DECIDED),),
    "dataset.joined": (("dataset {dataset} same {same_as}", _STALE),),
    "dataset.parted": (("dataset {dataset} same {same_as}", _STALE),),
    "deployment.closed": (("deployment {deployment}", _DECIDED),),
    "dossier_template.removed": (("dossier_template {template}", _STALE),),
    "dossier_template.saved": (("dossier_template {template}", _STALE),),
    "emergency.recorded": (
        ("model {model} emergency {version} {environment}", _DECIDED),
        ("version {version}", Fate.OTHER_VERSION),
    ),
    "entity.registered": (("entity name {details.title}", _TAKEN), ("lei {details.lei}", _TAKEN)),
    "entry.linked": (("entry {source} {native_id}", _TAKEN),),
    "entry.renamed": (("entry {entry.source} {entry.native_id}", _TAKEN),),
    "handover.accepted": (("handover {handover}", _DECIDED),),
    "handover.refused": (("handover {handover}", _DECIDED),),
    "meeting.item_added": (("meeting {meeting}", _STALE),),
    "meeting.minuted": (("meeting {meeting}", _DECIDED),),
    "model.linked": (("model {model} link {kind} {other}", _STALE),),
    "model.moved": (("model {model} stage", _STALE),),
    "model.registered": (("model name {details.name}", _TAKEN),),
    "model.scoped": (("model {model} regime {regime}", _STALE),),
    "model.tier_overridden": (("model {model} tier", _STALE),),
    "model.tier_override_ended": (("model {model} tier", _STALE),),
    "model.tiered": (("model {model} tier", _STALE),),
    "model.unlinked": (("model {model} link {kind} {other}", _STALE),),
    "paper.confirmed": (*_COVERED, ("request {request} paper", _DECIDED)),
    "paper.rejected": (("request {request} paper", _DECIDED),),
    "permission.answered": (("permission {permission} answer", _DECIDED),),
    "permission.applied": (("permission {permission} application", _DECIDED),),
    "permission.needed": (("model {model} permission {version} {environment}", _DECIDED),),
    "permission.obligation_met": (("permission {permission} {number}", _DECIDED),),
    "pipeline.described": (("pipeline {source} {pipeline} text {step}", _STALE),),
    "pipeline.expected": (("pipeline {source} {pipeline} minutes", _STALE),),
    "pipeline.step_ended": (("pipeline {source} {pipeline} step {step}", _STALE),),
    "pipeline.step_resumed": (("pipeline {source} {pipeline} step {step}", _STALE),),
    "report_plan.changed": (("report_plan {plan}", _STALE),),
    "report_plan.ended": (("report_plan {plan}", _STALE),),
    "resolution.signed": (
        ("request {request} resolution {meeting} {person}", _DECIDED),
        ("meeting {meeting}", Fate.OTHER_VERSION),  # other minutes than the signer read
    ),
    "resource_limits.set": (("resource_limits", _STALE),),
    "source.added": (("source {source}", _TAKEN),),
    "source.edited": (("source {source}", _STALE),),
    "source.removed": (("source {source}", _STALE),),
    "tests.required": (("tests_required {tier}", _STALE),),
    "threshold.ended": (("threshold {model} {metric} {segment}", _STALE),),
    "threshold.set": (("threshold {model} {metric} {segment}", _STALE),),
    "version.changed": (("version {version}", _STALE),),
    "version.returned": (("version {version}", _STALE),),
    "version.registered": (("model {model} version {details.version}", _TAKEN),),
    "version.observed": (("version of {source} {native_id}", _TAKEN),),
}
"""What events overwrite or rest on besides the fields of edits, and the fate behind others."""

_OBSERVED = (
    "alert",
    "check",
    "dataset",
    "pipeline_run",
    "series",
    "serving",
)
for _noun in _OBSERVED:
    OVERWRITES[f"{_noun}.observed"] = ((f"{_noun} of {{source}} {{native_id}}", _TAKEN),)


@dataclass(frozen=True, slots=True)
class Made:
    """What a kind of event makes: the field that gives its id.

    ``is_set_again`` where a later event of the kind is a new version under the same id, so that
    one that is held back takes nothing away that others rest on.
    """

    field: str
    is_set_again: bool = False


_SIMPLE_EDITS = {"model.edited": "model", "candidate.accepted": "model"}
_SIMPLE_MAKES = {
    "approval.requested": Made("request"),
    "candidate.found": Made("model"),
    "deployment.opened": Made("deployment"),
    "emergency.recorded": Made("emergency"),
    "handover.offered": Made("handover"),
    "meeting.called": Made("meeting"),
    "model.registered": Made("model"),
    "paper.recorded": Made("request"),
    "permission.needed": Made("permission"),
    "points.ingested": Made("batch"),
    "report_plan.set_up": Made("plan"),
    "source.added": Made("source"),
    "threshold.set": Made("threshold", is_set_again=True),
    "version.observed": Made("version"),
    "version.registered": Made("version"),
}


@cache
def _items() -> tuple[tuple[ItemKind, str, str, str], ...]:
    named = ((kind, name_of(kind.opened), name_of(kind.edited)) for kind in kinds())
    return tuple((kind, opened, edited, name_of(kind.moved)) for kind, opened, edited in named)


@cache
def edits() -> dict[str, str]:
    """Return which field names the subject of each kind of edit."""
    return {**_SIMPLE_EDITS, **{edited: "item" for _, _, edited, _ in _items()}}


@cache
def makes() -> dict[str, Made]:
    """Return what an event makes, by its kind."""
    observed = {f"{noun}.observed": Made("thing") for noun in _OBSERVED}
    return {**_SIMPLE_MAKES, **observed, **{opened: Made("item") for _, opened, _, _ in _items()}}


@cache
def turns() -> dict[str, frozenset[str]]:
    """Return, by the kind of event that takes a step, the steps that lead to another stage."""
    return {moved: kind.turns for kind, _, _, moved in _items()}


COMMON = frozenset(
    {
        "alert.missed",
        "approval.decided",
        "approval.recused",
        "approval.refused",
        "campaign.scoped",
        "dataset.missed",
        "decision_record.revealed",
        "deployment.opened",
        "dossier.scan_attached",
        "entry.changed",
        "entry.missed",
        "entry.returned",
        "handover.offered",
        "incident.reached",
        "meeting.called",
        "model.evidenced",
        "paper.recorded",
        "person.locked",
        "points.ingested",
        "report_plan.set_up",
        "series.evaluated",
        "serving.missed",
        "source.synced",
        "test.evaluated",
        "version.missed",
    }
)
"""Names of what takes nothing from anybody; decisions among them are the rules' to judge."""
