"""A forecast of our own: a straight line through weekly medians, with how far it can be trusted.

The method, so that anybody can do it again: the median of each of the last 26 whole weeks' daily
values; ordinary least squares on them; for a week ahead the 90 % prediction interval of a single
value, by Student's t with n - 2 degrees of freedom (Draper and Smith, Applied Regression Analysis,
section 1.4). Below eight weeks it says nothing. It knows no seasons and no plans.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

WEEKS = 26
"""How many whole weeks are looked at."""
LEAST = 8
"""How many weeks with a value it takes."""
AHEAD = 13
"""How many weeks ahead the value is told."""
FARTHEST = 104
"""Beyond so many weeks ahead nobody is told when a capacity is used up."""

# Student's t, 95 % one-sided, by degrees of freedom from 6 to 24 (n from 8 to 26 weeks)
_T = (
    1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734,
    1.729, 1.725, 1.721, 1.717, 1.714, 1.711,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is expected in a week ahead, and between which values a single week lies (90 %)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """A line through weekly medians: by how much it grows a week, from how many weeks it is.

    Weeks are counted from the last whole one, which is 0.
    """

    weeks: int
    slope: float
    level: float
    spread: float
    middle: float
    breadth: float

    def at(self, week: float) -> Ahead:
        """Return what is expected so many weeks after the last whole one."""
        value = self.level + self.slope * week
        far = (week - self.middle) ** 2 / self.breadth
        margin = _T[self.weeks - LEAST] * self.spread * sqrt(1 + 1 / self.weeks + far)
        return Ahead(value, value - margin, value + margin)

    def reaches(self, capacity: float) -> "Reaching":
        """Return in how many weeks the capacity is used up: expected, and at the earliest."""
        weeks = range(FARTHEST + 1)
        expected = next((week for week in weeks if self.at(week).value >= capacity), None)
        earliest = next((week for week in weeks if self.at(week).high >= capacity), None)
        return Reaching(expected, earliest)


@dataclass(frozen=True, slots=True)
class Reaching:
    """In how many weeks a capacity is used up; None where not within two years."""

    expected: int | None
    earliest: int | None


def forecast(medians: Mapping[int, float]) -> Forecast | None:
    """Return the line through medians by week (0 the last whole one, -1 before); None for too few.

    Only the last 26 weeks count.
    """
    known = {week: value for week, value in medians.items() if -WEEKS < week <= 0}
    number = len(known)
    if number < LEAST:
        return None
    middle, mean = fmean(known), fmean(known.values())
    breadth = sum((week - middle) ** 2 for week in known)
    slope = sum((week - middle) * (value - mean) for week, value in known.items()) / breadth
    level = mean - slope * middle
    rest = sum((value - level - slope * week) ** 2 for week, value in known.items())
    return Forecast(number, slope, level, sqrt(rest / (number - 2)), middle, breadth)
