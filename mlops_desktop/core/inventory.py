"""The inventory's nouns as frozen values: Model, Version, Run, Deployment and their parts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mlops_desktop.core.custom_fields import CustomValue
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.whole_numbers import whole


class Origin(StrEnum):
    """Where a model comes from (OSFI E-23, Appendix 1: internal or vendor)."""

    IN_HOUSE = "in_house"
    VENDOR = "vendor"
    END_USER_COMPUTING = "end_user_computing"


class Grade(StrEnum):
    """A grade of materiality or of complexity."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Monitoring(StrEnum):
    """Monitoring status (OSFI E-23, Appendix 1); unmeasured is never clean."""

    WITHIN_LIMITS = "within_limits"
    WARNING = "warning"
    BREACHED = "breached"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A sign that the model works, and the day it was last updated (PRA SS1/23 1.2(c)(iii))."""

    name: str
    updated: date

    def __str__(self) -> str:
        """Return it as people type it: Gini (2026-03-31)."""
        return f"{self.name} ({self.updated.isoformat()})"


@dataclass(frozen=True, slots=True)
class ModelDetails:
    """The fields of a model that people keep; None means not recorded.

    Covers OSFI E-23 (2027) Appendix 1 together with what is derived: model id, deployed version,
    date of deployment and approver. Persons are named by id; free text can be erased.
    ``register_id`` is the model's id in the register that the bank keeps or kept elsewhere.

    Besides E-23 ask for: products, operating_boundaries PRA SS1/23 1.2(c)(i); assumptions,
    risks_not_captured, calibration_limits 1.2(c)(ii); indicators, remediation 1.2(c)(iii);
    review_frequency_months 1.2(c)(iv); alternative_data 3.2(e); application_scope (which exposures
    it assesses) Delegated Regulation (EU) 2022/439 Art. 32(2)(a); restrictions E-23 Principle 2.3;
    fallback and runbook E-23 Principle 3.6, NIST AI RMF GOVERN 6.2 and MANAGE 2.4.
    Kept elsewhere: actual use by use cases, critical limitations by limitations, the category of a
    change by a version's permission (Art. 32(2)(d)), the role under the EU AI Act by its scoping.
    """

    name: str | None = None
    register_id: str | None = None
    description: Erasable | None = None
    purpose: Erasable | None = None
    users: Erasable | None = None
    products: Erasable | None = None
    origin: Origin | None = None
    vendor: str | None = None
    methodology: str | None = None
    business_line: str | None = None
    legal_entity: str | None = None
    developed_by: str | None = None
    used_by: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    owner: str | None = None
    developer: str | None = None
    validator: str | None = None
    monitoring_owner: str | None = None
    monitoring_deputy: str | None = None
    tier: int | None = None
    tier_reason: Erasable | None = None
    materiality: Grade | None = None
    complexity: Grade | None = None
    dependencies: Erasable | None = None
    data_sources: Erasable | None = None
    assumptions: Erasable | None = None
    limitations: Erasable | None = None
    application_scope: Erasable | None = None
    operating_boundaries: Erasable | None = None
    restrictions: Erasable | None = None
    risks_not_captured: Erasable | None = None
    calibration_limits: Erasable | None = None
    alternative_data: Erasable | None = None
    indicators: tuple[Indicator, ...] = ()
    remediation: Erasable | None = None
    fallback: Erasable | None = None
    runbook: Erasable | None = None
    monitoring_status: Monitoring | None = None
    monitoring_note: Erasable | None = None
    review_frequency_months: int | None = None
    last_review: date | None = None
    next_review: date | None = None
    custom: tuple[CustomValue, ...] = ()
    """What fields of the workspace's own hold."""


PERSON_FIELDS = ("owner", "developer", "validator", "monitoring_owner", "monitoring_deputy")
ENTITY_FIELDS = ("legal_entity", "developed_by", "used_by")
"""The fields that name legal entities: by id, or as text of a time that kept no such register."""
LIST_FIELDS = ("regions", "used_by")

SECTIONS: dict[str, tuple[str, ...]] = {
    "identity": (
        "name",
        "register_id",
        "description",
        "origin",
        "vendor",
        "developed_by",
        "methodology",
    ),
    "roles": ("owner", "developer", "validator", "monitoring_owner", "monitoring_deputy"),
    "risk": (
        "tier",
        "tier_reason",
        "materiality",
        "complexity",
        "monitoring_status",
        "monitoring_note",
        "indicators",
        "remediation",
        "review_frequency_months",
        "last_review",
        "next_review",
    ),
    "use": (
        "purpose",
        "users",
        "products",
        "business_line",
        "legal_entity",
        "used_by",
        "regions",
        "application_scope",
        "operating_boundaries",
        "restrictions",
        "assumptions",
        "limitations",
        "risks_not_captured",
    ),
    "data": ("data_sources", "alternative_data", "calibration_limits", "dependencies"),
    "operation": ("fallback", "runbook"),
}
"""The fields of the record in the order they are read and asked for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and a value as a source gave them: a tag, an alias, a parameter."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as the source gave it; the value is decimal text and never re-judged."""

    name: str
    value: str
    step: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DatasetInput:
    """A dataset a version learned from or was tested on; identity is name and digest."""

    name: str
    digest: str
    source_type: str | None = None
    source: str | None = None
    schema: str | None = None
    rows: int | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """The training run a version came from."""

    id: str
    name: str | None = None
    user: str | None = None
    status: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    is_deleted: bool = False
    code_source: str | None = None
    commit: str | None = None
    parameters: tuple[Pair, ...] = ()
    metrics: tuple[Metric, ...] = ()
    datasets: tuple[DatasetInput, ...] = ()
    tags: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionDetails:
    """One trained or configured state of a model, as its registry tells it."""

    version: str
    stage: str | None = None
    status: str | None = None
    artifact: str | None = None
    signature: str | None = None
    description: str | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    tags: tuple[Pair, ...] = ()
    run_id: str | None = None
    run: Run | None = None
    frameworks: tuple[Pair, ...] = ()
    """What it is built with, by name and version, as its packaging tells."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A registry's entry for a model; the source and the native id together are its identity."""

    source: str
    native_id: str
    name: str
    description: str | None = None
    tags: tuple[Pair, ...] = ()
    aliases: tuple[Pair, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    is_prompt: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """The evidence of a fact: which answer of which source said so, and when it was asked."""

    digest: str
    fetched_at: datetime


def number_text(number: int) -> str:
    """Return the number people say: 42 becomes M-00042."""
    return f"M-{number:05d}"


def number_in(text: str) -> int | None:
    """Return the number that M-00042 or up to five digits say; None for any other text."""
    digits = text.strip().upper()
    is_marked = digits.startswith("M-")
    number = whole(digits.removeprefix("M-"))
    return number if is_marked or len(digits) <= len("99999") else None
