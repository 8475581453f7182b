"""Validations whose report was approved: the first, the last within its interval, its areas."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

import msgspec

from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.core.validations import RHYTHMS, Cause, areas_missing, next_due
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries.item_records import ItemRecord, day_of

_DONE = "approved"


class _Details(msgspec.Struct):
    cause: str | None = None


_DETAILS = msgspec.json.Decoder(_Details)


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the facts about validations."""
    return names & _FACTS.keys()


def gather(asked: Asked) -> Told:
    """Yield what each model has; the days are those on which reports were approved."""
    done = _done(asked)
    for name in sorted(asked.names):
        tell = _FACTS[name]
        for model in asked.rows:
            fact = tell(asked, model, done.get(model, ()))
            if fact is not None:
                yield model, name, fact


def _done(asked: Asked) -> Mapping[str, list[ItemRecord]]:
    """Return the validations of each model that are done, the earliest first."""
    found: dict[str, list[ItemRecord]] = defaultdict(list)
    items = [item for item in asked.items.of("validation") if item.stage == _DONE and item.closed]
    for item in sorted(items, key=lambda item: item.closed or ""):
        for model in item.models:
            found[model].append(item)
    return found


@lru_cache(maxsize=4_096)
def _fact(closed: str | None, until: date | None = None) -> Fact:
    return Fact(day_of(closed) if closed else None, until)


_Done = list[ItemRecord] | tuple[()]


def _last(asked: Asked, model: str, done: _Done) -> Fact | None:
    return _fact(done[-1].closed) if done else None


def _initial(asked: Asked, model: str, done: _Done) -> Fact | None:
    initial = Cause.INITIAL.value
    found = (one for one in done if _DETAILS.decode(one.record).cause == initial)
    return next((_fact(one.closed) for one in found), None)


def _in_time(asked: Asked, model: str, done: _Done) -> Fact | None:
    """A review that was recorded from before counts like a validation made here."""
    details = asked.details[model]
    days = [one.closed for one in done[-1:]] + [details.get("last_review")]
    last = max((day for day in days if day), default=None)
    if last is None:
        return None
    tier = asked.rows[model].tier
    return _until(last, tier if tier in RHYTHMS else None, details.get("review_frequency_months"))


@lru_cache(maxsize=4_096)
def _until(last: str, tier: int | None, months: int | None) -> Fact:
    return Fact(day_of(last), next_due(day_of(last), tier, months).overdue_after)


def _report(asked: Asked, model: str, done: _Done) -> Fact | None:
    if not done:
        return None
    took = dict(done[-1].steps)
    approver = took.get("approve_report")
    is_apart = approver is not None and approver != took.get("report")
    return _fact(done[-1].closed) if is_apart else None


def _areas(asked: Asked, model: str, done: _Done) -> Fact | None:
    """Which areas must be looked at follows from the tier of today, not from that of then."""
    tier = asked.rows[model].tier
    if not done or areas_missing(tier if tier in RHYTHMS else None, done[-1].marked):
        return None
    return _fact(done[-1].closed)


_FACTS: Mapping[str, Callable[[Asked, str, _Done], Fact | None]] = {
    "record.validation": _last,
    "record.initial_validation": _initial,
    "record.validation_in_time": _in_time,
    "record.report_approval": _report,
    "record.validation_areas": _areas,
}
LEADS = dict.fromkeys(_FACTS, "validation")
