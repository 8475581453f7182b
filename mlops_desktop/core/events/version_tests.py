"""What happens to a test of versions: defined, changed, ended, evaluated; what a tier asks for."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.items.details import DecimalText, ItemDetails
from mlops_desktop.core.version_tests import TestKind


@dataclass(frozen=True, slots=True)
class TestDetails(ItemDetails):
    """A test: the metric of a version that is held to a threshold, of which kind it is.

    ``segment`` is the part of the metric's name behind ``@``; ``source`` names whose versions it
    is for, all of them where it is left out.
    """

    __test__ = False

    kind: TestKind | None = None
    metric: str | None = None
    direction: Direction | None = None
    threshold: DecimalText | None = None
    segment: str | None = None
    source: str | None = None


@event("test.opened")
@dataclass(frozen=True, slots=True)
class TestOpened:
    """A test of some models' versions was defined."""

    __test__ = False

    item: str
    models: tuple[str, ...]
    details: TestDetails


@event("test.edited")
@dataclass(frozen=True, slots=True)
class TestEdited:
    """What a test says about itself changed, but nothing of what it measures."""

    __test__ = False

    item: str
    details: TestDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("test.moved")
@dataclass(frozen=True, slots=True)
class TestMoved:
    """A test has a new revision from here on, or is ended."""

    __test__ = False

    item: str
    step: str
    details: TestDetails
    reason: Erasable | None = None


@event("test.evaluated")
@dataclass(frozen=True, slots=True)
class TestEvaluated:
    """A reading of a version was held to a test.

    Threshold and direction are those in force then, ``revision`` counts the test's revisions
    from one, ``evidence`` is the SHA-256 of the answer the value stood in.
    """

    __test__ = False

    test: str
    revision: int
    model: str
    version: str
    value: str
    direction: Direction
    threshold: str
    verdict: Verdict
    measured_at: datetime | None = None
    evidence: str | None = None


@event("tests.required")
@dataclass(frozen=True, slots=True)
class TestsRequired:
    """From here on the gate asks these kinds of tests of every version in a tier."""

    __test__ = False

    tier: int
    kinds: tuple[TestKind, ...]
    reason: Erasable
