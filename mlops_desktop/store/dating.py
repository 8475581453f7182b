"""Histories by the date from which each event holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.date_rules import EARLIEST
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.model_state import Happening


def is_dated_back(happening: Happening) -> bool:
    """Tell whether a person gave an earlier date; two clocks that differ date nothing back."""
    return happening.effective < happening.at


def check_effective(holds: datetime, moment: datetime) -> None:
    """Refuse a date that nothing recorded at ``moment`` can hold from.

    Raises ``event.effective_in_future``, ``event.effective_implausible``.
    """
    if holds > moment:
        told = clock.to_text(holds)
        raise AppError("event.effective_in_future", where="effective", effective=told)
    if holds.date() < EARLIEST:
        told, first = clock.to_text(holds), EARLIEST.isoformat()
        raise AppError("event.effective_implausible", where="effective", day=told, first=first)


def by_date(
    past: Iterable[Happening], creations: tuple[type[Event], ...]
) -> Iterator[tuple[str, list[Happening]]]:
    """Yield every effective date of a history with what happened on it, in order.

    Nothing can be changed before it is there: its first event opens the earliest date. What
    nobody dated back never holds from before what was recorded earlier, whatever clocks say.
    """
    dates: dict[str, list[Happening]] = defaultdict(list)
    opening: list[Happening] = []
    newest = ""
    for item in past:
        date = clock.to_text(item.effective)
        if not is_dated_back(item):
            date = newest = max(newest, date)
        then = dates[date]
        (opening if isinstance(item.payload, creations) else then).append(item)
    for date in sorted(dates):
        yield date, opening + dates[date]
        opening = []
