"""Two dates on everything: as known at a moment, and as at a moment."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LAST = time(23, 59, 59, 999000, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AsOf:
    """What to show: recorded by the end of ``known`` (UTC), holding at the end of ``at``.

    None means now; with neither, the answer is the current one. ``size`` is how many events of the
    ledger count at most: a place within the day ``known``, as where a campaign began.
    """

    known: date | None = None
    at: date | None = None
    size: int | None = None

    @property
    def is_now(self) -> bool:
        """Whether nothing but the present is asked for."""
        return self.known is None and self.at is None and self.size is None

    @property
    def known_text(self) -> str | None:
        """The last recording time that counts, as text in UTC."""
        return end_of(self.known) if self.known else None

    @property
    def at_text(self) -> str | None:
        """The last effective time that counts, as text in UTC."""
        return end_of(self.at) if self.at else None

    @property
    def latest(self) -> date | None:
        """The later of the days asked for; None for now."""
        return max(filter(None, (self.known, self.at)), default=None)

    @property
    def day(self) -> date:
        """The day on which expiry and overdue are judged."""
        return self.at or self.known or clock.today()


NOW = AsOf()


def end_of(day: date) -> str:
    """Return the last moment of a day, as text in UTC."""
    return clock.to_text(datetime.combine(day, _LAST))


def on(day: date) -> AsOf:
    """Return what was known on a day about that day."""
    return AsOf(known=day, at=day)


def parse_day(text: str, option: str) -> date:
    """Read an ISO date; raises ``date.not_a_date`` naming the option it came from."""
    if not _DAY.fullmatch(text):
        raise AppError("date.not_a_date", where=option, text=text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AppError("date.not_a_date", where=option, text=text) from None
