"""What must not run over: findings, exceptions, overlays, conditions, obligations, emergencies.

Each fact is there for every model and holds until the first day that somebody must keep; without
anything open it holds without an end.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from mlops_desktop.core.emergencies import EmergencyState
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.emergencies import read_emergencies
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries import profile_facts
from mlops_desktop.store.queries.approvals import list_requests
from mlops_desktop.store.queries.item_records import ItemRecord, day_of
from mlops_desktop.store.queries.permissions import list_emergencies, list_permissions

LEADS = {
    "record.findings_in_time": "findings",
    "record.exceptions_in_time": "exceptions",
    "record.overlays_in_time": "overlays",
    "record.conditions_in_time": "conditions",
    "record.obligations_in_time": "obligations",
    "record.emergencies_ratified": "emergencies",
}
_Ends: TypeAlias = Iterator[tuple[str, date | None]]
"""Models with a day that must be kept; None where nothing was set that could be kept."""


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the facts about what must not run over."""
    return names & _ENDS.keys()


def gather(asked: Asked) -> Told:
    """Yield each fact with the first of the days; a model without the day it needs has no fact."""
    for name in sorted(asked.names):
        first: dict[str, date | None] = {}
        for model, day in _ENDS[name](asked):
            known = first.get(model, day)
            first[model] = min(known, day) if known and day else None
        facts = {day: Fact(None, day) for day in {*first.values(), None}}
        for model in asked.rows:
            if first.get(model, date.max) is not None:
                yield model, name, facts[first.get(model)]


def _items(noun: str, counts: Callable[[ItemRecord], bool]) -> Callable[[Asked], _Ends]:
    def find(asked: Asked) -> _Ends:
        for item in asked.items.of(noun):
            if not item.is_closed and counts(item):
                end = item.due or item.expires
                for model in item.models:
                    yield model, day_of(end) if end else None

    return find


def _is_open(item: ItemRecord) -> bool:
    return True


def _is_active(item: ItemRecord) -> bool:
    return item.stage == "active"


def _conditions(asked: Asked) -> _Ends:
    connection = asked.view.connection
    keys = profile_facts.conditional_requests(connection, asked.as_of, asked.model)
    for row in list_requests(connection, keys=keys, as_of=asked.as_of) if keys else ():
        for one in stand_of_conditions(row, asked.as_of.day):
            if row.status in GRANTED and one.met is None and one.due is not None:
                yield row.model, one.due


def _obligations(asked: Asked) -> _Ends:
    for row in list_permissions(asked.view.connection, asked.model, asked.as_of):
        for one in row.permission.obligations:
            if not one.is_met and one.due is not None:
                yield row.model, one.due


def _emergencies(asked: Asked) -> _Ends:
    found = list_emergencies(asked.view.connection, asked.model, asked.as_of)
    # Emergencies are few; whether one was ratified is told of one model at a time.
    for model in dict.fromkeys(row.emergency.model for row in found):
        for stand in read_emergencies(asked.view, model, asked.as_of):
            if stand.state is not EmergencyState.RATIFIED:
                yield model, stand.row.emergency.due


_ENDS: Mapping[str, Callable[[Asked], _Ends]] = {
    "record.findings_in_time": _items("finding", _is_open),
    "record.exceptions_in_time": _items("exception", _is_open),
    "record.overlays_in_time": _items("overlay", _is_active),
    "record.conditions_in_time": _conditions,
    "record.obligations_in_time": _obligations,
    "record.emergencies_ratified": _emergencies,
}
