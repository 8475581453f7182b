"""Values over time as a figure shows them: lines with their gaps, bounds as they held, events."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

When: TypeAlias = datetime | float
"""A moment, or the place of a version among versions."""


@dataclass(frozen=True, slots=True)
class Line:
    """One series in the order of time; NaN is a gap and is never bridged."""

    name: str
    times: tuple[When, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit as it held: from when which value, NaN where none did.

    ``tone`` is a role of colours: warn, bad, muted.
    """

    name: str
    steps: tuple[tuple[When, float], ...]
    tone: str = "muted"

    def at(self, when: When) -> float | None:
        """Return the value that held then; None where none did."""
        place = bisect_right(self.steps, when, key=lambda step: step[0])
        value = self.steps[place - 1][1] if place else None
        return value if value == value else None  # noqa: PLR0124 - NaN differs from itself


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened at a time, as a version put into production."""

    at: When
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is shown; ``unmeasured`` are times without a value that there should have been."""

    lines: tuple[Line, ...]
    unit: str = ""
    bounds: tuple[Bound, ...] = ()
    happenings: tuple[Happening, ...] = ()
    unmeasured: tuple[tuple[When, When], ...] = ()
