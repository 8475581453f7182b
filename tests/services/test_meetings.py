"""A committee's resolution decides its step once chair and secretary have signed it."""

from dataclasses import replace

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.identity import Role
from mlops_desktop.core.quorum import Capacity
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, ledger, meetings, models
from mlops_desktop.services.documents import File
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.meetings import Minutes, NewItem, NewMeeting
from mlops_desktop.services.reviews import show_sheet
from mlops_desktop.services.session import must_commit
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries.people import get_person
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import add_version, cast, put_in_force, register

OWNER, CHAIR, SECRETARY = "Corinna Wolters", FOUNDER, "Miriam Sander"
BODY = "Modellrisikokomitee"
YES, NO = Decision.APPROVE, Decision.REJECT
PRESENT = (CHAIR, SECRETARY, "Jonas Brandt", OWNER)
VOTES = ((1, CHAIR, YES), (1, SECRETARY, YES), (1, "Jonas Brandt", NO))
MINUTES = Minutes(PRESENT, VOTES, "Beraten und beschlossen.", ((1, OWNER, "eigenes Modell"),))


@pytest.fixture
def request_key(file_bank: Bank) -> str:
    """A request that a validator and then the committee decide."""
    steps = (Step("validation", 1, (Role.VALIDATOR,)), Step("committee", 1, committee=BODY))
    put_in_force(file_bank, Rule("committee", steps, is_ordered=True))
    model = register(file_bank)
    add_version(file_bank, model)
    owner = file_bank.as_(OWNER)
    return approvals.request_approval(owner, model, "7", "production").id


def _call(bank: Bank, request: str, *, quorum: int = 2) -> str:
    agenda = (NewItem("Freigabe PD", request, (File("Vorlage.pdf", b"%PDF"),)), NewItem("Bericht"))
    wanted = NewMeeting(BODY, clock.today(), CHAIR, SECRETARY, PRESENT, quorum, agenda)
    return meetings.call_meeting(bank.session, wanted).id


def _sign(bank: Bank, meeting: str, name: str) -> None:
    meetings.sign_meeting(bank.as_(name), meeting, bank.unlock(name))


def test_chair_and_secretary_make_a_resolution_count(file_bank: Bank, request_key: str) -> None:
    meeting = _call(file_bank, request_key)
    cast(file_bank, request_key, "Jonas Brandt")
    with pytest.raises(AppError, match="refused_committee"):
        cast(file_bank, request_key, SECRETARY)
    with pytest.raises(AppError, match="not_minuted"):
        _sign(file_bank, meeting, CHAIR)
    meetings.minute_meeting(file_bank.session, meeting, MINUTES)
    with pytest.raises(AppError, match="not_yours_to_sign"):
        _sign(file_bank, meeting, "Jonas Brandt")
    _sign(file_bank, meeting, CHAIR)
    assert approvals.show_request(file_bank.session, request_key).status is Status.OPEN
    (half,) = show_sheet(file_bank.session, request_key).resolutions
    assert not half.is_signed
    _sign(file_bank, meeting, SECRETARY)
    (whole,) = show_sheet(file_bank.session, request_key).resolutions
    assert (whole.meeting.called.meeting, whole.item, whole.outcome) == (meeting, 1, YES)
    assert [one.fault for one in whole.signatures] == [None, None]
    assert whole.is_signed
    assert approvals.show_request(file_bank.session, request_key).status is Status.APPROVED
    (listed,) = approvals.list_requests(file_bank.session, status=Status.APPROVED)
    assert listed.key == request_key
    sheet = models.show_model(file_bank.session, "M-00001")
    assert sheet.row.approval is Approval.APPROVED
    assert ask_gate(file_bank.session, "M-00001", "7", "production").is_allowed
    assert ledger.verify_ledger(file_bank.session).is_ok


def test_no_body_meets_about_a_request_whose_rule_leaves_it_no_step(
    file_bank: Bank, request_key: str
) -> None:
    people = (clock.today(), CHAIR, SECRETARY, PRESENT, 2)
    agenda = (NewItem("Freigabe PD", request_key),)
    with pytest.raises(AppError, match=r"meeting\.no_step") as refused:
        meetings.call_meeting(file_bank.session, NewMeeting("Kreditausschuss", *people, agenda))
    assert (refused.value.where, refused.value.parameters["rule"]) == ("request", "committee")
    noted = NewMeeting("Kreditausschuss", *people, (NewItem("Freigabe PD"),))
    meeting = meetings.call_meeting(file_bank.session, noted).id
    with pytest.raises(AppError, match=r"meeting\.no_step"):
        meetings.add_item(file_bank.session, meeting, agenda[0])
    same = NewMeeting(BODY.upper(), *people, agenda)
    assert meetings.call_meeting(file_bank.session, same).id


def test_a_majority_of_no_rejects(file_bank: Bank, request_key: str) -> None:
    meeting = _call(file_bank, request_key)
    votes = ((1, CHAIR, NO), (1, SECRETARY, NO), (1, "Jonas Brandt", YES))
    meetings.minute_meeting(file_bank.session, meeting, replace(MINUTES, votes=votes))
    _sign(file_bank, meeting, CHAIR)
    _sign(file_bank, meeting, SECRETARY)
    assert approvals.show_request(file_bank.session, request_key).status is Status.REJECTED


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (replace(MINUTES, votes=(*VOTES, (1, OWNER, YES)), partial=()), "voted_though_barred"),
        (replace(MINUTES, votes=(*VOTES, (1, OWNER, YES))), "voted_though_partial"),
        (replace(MINUTES, votes=(*VOTES, VOTES[0])), "voted_twice"),
        (replace(MINUTES, present=PRESENT[:2]), "not_present"),
        (replace(MINUTES, present=(CHAIR, OWNER), votes=VOTES[:1]), "no_quorum"),
        (replace(MINUTES, votes=((9, CHAIR, YES),)), "item_unknown"),
        (replace(MINUTES, text=" "), "minutes_missing"),
    ],
)
def test_a_ballot_that_is_not_in_order_is_refused_by_name(
    file_bank: Bank, request_key: str, minutes: Minutes, code: str
) -> None:
    meeting = _call(file_bank, request_key)
    with pytest.raises(AppError) as refused:
        meetings.minute_meeting(file_bank.session, meeting, minutes)
    assert refused.value.code == f"meeting.{code}"


def test_a_resolution_that_the_minutes_do_not_bear_out_is_found(
    file_bank: Bank, request_key: str
) -> None:
    meeting = _call(file_bank, request_key)
    votes = ((1, CHAIR, NO), (1, SECRETARY, NO))
    meetings.minute_meeting(file_bank.session, meeting, replace(MINUTES, votes=votes))
    row = approvals.show_request(file_bank.session, request_key)
    session = file_bank.as_(CHAIR)
    with session.workspace.read() as view:
        person, seen = get_person(view.connection, session.actor.person), view.head_seen()
    forged = ResolutionSigned(
        row.key, row.model, meeting, 1, "committee", YES, person.id, must_commit(person.name),
        Capacity.CHAIR, row.digest, seen, person.fingerprint or "",
    )  # fmt: skip
    credential = file_bank.unlock(CHAIR)(person)
    with session.workspace.write(session.actor) as work:
        sign_event(work, forged, credential)
    first = ledger.verify_ledger(file_bank.session).first_failure
    assert first is not None
    assert first.finding is not None
    assert first.finding.error.parameters["rule"] == "other_outcome"
