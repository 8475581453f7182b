"""A model with everything that is told of it besides decisions: meeting, permission, emergency."""

from dataclasses import dataclass
from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Role
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.services import (
    approvals,
    conditions,
    emergencies,
    meetings,
    permissions,
    recusals,
)
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.documents import File
from mlops_desktop.services.emergencies import NewEmergency
from mlops_desktop.services.meetings import Minutes, NewItem, NewMeeting
from mlops_desktop.services.permissions import NewPermission, Reply
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import DEVELOPER, SECOND, add_version, cast, put_in_force, register

OWNER, VALIDATOR, BODY = "Corinna Wolters", "Jonas Brandt", "Modellrisikokomitee"
SCAN = File("Nachweis.pdf", b"%PDF scan")
PRESENT = (FOUNDER, SECOND, VALIDATOR, DEVELOPER)
YES = Decision.APPROVE
VOTES = ((1, FOUNDER, YES), (1, SECOND, YES), (1, VALIDATOR, Decision.ABSTAIN))
RULE = Rule(
    "committee",
    (Step("validation", 1, (Role.VALIDATOR,)), Step("committee", 1, committee=BODY)),
    is_ordered=True,
    deadline=20,
)


@dataclass(frozen=True)
class Told:
    """The ids of what was told."""

    model: str
    request: str
    meeting: str
    permission: str
    emergency: str


def begin(bank: Bank) -> str:
    """Register a model with two versions; return its key."""
    model = register(bank)
    add_version(bank, model)
    add_version(bank, model, "8", "sha256:bb")
    return model


def tell(bank: Bank, model: str = "") -> Told:
    """Tell the whole story of a model, which it begins unless it is named."""
    put_in_force(bank, RULE)
    model = model or begin(bank)
    request = approvals.request_approval(bank.as_(OWNER), model, "7", "production").id
    recusals.recuse(bank.as_(OWNER), request, "Eigenes Modell", bank.unlock(OWNER))
    due = clock.today() + timedelta(days=30)
    yes = Ballot(Decision.CONDITION, "Yes, if.", conditions=(("Bericht", due), ("Test", None)))
    cast(bank, request, VALIDATOR, yes)
    meeting = resolve(bank, request)
    done = conditions.Fulfilment(1, SCAN, "vollständig")
    conditions.meet_condition(bank.as_(FOUNDER), request, done, bank.unlock(FOUNDER))
    return Told(model, request, meeting, permit(bank, model), declare(bank, model))


def resolve(bank: Bank, request: str) -> str:
    """Let the committee meet about a request; chair and secretary sign."""
    paper = File("Vorlage.pdf", b"%PDF paper")
    members = (*PRESENT, OWNER)
    agenda = (NewItem("Freigabe PD", request, (paper,)),)
    wanted = NewMeeting(BODY, clock.today(), FOUNDER, SECOND, members, 2, agenda)
    meeting = meetings.call_meeting(bank.session, wanted).id
    meetings.add_item(bank.session, meeting, NewItem("Bericht der Validierung"))
    partial = ((1, DEVELOPER, "hat das Modell entwickelt"),)
    minutes = Minutes(PRESENT, VOTES, "Beraten und beschlossen.", partial, SCAN)
    meetings.minute_meeting(bank.as_(SECOND), meeting, minutes)
    for name in (FOUNDER, SECOND):
        meetings.sign_meeting(bank.as_(name), meeting, bank.unlock(name))
    return meeting


def permit(bank: Bank, model: str) -> str:
    """Let the supervisor permit a version, with two obligations of which one is met."""
    today, session = clock.today(), bank.as_(SECOND)
    wanted = NewPermission("7", "production", Category.PERMISSION, "EZB", "wesentliche Änderung")
    id = permissions.need_permission(session, model, wanted).id
    permissions.apply_for_permission(session, id, today, "AZ 4711", SCAN)
    terms = (("Nachkalibrierung", today + timedelta(days=90)), ("Jahresbericht", None))
    permissions.answer_permission(session, id, Reply(Outcome.GRANTED, today, terms, SCAN))
    permissions.meet_obligation(session, id, 1, SCAN, "erledigt")
    return id


def declare(bank: Bank, model: str) -> str:
    """Let the owner declare an emergency about the second version."""
    wanted = NewEmergency("8", "production", "Angriff auf BIN-Bereich")
    return emergencies.record_emergency(bank.as_(OWNER), model, wanted).id
