"""Results of tests and checks, with the verdict of whoever ran them."""

from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.details import ObservedDetails


class CheckKind(StrEnum):
    """What was checked."""

    TEST = "test"
    DATA_QUALITY = "data_quality"
    DRIFT = "drift"
    PERFORMANCE = "performance"
    LOAD = "load"
    SECURITY = "security"
    BILL_OF_MATERIALS = "bill_of_materials"


class Verdict(StrEnum):
    """The source's own verdict, the worst first; one that could not be checked did not fail."""

    FAILED = "failed"
    ERROR = "error"
    WARNING = "warning"
    SKIPPED = "skipped"
    PASSED = "passed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CheckCase:
    """One case of a result: what was expected, the value found, the threshold it was held to."""

    name: str
    verdict: Verdict
    value: str | None = None
    threshold: str | None = None
    method: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class CheckDetails(ObservedDetails):
    """A result: its cases that did not pass come first, ``total`` counts all there were.

    Values, methods, thresholds and verdicts are the source's; decimals are shortest texts.
    """

    kind: CheckKind | None = None
    suite: str | None = None
    verdict: Verdict | None = None
    total: int | None = None
    passed: int | None = None
    failed: int | None = None
    errors: int | None = None
    skipped: int | None = None
    dataset: str | None = None
    commit: str | None = None
    branch: str | None = None
    run: str | None = None
    cases: tuple[CheckCase, ...] = ()


@event("check.observed")
@dataclass(frozen=True, slots=True)
class CheckObserved:
    """A source told of a check: for the first time, otherwise than before, or again."""

    thing: str
    source: str
    native_id: str
    models: tuple[str, ...]
    details: CheckDetails
    seen: Sighting
