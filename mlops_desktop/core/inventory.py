"""The inventory's nouns as frozen values: Model, Version, Run, Deployment and their parts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable


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
class ModelDetails:
    """The fields of a model that people keep; None means not recorded.

    Covers OSFI E-23 (2027) Appendix 1 together with what is derived: model id, deployed version,
    date of deployment and approver. Persons are named by id; free text can be erased.
    ``register_id`` is the model's id in the register that the bank keeps or kept elsewhere.
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
    regions: tuple[str, ...] = ()
    owner: str | None = None
    developer: str | None = None
    validator: str | None = None
    monitoring_owner: str | None = None
    tier: int | None = None
    tier_reason: Erasable | None = None
    materiality: Grade | None = None
    complexity: Grade | None = None
    dependencies: Erasable | None = None
    data_sources: Erasable | None = None
    assumptions: Erasable | None = None
    limitations: Erasable | None = None
    monitoring_status: Monitoring | None = None
    monitoring_note: Erasable | None = None
    review_frequency_months: int | None = None
    last_review: date | None = None
    next_review: date | None = None


PERSON_FIELDS = ("owner", "developer", "validator", "monitoring_owner")


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
