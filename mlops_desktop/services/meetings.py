"""Committees: a meeting is called, minuted, and signed by chair and secretary with their keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import mlops_desktop.store.queries.approvals as requests
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.date_rules import check_plausible
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision, Seen
from mlops_desktop.core.events.meetings import (
    Item,
    MeetingCalled,
    MeetingItemAdded,
    MeetingMinuted,
    Partiality,
    ResolutionSigned,
)
from mlops_desktop.core.identity import Person
from mlops_desktop.core.meetings import VOTES, Ballotting, Vote, find_fault, outcome_of
from mlops_desktop.core.quorum import Capacity
from mlops_desktop.core.rules import ALWAYS_BARRED
from mlops_desktop.core.standing import Status
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.cases import View, relations_of
from mlops_desktop.services.decisions import Unlock
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.meeting_checks import check_asked, check_held, refuse_signer, step_of
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries import meetings as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.meetings import MeetingRow
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item of the agenda: a request by its id, or something to be noted; with its papers."""

    title: str
    request: str | None = None
    papers: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """Which body meets when, about what; persons by name or id."""

    body: str
    held_on: date
    chair: str
    secretary: str
    members: tuple[str, ...]
    quorum: int
    agenda: tuple[NewItem, ...]
    is_circular: bool = False


@dataclass(frozen=True, slots=True)
class Minutes:
    """Who was there, who voted how on which item, who was partial and why; persons by name."""

    present: tuple[str, ...]
    votes: tuple[tuple[int, str, Decision], ...]
    text: str
    partial: tuple[tuple[int, str, str], ...] = ()
    file: File | None = None


def list_meetings(session: Session, as_of: AsOf = NOW) -> tuple[MeetingRow, ...]:
    """Return every meeting in the order called."""
    with session.workspace.read() as view:
        return queries.list_meetings(view.connection, as_of)


def show_meeting(session: Session, id: str, as_of: AsOf = NOW) -> MeetingRow:
    """Return one meeting; raises ``meeting.not_found``."""
    with session.workspace.read() as view:
        return queries.get_meeting(view.connection, id, as_of)


@locks_late
def call_meeting(session: Session, wanted: NewMeeting) -> Recorded:
    """Call a meeting, or a circular resolution.

    Raises ``meeting.body_missing``, ``meeting.agenda_missing``, ``meeting.quorum_refused``,
    ``meeting.one_for_both``, ``person.not_found``, ``approval.not_found``, ``approval.not_open``,
    ``meeting.before_request`` for a day before a request on the agenda was made,
    ``meeting.no_step`` for a request whose rule leaves this body nothing to decide.
    """
    _check_call(wanted)
    with session.workspace.write(session.actor) as work:
        chair, secretary = _ids(work, (wanted.chair, wanted.secretary))
        if chair == secretary:
            raise AppError("meeting.one_for_both", where="secretary")
        members = tuple(dict.fromkeys((*_ids(work, wanted.members), chair)))
        if not 0 < wanted.quorum <= len(members):
            raise AppError("meeting.quorum_refused", where="quorum", most=len(members))
        key, body = new_id(), clean_text(wanted.body).strip()
        agenda = tuple(
            _item(work, number, one, (body, wanted.held_on))
            for number, one in enumerate(wanted.agenda, 1)
        )
        people_of = (chair, secretary, members)
        told = (wanted.held_on, *people_of, wanted.quorum, agenda, wanted.is_circular)
        work.record(MeetingCalled(key, body, *told))
    return Recorded(key, work.changes)


def _check_call(wanted: NewMeeting) -> None:
    if not clean_text(wanted.body).strip():
        raise AppError("meeting.body_missing", where="body")
    if not wanted.agenda:
        raise AppError("meeting.agenda_missing", where="agenda")
    check_plausible("held_on", wanted.held_on)


def _ids(view: View, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(people.find_person(view.connection, name).id for name in names)


def _item(work: WriteSession, number: int, one: NewItem, of: tuple[str, date]) -> Item:
    request = None
    if one.request is not None:
        row = requests.get_request(work.connection, one.request)
        if row.status is not Status.OPEN:
            raise AppError("approval.not_open", status=row.status.value)
        body, held_on = of
        check_asked(row, held_on)
        step_of(body, row)
        request = row.key
    papers = tuple(keep_file(work, file) for file in one.papers)
    return Item(number, must_commit(one.title), request, papers)


@locks_late
def add_item(session: Session, id: str, wanted: NewItem) -> Recorded:
    """Put an item on the agenda of a meeting that has no minutes yet.

    Raises ``meeting.not_found``, ``meeting.already_minuted``, ``meeting.agenda_missing`` for an
    item without a title, ``meeting.item_twice``, ``approval.not_found``, ``approval.not_open``,
    ``meeting.before_request``, ``meeting.no_step``.
    """
    if not clean_text(wanted.title).strip():
        raise AppError("meeting.agenda_missing", where="title")
    with session.workspace.write(session.actor) as work:
        row = queries.get_meeting(work.connection, id)
        if row.minuted is not None:
            raise AppError("meeting.already_minuted", id=row.id)
        item = _item(
            work, len(row.called.agenda) + 1, wanted, (row.called.body, row.called.held_on)
        )
        if item.request is not None and item.request in {one.request for one in row.called.agenda}:
            raise AppError("meeting.item_twice", where="request", id=row.id)
        work.record(MeetingItemAdded(row.called.meeting, item))
    return Recorded(row.called.meeting, work.changes)


@locks_late
def minute_meeting(session: Session, id: str, minutes: Minutes) -> Recorded:
    """Keep what happened; every ballot on a request must be in order.

    Raises ``meeting.already_minuted``, ``meeting.not_held_yet``, ``meeting.minutes_missing``,
    ``meeting.item_unknown``, ``meeting.not_a_member``, and ``meeting.voted_twice``,
    ``meeting.not_present``, ``meeting.voted_though_partial``,
    ``meeting.voted_though_barred``, ``meeting.no_quorum``.
    """
    if not minutes.text.strip():
        raise AppError("meeting.minutes_missing", where="minutes")
    with session.workspace.write(session.actor) as work:
        row = queries.get_meeting(work.connection, id)
        if row.minuted is not None:
            raise AppError("meeting.already_minuted", id=row.id)
        check_held(row.called.held_on)
        told = _minuted(work, row, minutes)
        for item in row.called.agenda:
            _check_ballot(work, row, told, item)
        work.record(told)
    return Recorded(row.called.meeting, work.changes)


def _minuted(work: WriteSession, row: MeetingRow, minutes: Minutes) -> MeetingMinuted:
    numbers = {item.number for item in row.called.agenda}
    named = [number for number, *_ in (*minutes.votes, *minutes.partial)]
    unknown = sorted(set(named) - numbers)
    if unknown:
        raise AppError("meeting.item_unknown", where="vote", number=unknown[0])
    present = _ids(work, minutes.present)
    if not set(present) <= {*row.called.members}:
        raise AppError("meeting.not_a_member", where="present")
    votes = tuple(
        Vote(number, _ids(work, (name,))[0], decision) for number, name, decision in minutes.votes
    )
    if any(vote.decision not in VOTES for vote in votes):
        raise AppError("meeting.vote_unfit", where="vote")
    partial = tuple(
        Partiality(number, _ids(work, (name,))[0], must_commit(why))
        for number, name, why in minutes.partial
    )
    document = keep_file(work, minutes.file) if minutes.file else None
    key, text = row.called.meeting, must_commit(minutes.text)
    return MeetingMinuted(key, present, votes, text, partial, document)


def _check_ballot(view: View, row: MeetingRow, told: MeetingMinuted, item: Item) -> None:
    fault = ballot_fault(view, row, told, item)
    if fault is not None:
        raise AppError(f"meeting.{fault}", where="vote", number=item.number)


def ballot_fault(view: View, row: MeetingRow, told: MeetingMinuted, item: Item) -> str | None:
    """Return the rule that the ballot on an item breaks, None where it is in order or none was."""
    votes = tuple(vote for vote in told.votes if vote.item == item.number)
    if item.request is None or not votes:
        return None
    request = requests.get_request(view.connection, item.request)
    declared = {one.person for one in told.partial if one.item == item.number}
    recused = tuple({*request.state.recused, *declared})
    balloting = Ballotting(told.present, recused, votes, row.called.quorum)
    barred = (*request.state.rule_kept.barred, *ALWAYS_BARRED)
    return find_fault(balloting, relations_of(view, request), barred)


def sign_meeting(session: Session, id: str, unlock: Unlock) -> Recorded:
    """Sign what the meeting resolved, as its chair or secretary; both make it count.

    Raises ``meeting.not_minuted``, ``meeting.not_yours_to_sign``, ``meeting.nothing_to_sign``,
    ``approval.refused_…`` for who may not decide one of its requests.
    """
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        list(_resolutions(view, id, person, Seen(0, "")))
        seen = view.head_seen()
    credential = unlock(person)
    with session.workspace.write(session.actor) as work:
        row = queries.get_meeting(work.connection, id)
        for told in list(_resolutions(work, id, person, seen)):
            sign_event(work, told, credential)
    return Recorded(row.called.meeting, work.changes)


def _resolutions(view: View, id: str, person: Person, seen: Seen) -> Iterator[ResolutionSigned]:
    row = queries.get_meeting(view.connection, id)
    if row.minuted is None:
        raise AppError("meeting.not_minuted", id=row.id)
    capacity = _capacity(row, person)
    found = False
    for item in row.called.agenda:
        votes = [vote for vote in row.minuted.votes if vote.item == item.number]
        outcome = outcome_of(votes)
        if item.request is None or outcome is None or _has_signed(row, item, person):
            continue
        request = requests.get_request(view.connection, item.request)
        refuse_signer(view, request, person)
        found = True
        yield _signed(row, item, request, (person, capacity, outcome, seen))
    if not found:
        raise AppError("meeting.nothing_to_sign", id=row.id)


def _capacity(row: MeetingRow, person: Person) -> Capacity:
    if person.id == row.called.chair:
        return Capacity.CHAIR
    if person.id == row.called.secretary:
        return Capacity.SECRETARY
    raise AppError("meeting.not_yours_to_sign", id=row.id)


def _has_signed(row: MeetingRow, item: Item, person: Person) -> bool:
    return any((one.item, one.person) == (item.number, person.id) for one in row.signed)


def _signed(
    row: MeetingRow,
    item: Item,
    request: RequestRow,
    by: tuple[Person, Capacity, Decision, Seen],
) -> ResolutionSigned:
    person, capacity, outcome, seen = by
    return ResolutionSigned(
        request.key,
        request.model,
        row.called.meeting,
        item.number,
        step_of(row.called.body, request),
        outcome,
        person.id,
        must_commit(person.name),
        capacity,
        request.digest,
        seen,
        person.fingerprint or "",
    )
