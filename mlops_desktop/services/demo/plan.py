"""What happened at the bank, act by act, in the order of time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from mlops_desktop.core import clock
from mlops_desktop.core.work import Report
from mlops_desktop.services.demo.stage import Stage

Perform = Callable[[Stage], object]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did at a moment, by calling a service."""

    at: datetime
    perform: Perform


class Hours:
    """When in a day each kind of thing happens (UTC), so that causes come before effects."""

    ENROL = time(7, 0)
    CONNECT = time(7, 30)
    REGISTER = time(8, 0)
    VERSION = time(8, 40)
    DEPLOY = time(8, 50)
    EDIT = time(9, 40)
    MOVE = time(10, 50)
    REQUEST = time(11, 20)
    ITEM = time(12, 10)
    DECIDE = time(13, 10)
    STEP = time(14, 30)
    REVOKE = time(15, 30)
    LINK = time(18, 10)
    SYNC = time(18, 30)


_STEP = timedelta(seconds=1)
_SPREAD_MS = 24 * 60 * 1000


def about(at: datetime, *parts: object) -> datetime:
    """Return a moment up to 24 minutes after ``at``, the same for the same parts: people vary."""
    digest = sha256("/".join(map(str, parts)).encode()).digest()
    return at + timedelta(milliseconds=int.from_bytes(digest[:4], "big") % _SPREAD_MS)


def perform(stage: Stage, acts: Iterable[Act], report: Report) -> None:
    """Perform acts in the order of time, the clock standing where each of them happened.

    Acts of the same moment follow each other by a second, in the order given.
    """
    ordered = sorted(acts, key=lambda act: act.at)
    last = datetime.min.replace(tzinfo=UTC)
    for done, act in enumerate(ordered, 1):
        last = max(act.at, last + _STEP)
        with clock.reading(lambda moment=last: moment):  # type: ignore[misc]
            act.perform(stage)
        report("demo.living", done, len(ordered))
