"""Extracts of a workspace: what one holds back, and for whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.identity import Role


class Matter(StrEnum):
    """What can be held back of events that are given."""

    PERSONS = "persons"
    REMARKS = "remarks"
    DOCUMENTS = "documents"
    OTHERS = "others"
    """Texts of events that also speak of models outside the extract."""


_NAMES = frozenset(
    {"name", "behalf_name", "contact", "handed_over_to", "recipients", "validator"},
)
_REMARKS = frozenset({"comment", "monitoring_note", "note", "reason", "remark", "response", "text"})
SUBSTANCE = frozenset(
    {"action_plan", "alternative", "alternative_data", "answer", "application_scope"}
    | {"approved_use", "assumptions", "body", "calculation", "calibration_limits", "cause"}
    | {"compensating_control", "data_sources", "dependencies", "description", "exit_plan"}
    | {"fallback", "file", "folder", "followed_by", "goal", "human_override", "hypothesis"}
    | {"inputs", "limitations", "minutes", "mitigation", "observed_use", "operating_boundaries"}
    | {"persons_affected", "products", "purpose", "question", "reason_for", "record"}
    | {"reference", "remediation", "resolution", "restrictions", "risks_not_captured", "runbook"}
    | {"scope", "statement", "tier_reason", "title", "told_to_users", "users"}
)
"""Fields of free text that say what a model is and how it is controlled: never held back."""

_FACTS_ALONE = frozenset({Matter.PERSONS, Matter.REMARKS, Matter.DOCUMENTS})
_HELD_BACK = {
    Role.BOARD: frozenset({Matter.REMARKS, Matter.DOCUMENTS}),
    Role.OWNER: frozenset({Matter.REMARKS}),
    Role.EXPERT: frozenset({Matter.REMARKS, Matter.DOCUMENTS}),
    Role.DEVELOPER: _FACTS_ALONE,
    Role.ARCHITECT: _FACTS_ALONE,
    Role.DATA_SCIENTIST: _FACTS_ALONE,
    Role.DATA_ENGINEER: _FACTS_ALONE,
    Role.SOFTWARE_ENGINEER: _FACTS_ALONE,
    Role.DEVOPS: _FACTS_ALONE,
}


COMMON = frozenset(
    {"conflict", "custodian", "delegation", "device", "dossier_settings", "dossier_template"}
    | {
        "entity",
        "field",
        "admission",
        "invitation",
        "ledger",
        "outbox",
        "person",
        "profile",
        "retention",
    }
    | {"revocations", "rule", "source", "tests", "text", "tier_template", "trust_services"}
    | {"workspace"}
)
"""Nouns of events that every extract gives: who may sign, by which rules, from where."""


_SIGNERS = frozenset(
    {"admission", "custodian", "device", "invitation", "outbox", "person", "workspace"}
)


def is_about_signers(kind: str) -> bool:
    """Tell whether events of this type are needed to check signatures, whenever recorded."""
    return kind.partition(".")[0] in _SIGNERS


ANNOTATIONS = frozenset({"finding.opened", "request.edited", "request.moved", "request.opened"})
"""What an auditor may record in a copy given to him: findings, and what he asks for."""


def is_common(kind: str) -> bool:
    """Tell whether events of this type are about the workspace rather than about a model."""
    return kind.partition(".")[0] in COMMON


def held_back_from(role: Role) -> frozenset[Matter]:
    """Return what an extract for this role holds back unless said otherwise.

    Who examines or answers for the register (audit, validation, risk, compliance) gets everything.
    """
    return _HELD_BACK.get(role, frozenset())


def matter_of(field: str) -> Matter | None:
    """Return what a free text is by the last part of its field's path; None is substance."""
    name = next((part for part in reversed(field.split(".")) if not part.isdecimal()), "")
    if name in _NAMES:
        return Matter.PERSONS
    return Matter.REMARKS if name in _REMARKS else None


@dataclass(frozen=True, slots=True)
class Extract:
    """What whoever made an extract says of it; his device's signature is beside it.

    ``size`` and ``root`` name the head it was taken at; ``withheld`` and ``held_back`` are SHA-256
    digests over the positions and the commitments that were not given, with their numbers.
    ``numbers`` is one over lines of an id and the number its record is known by; statements of
    older programs have none.
    """

    workspace: str
    size: int
    root: str
    at: str
    person: str
    device: str
    role: Role
    models: tuple[str, ...]
    matters: tuple[Matter, ...]
    withheld: str
    withheld_number: int
    held_back: str
    held_back_number: int
    since: date | None = None
    until: date | None = None
    numbers: str = ""
