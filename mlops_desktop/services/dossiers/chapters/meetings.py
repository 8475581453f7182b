"""Meetings: where a model stood on the agenda, who was there, partial, for or against, the minutes.

Minutes are printed by their digest: they speak of other models as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import mlops_desktop.store.queries.approvals as requests
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.meetings import Item
from mlops_desktop.core.meetings import outcome_of
from mlops_desktop.dossier.content import (
    Cell,
    Chapter,
    Field,
    Grid,
    Kind,
    Missing,
    Part,
    Reason,
    Value,
)
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.meetings import MeetingRow, list_meetings
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 72
_BALLOT = ("meeting_member", "meeting_present", "meeting_vote", "meeting_partial")


@dataclass(frozen=True, slots=True)
class _Place:
    """A model's place on an agenda."""

    meeting: MeetingRow
    item: Item
    request: RequestRow
    names: Mapping[str, str]


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return a part for each item of an agenda that is about the model."""
    asked = requests.list_requests(view.connection, model=sheet.row.key, as_of=as_of)
    by_key = {row.key: row for row in asked}
    places = [
        _Place(row, item, by_key[item.request], sheet.names)
        for row in list_meetings(view.connection, as_of)
        for item in row.called.agenda
        if item.request in by_key and item.request is not None
    ]
    return Chapter("meetings", tuple(map(_part, places)) or cells.NOT_YET)


def _part(place: _Place) -> Part:
    called = place.meeting.called
    label = f"{place.meeting.id} {called.body}, {place.item.number}: {place.request.id}"
    rows = tuple(_member(place, one) for one in called.members)
    grid = Grid(_BALLOT, rows) if place.meeting.minuted is not None else None
    return Part("meeting", label, tuple(_fields(place)), grid)


def _fields(place: _Place) -> Iterator[Field]:
    called, minuted = place.meeting.called, place.meeting.minuted
    kind = "circular" if called.is_circular else "sitting"
    yield Field("meeting_kind", cells.code(f"meeting.{kind}"))
    yield Field("meeting_on", cells.day(called.held_on))
    yield Field("meeting_item", cells.said(place.item.title))
    yield Field("meeting_papers", _papers(place.item))
    yield Field("meeting_chair", cells.person(place.names, called.chair))
    yield Field("meeting_secretary", cells.person(place.names, called.secretary))
    yield Field("meeting_quorum", cells.count(called.quorum))
    if minuted is None:
        yield Field("meeting_outcome", cells.NOT_YET)
        return
    yield Field("meeting_counted", cells.count(len(_counted(place))))
    yield Field("meeting_outcome", _outcome(place))
    yield Field("meeting_minutes", cells.text(minuted.minutes.digest))
    yield Field("meeting_file", cells.document(minuted.document))
    yield Field("meeting_signed", _signed(place))


def _papers(item: Item) -> Cell:
    found = [value for one in item.papers for value in _values(cells.document(one))]
    return tuple(found) or Missing(Reason.NOT_RECORDED)


def _values(cell: Cell) -> tuple[Value, ...]:
    return () if isinstance(cell, Missing) else cell


def _recused(place: _Place) -> set[str]:
    minuted = place.meeting.minuted
    said = minuted.partial if minuted is not None else ()
    declared = {one.person for one in said if one.item == place.item.number}
    return {*declared, *place.request.state.recused}


def _counted(place: _Place) -> list[str]:
    minuted = place.meeting.minuted
    present = minuted.present if minuted is not None else ()
    return [one for one in present if one not in _recused(place)]


def _vote(place: _Place, person: str) -> Decision | None:
    minuted = place.meeting.minuted
    votes = minuted.votes if minuted is not None else ()
    mine = [one for one in votes if (one.item, one.person) == (place.item.number, person)]
    return mine[0].decision if mine else None


def _outcome(place: _Place) -> Cell:
    minuted = place.meeting.minuted
    votes = [one for one in minuted.votes if one.item == place.item.number] if minuted else []
    outcome = outcome_of(votes)
    return cells.code(f"vote.{outcome.value}" if outcome else "vote.noted")


def _member(place: _Place, person: str) -> tuple[Cell, ...]:
    minuted, vote = place.meeting.minuted, _vote(place, person)
    is_there = minuted is not None and person in minuted.present
    return (
        cells.person(place.names, person),
        cells.code("yes" if is_there else "no"),
        cells.code(f"vote.{vote.value if vote else 'none'}"),
        _reason(place, person),
    )


def _reason(place: _Place, person: str) -> Cell:
    minuted = place.meeting.minuted
    for one in minuted.partial if minuted is not None else ():
        if (one.item, one.person) == (place.item.number, person):
            return cells.said(one.reason)
    declared = person in place.request.state.recused
    return cells.code("vote.recused" if declared else "no")


def _signed(place: _Place) -> Cell:
    signed = [one for one in place.meeting.signed if one.item == place.item.number]
    found = [value for one in signed for value in _values(_signature(place, one.person))]
    return tuple(found) or cells.NOT_YET


def _signature(place: _Place, person: str) -> Cell:
    capacity = "chair" if person == place.meeting.called.chair else "secretary"
    named = place.names.get(person, person)
    return (Value(Kind.CODE, f"capacity.{capacity}"), Value(Kind.TEXT, named))
