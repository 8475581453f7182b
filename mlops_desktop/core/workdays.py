"""Working days of a German bank: neither weekend nor TARGET nor nationwide holiday.

TARGET closing days: ECB, 14 December 2000 (1 January, Good Friday, Easter Monday, 1 May,
25 and 26 December). Nationwide in Germany besides: Ascension, Whit Monday, 3 October.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
_FROM_EASTER = (-2, 1, 39, 50)


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, ch. 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache
def holidays(year: int) -> frozenset[date]:
    """Return the days of a year on which no bank in Germany works, weekends aside."""
    sunday = easter(year)
    moving = {sunday + timedelta(days=number) for number in _FROM_EASTER}
    return frozenset({date(year, month, day) for month, day in _FIXED} | moving)


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    """Tell whether banks work on a day; ``closed`` are the workspace's own holidays."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year) and day not in closed


def add_working_days(start: date, number: int, closed: Collection[date] = ()) -> date:
    """Return the day on which ``number`` working days after ``start`` have passed."""
    day = start
    while number > 0:
        day += timedelta(days=1)
        number -= is_working_day(day, closed)
    return day
