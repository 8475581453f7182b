"""Versions side by side, the best by a stated criterion, and what that criterion hides."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from mlops_desktop.core.events.use_cases import Direction


class Part(StrEnum):
    """What is compared."""

    METRIC = "metric"
    MONITORING = "monitoring"
    DATA = "data"
    CHECKED_ON = "checked_on"
    """Data on which a version was validated or tested: it did not learn from it."""
    PARAMETER = "parameter"
    TEST = "test"
    RESOURCE = "resource"


class Hidden(StrEnum):
    """What a criterion does not show of the version that is best by it."""

    WORSE = "worse"
    UNMEASURED = "unmeasured"
    OTHER_DATA = "other_data"
    OTHER_CHECKS = "other_checks"
    """Its metrics come from other data than those of another version."""
    RED_TEST = "red_test"
    MISSING_TEST = "missing_test"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of every version, in the order of the versions; None where it was not told."""

    part: Part
    name: str
    values: tuple[str | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the versions differ in it."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class Criterion:
    """By what the best is told: a metric, and which way is better."""

    metric: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that the criterion hides of its best version; ``name`` says of what."""

    kind: Hidden
    name: str = ""
    best: str = ""
    other: str = ""


_WORD = re.compile(r"[a-z0-9]+")
_UP = frozenset(
    {
        *("accuracy", "precision", "recall", "f1", "f1_score", "auc", "roc_auc", "gauc", "gini"),
        *("ks", "qini", "r2", "conversion", "adverse"),
    }
)
_DOWN = frozenset(
    {
        *("loss", "log_loss", "brier", "rmse", "mse", "mae", "mape", "mdape", "psi"),
        *("latency", "latency_ms", "p95", "cost", "error"),
    }
)


def usual_direction(metric: str) -> Direction | None:
    """Return which way a metric is better by the words of its name; None where they do not say.

    An adverse-impact ratio is better the higher it is (29 CFR 1607.4(D), four-fifths rule).
    """
    name = metric.partition("@")[0].lower()
    words = {name, *_WORD.findall(name)}
    ways = {Direction.AT_LEAST: _UP & words, Direction.AT_MOST: _DOWN & words}
    told = [way for way, found in ways.items() if found]
    return told[0] if len(told) == 1 else None


def find_best(line: Line, direction: Direction) -> int | None:
    """Return the place of the best version in a line of numbers; None without any, or for a tie."""
    numbers = [(number, at) for at, value in enumerate(line.values) if (number := _number(value))]
    found = [(number[0], at) for number, at in numbers]
    if not found:
        return None
    pick = max if direction is Direction.AT_LEAST else min
    top = pick(number for number, _ in found)
    holders = [at for number, at in found if number == top]
    return holders[0] if len(holders) == 1 else None


def find_cautions(
    lines: Iterable[Line], best: int, criterion: Criterion, known: Mapping[str, Direction]
) -> Iterator[Caution]:
    """Yield what the criterion hides of its best version: worse, unmeasured, other data, tests.

    ``known`` says which way metrics are better, where persons said so; of others the usual
    direction counts, and one nobody knows is not judged.
    """
    told = tuple(lines)
    for line in told:
        if line.part in (Part.METRIC, Part.MONITORING) and line.name != criterion.metric:
            yield from _about_metric(line, best, known)
        elif line.part is Part.TEST:
            yield from _about_test(line, best)
    for part, kind in ((Part.DATA, Hidden.OTHER_DATA), (Part.CHECKED_ON, Hidden.OTHER_CHECKS)):
        data = [line.name for line in told if line.part is part and line.differs]
        if data:
            yield Caution(kind, ", ".join(data[:3]))


def _about_metric(line: Line, best: int, known: Mapping[str, Direction]) -> Iterator[Caution]:
    direction = known.get(line.name) or usual_direction(line.name)
    own = _number(line.values[best])
    others = [
        (number[0], value)
        for at, value in enumerate(line.values)
        if at != best and value is not None and (number := _number(value))
    ]
    if own is None and others:
        yield Caution(Hidden.UNMEASURED, line.name, other=others[0][1])
    elif own is not None and others and direction is not None:
        pick = max if direction is Direction.AT_LEAST else min
        top, text = pick(others)
        is_worse = top > own[0] if direction is Direction.AT_LEAST else top < own[0]
        if is_worse:
            yield Caution(Hidden.WORSE, line.name, line.values[best] or "", text)


def _about_test(line: Line, best: int) -> Iterator[Caution]:
    value = line.values[best]
    if value in ("failed", "error"):
        yield Caution(Hidden.RED_TEST, line.name, value)
    elif value is None and line.differs:
        yield Caution(Hidden.MISSING_TEST, line.name)


def _number(text: str | None) -> tuple[Decimal] | None:
    """Return a finite number in a tuple, so that zero is one too; None for anything else."""
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return (number,) if number.is_finite() else None
