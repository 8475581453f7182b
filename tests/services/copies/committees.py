"""Committees in a team and its copies: meetings are called, minuted and signed where one is."""

import random
from contextlib import AbstractContextManager, nullcontext, suppress
from unittest.mock import patch

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.rules import RELATIONS, Rule, Scope, Step
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, meetings
from mlops_desktop.services.meetings import Minutes, NewItem, NewMeeting
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.meetings import MeetingRow
from tests.services.copies.team import NAMES

BODY = "Modellrisikokomitee"
RULE = Rule(
    "committee", (Step("committee", 1, committee=BODY),), RELATIONS, scope=Scope(tiers=(1,))
)
"""Chair and secretary alone decide about what matters most."""
_RULES = ("meetings.refuse_signer", "meetings.ballot_fault")


def resolve(session: Session, rng: random.Random, is_altered: bool) -> None:
    """Take the next step of some meetings; some programs ask no rules."""
    found = [row for row in meetings.list_meetings(session) if _lacks(row)]
    if not found or rng.random() < 0.2:
        _call(session, rng)
    for row in rng.sample(found, min(len(found), 4)):
        with _lax(_RULES[0], is_altered), _lax(_RULES[1], is_altered):
            _go_on(session, row, rng)


def _go_on(session: Session, row: MeetingRow, rng: random.Random) -> None:
    assert session.unlock is not None
    for _ in range(0 if row.minuted else 4):  # by lot, who votes is often barred
        with suppress(AppError):
            meetings.minute_meeting(session, row.called.meeting, _minutes(row, rng))
    with suppress(AppError):
        meetings.sign_meeting(session, row.called.meeting, session.unlock)


def _lax(rule: str, is_altered: bool) -> AbstractContextManager[object]:
    place = f"mlops_desktop.services.{rule}"
    return patch(place, return_value=None) if is_altered else nullcontext()


def _lacks(row: MeetingRow) -> bool:
    return len(row.signed) < 2 * len(row.called.agenda)


def _asks_a_body(row: RequestRow) -> bool:
    return any(step.committee is not None for step in row.state.rule_kept.steps)


def _call(session: Session, rng: random.Random) -> None:
    rows = approvals.list_requests(session, status=Status.OPEN)
    asked = [row for row in rows if _asks_a_body(row)][:4]
    if not asked:
        return
    me, other = session.actor.person, rng.choice(NAMES)
    chosen = rng.sample(asked, 1)
    agenda = tuple(NewItem(f"Freigabe {row.id}", row.key) for row in chosen)
    wanted = NewMeeting(BODY, clock.today(), me, other, NAMES, 2, agenda)
    meetings.call_meeting(session, wanted)


def _minutes(row: MeetingRow, rng: random.Random) -> Minutes:
    """Let some be there, and some of them vote."""
    present = tuple(rng.sample(NAMES, rng.randint(3, 5)))
    votes = [
        (item.number, name, rng.choice((Decision.APPROVE, Decision.APPROVE, Decision.REJECT)))
        for item in row.called.agenda
        for name in rng.sample(present, 2)
    ]
    return Minutes(present, tuple(votes), "Beraten und beschlossen.")
