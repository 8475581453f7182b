"""Tests of versions: kinds that a tier asks for, tests that persons define, and their results."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from mlops_desktop.core.events.checks import CheckKind, Verdict
from mlops_desktop.core.events.use_cases import Direction


class TestKind(StrEnum):
    """What a test is about."""

    __test__ = False  # pytest collects what is called so

    DATA = "data"
    MODEL = "model"
    SECURITY = "security"
    LOAD = "load"
    AVAILABILITY = "availability"
    ROLLBACK = "rollback"


KIND_OF_CHECK = {
    CheckKind.TEST: TestKind.MODEL,
    CheckKind.PERFORMANCE: TestKind.MODEL,
    CheckKind.DRIFT: TestKind.DATA,
    CheckKind.DATA_QUALITY: TestKind.DATA,
    CheckKind.LOAD: TestKind.LOAD,
    CheckKind.SECURITY: TestKind.SECURITY,
    CheckKind.BILL_OF_MATERIALS: TestKind.SECURITY,
}
"""Which kind of test the result of a source stands for; the verdict stays the source's."""

RED = frozenset({Verdict.FAILED, Verdict.ERROR})
"""The verdicts that refuse a delivery."""

GREEN = frozenset({Verdict.PASSED, Verdict.WARNING})
"""The verdicts that satisfy what a tier asks for; a warning is the source's to give."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """The newest result of one test for one version.

    ``definition`` and ``revision`` name a test that persons defined here, ``source`` who told the
    result otherwise. ``value`` and ``threshold`` are as they were then.
    """

    __test__ = False

    kind: TestKind
    name: str
    verdict: Verdict
    at: str
    source: str | None = None
    definition: str | None = None
    revision: int | None = None
    value: str | None = None
    threshold: str | None = None
    total: int | None = None
    failed: int | None = None
    evidence: str | None = None


def judge(value: str, direction: Direction, threshold: str) -> Verdict:
    """Return whether a value passes, exactly; what is no number could not be tested."""
    try:
        found, bound = Decimal(value), Decimal(threshold)
    except InvalidOperation:
        return Verdict.ERROR
    if not found.is_finite():
        return Verdict.ERROR
    is_good = found >= bound if direction is Direction.AT_LEAST else found <= bound
    return Verdict.PASSED if is_good else Verdict.FAILED


def kinds_missing(
    required: tuple[TestKind, ...], results: tuple[TestResult, ...]
) -> tuple[TestKind, ...]:
    """Return the kinds that a tier asks for and no good result shows, in the order asked for."""
    shown = {one.kind for one in results if one.verdict in GREEN | RED}
    return tuple(kind for kind in required if kind not in shown)
