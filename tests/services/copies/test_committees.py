"""What a committee resolved, minuted and signed in copies: each signs the minutes that count."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, copies, ledger, meetings, workspaces
from mlops_desktop.services.meetings import Minutes, NewItem, NewMeeting
from mlops_desktop.services.session import Session
from mlops_desktop.store import log
from tests.services.conftest import FOUNDER, Bank
from tests.services.copies.committees import BODY, RULE
from tests.services.copies.reference import Reference
from tests.services.steps import add_version, put_in_force, register

OWNER, CHAIR, SECRETARY, MEMBER = "Corinna Wolters", FOUNDER, "Miriam Sander", "Jonas Brandt"
YES, NO = Decision.APPROVE, Decision.REJECT
PRESENT = (CHAIR, SECRETARY, MEMBER)


@contextmanager
def taken(bank: Bank, name: str, folder: Path) -> Iterator[Session]:
    team = bank.as_(name)
    path = folder / f"{name}.mlops"
    copies.take(team, copies.Wanted(path))
    opened = workspaces.open_workspace(str(path), is_noted=False)
    with closing(opened.workspace):
        yield replace(opened, actor=team.actor)


@pytest.fixture
def asked(file_bank: Bank) -> tuple[str, str]:
    """A request and the meeting about it, called and not yet minuted."""
    put_in_force(file_bank, RULE)
    model = register(file_bank)
    add_version(file_bank, model)
    request = approvals.request_approval(file_bank.as_(OWNER), model, "7", "production").id
    agenda = (NewItem("Freigabe PD", request),)
    wanted = NewMeeting(BODY, clock.today(), CHAIR, SECRETARY, PRESENT, 2, agenda)
    return request, meetings.call_meeting(file_bank.session, wanted).id


def _minutes(*votes: tuple[str, Decision]) -> Minutes:
    return Minutes(PRESENT, tuple((1, *vote) for vote in votes), "Beraten und beschlossen.")


def test_nobody_signs_minutes_he_has_not_seen(
    file_bank: Bank, tmp_path: Path, asked: tuple[str, str]
) -> None:
    """Two minuted offline, to the same outcome by other votes: the chair signed those held back."""
    request, meeting = asked
    with ExitStack() as stack:
        chair, secretary = (
            stack.enter_context(taken(file_bank, name, tmp_path)) for name in (CHAIR, SECRETARY)
        )
        mine = _minutes((CHAIR, YES), (SECRETARY, NO), (MEMBER, YES))
        meetings.minute_meeting(secretary, meeting, _minutes((CHAIR, YES), (SECRETARY, YES)))
        meetings.minute_meeting(chair, meeting, mine)
        for session, name in ((chair, CHAIR), (secretary, SECRETARY)):
            meetings.sign_meeting(session, meeting, file_bank.unlock(name))
        first = copies.push(secretary, file_bank.as_(SECRETARY)).arrivals
        assert [one.fate for one in first] == [Fate.EFFECTIVE, Fate.EFFECTIVE]
        minuted, signed = copies.push(chair, file_bank.as_(CHAIR)).arrivals
        assert minuted.fate is Fate.DECIDED_ALREADY
        assert (signed.fate, signed.against) == (Fate.OTHER_VERSION, first[0].event)
        assert approvals.show_request(file_bank.session, request).status is Status.OPEN
        copies.pull(chair, file_bank.as_(CHAIR))
        meetings.sign_meeting(chair, meeting, file_bank.unlock(CHAIR))
        assert [one.fate for one in copies.push(chair, file_bank.as_(CHAIR)).arrivals] == [
            Fate.EFFECTIVE
        ]
    assert approvals.show_request(file_bank.session, request).status is Status.APPROVED
    assert ledger.verify_ledger(file_bank.session).is_ok
    with file_bank.session.workspace.read() as view:
        assert Reference().read(one.body for one in log.read_events(view.connection)).wrong == []


def test_chair_and_secretary_sign_the_same_minutes_each_in_a_copy(
    file_bank: Bank, tmp_path: Path, asked: tuple[str, str]
) -> None:
    request, meeting = asked
    meetings.minute_meeting(file_bank.session, meeting, _minutes((CHAIR, YES), (SECRETARY, YES)))
    with ExitStack() as stack:
        for name in (CHAIR, SECRETARY):
            copy = stack.enter_context(taken(file_bank, name, tmp_path))
            meetings.sign_meeting(copy, meeting, file_bank.unlock(name))
            (arrival,) = copies.push(copy, file_bank.as_(name)).arrivals
            assert arrival.fate is Fate.EFFECTIVE
    assert approvals.show_request(file_bank.session, request).status is Status.APPROVED
    assert ledger.verify_ledger(file_bank.session).is_ok
