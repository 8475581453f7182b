"""Days of the sample history: fixed ones, and ones that count from the day of opening."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

_COUNTED = re.compile(r"([+-]\d+)([db])([+-]\d+)?m?")
_IN_TEXT = re.compile(r"\{([+-]\d+[db]|quarter_end)\}")
_QUARTER_END = "quarter_end"
_NOTICE = timedelta(days=30)
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns the data files' days into dates, as seen from the day of opening.

    ``2026-03-14`` is that day and ``2026-03-14T01:50`` that minute (UTC); ``-8d`` lies eight days
    before the opening, ``-8b`` eight working days, and ``-8b+12m`` twelve months after that;
    ``quarter_end`` is the first end of a quarter at least thirty days ahead.
    """

    opening: date

    def day(self, text: str) -> date:
        """Return the date that ``text`` means; raises ValueError for none of the forms."""
        if text == _QUARTER_END:
            return _quarter_end(self.opening + _NOTICE)
        counted = _COUNTED.fullmatch(text)
        if counted is None:
            return date.fromisoformat(text.partition("T")[0])
        number, months = int(counted[1]), int(counted[3] or 0)
        if counted[2] == "d":
            return _months_from(self.opening + timedelta(days=number), months)
        return _months_from(_working_days_from(self.opening, number), months)

    def moment(self, text: str, otherwise: time) -> datetime:
        """Return the time that ``text`` means, at ``otherwise`` (UTC) where it names no time."""
        _, named, hour = text.partition("T")
        at = time.fromisoformat(hour) if named else otherwise
        return datetime.combine(self.day(text), at, tzinfo=UTC)

    def fill(self, text: str) -> str:
        """Return ``text`` with every ``{-8d}`` written out as a German date."""
        return _IN_TEXT.sub(lambda found: f"{self.day(found[1]):%d.%m.%Y}", text)

    def fill_date(self, text: str) -> str:
        """Return a counted day in ISO form; any other text as it is."""
        is_counted = text == _QUARTER_END or _COUNTED.fullmatch(text)
        return self.day(text).isoformat() if is_counted else text


def _quarter_end(day: date) -> date:
    month = (day.month + 2) // 3 * 3
    following = date(day.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _months_from(day: date, number: int) -> date:
    first = date(day.year + (day.month - 1 + number) // 12, (day.month - 1 + number) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, 28) - 1) if number else day


def _working_days_from(day: date, number: int) -> date:
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() >= _WEEKEND:
            day += step
    return day
