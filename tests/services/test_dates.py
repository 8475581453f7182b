"""Dates that no bank means are refused at every entry, beside their field; a true past is not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.services import (
    approvals,
    decisions,
    delegations,
    emergencies,
    imports,
    items,
    meetings,
    models,
    papers,
    people,
    permissions,
)
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.delegations import NewDelegation
from mlops_desktop.services.documents import File
from mlops_desktop.services.emergencies import NewEmergency
from mlops_desktop.services.imports import Source
from mlops_desktop.services.items import Given
from mlops_desktop.services.meetings import Minutes, NewItem, NewMeeting
from mlops_desktop.services.papers import NewPaper
from mlops_desktop.services.permissions import NewPermission, Reply
from mlops_desktop.services.session import effective_from
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import ask

OWNER, VALIDATOR, COMPLIANCE = "Corinna Wolters", "Jonas Brandt", "Miriam Sander"
SCAN = File("Protokoll.pdf", b"%PDF scan")
PAST, LONG_AGO, SOMEWHEN = date(2023, 12, 12), date(2020, 1, 1), date(2900, 1, 1)
WAIVER = {"title": "Ausnahme", "rule": "use_outside_purpose", "owner": OWNER}
FINDING = {
    "title": "Proxy", "origin": "validation", "severity": "high", "owner": OWNER,
    "due": "2099-01-31",
}  # fmt: skip


def told(act: Callable[[], object]) -> tuple[str, str | None]:
    with pytest.raises(AppError) as refused:
        act()
    return refused.value.code, refused.value.where


def opened(bank: Bank, noun: str, texts: dict[str, str], since: date | None = None) -> str:
    given = Given(texts, ("M-00001",), effective=effective_from(since))
    made = items.open_item(bank.as_(VALIDATOR), kind_named(noun), given)
    return items.show_item(bank.session, made.id).row.number


def step(
    bank: Bank, number: str, name: str, since: date | None = None, **texts: str
) -> Callable[[], object]:
    noun = {"W": "waiver", "F": "finding", "O": "overlay", "X": "exception"}[number[0]]
    given = Given(texts, reason="Begründung", effective=effective_from(since))
    return lambda: items.take_step(bank.as_(COMPLIANCE), kind_named(noun), number, name, given)


def test_what_holds_or_is_due_does_so_after_it_begins(bank: Bank) -> None:
    ask(bank)
    yesterday = (clock.today() - timedelta(1)).isoformat()
    waiver, finding = opened(bank, "waiver", WAIVER), opened(bank, "finding", FINDING)
    early = ("date.before_held", "expires")
    assert told(step(bank, waiver, "grant", expires=yesterday)) == early
    step(bank, waiver, "grant", expires="2099-01-31")()
    for day in ("2099-01-31", "2098-12-31"):
        refused = told(step(bank, waiver, "extend", expires=day))
        assert refused == ("date.not_later", "expires")
    assert told(step(bank, finding, "extend", due="2099-01-30")) == ("date.not_later", "due")
    accepted = step(bank, finding, "accept_risk", accepted_until=yesterday)
    assert told(accepted) == ("date.before_held", "accepted_until")
    endless = step(bank, finding, "accept_risk", accepted_until="9999-12-31")
    assert told(endless) == ("date.implausible", "accepted_until")
    overlay = {
        "title": "Aufschlag", "amount": "6.2", "currency": "EUR", "reason_for": "x",
        "owner": OWNER, "starts": "2099-02-01", "expires": "2099-01-31",
    }  # fmt: skip
    assert told(lambda: opened(bank, "overlay", overlay)) == ("date.before_other", "expires")
    assert told(lambda: opened(bank, "finding", FINDING | {"due": yesterday})) == (
        "date.before_held", "due",
    )  # fmt: skip
    incident = {"title": "x", "severity": "high", "dataset": "d", "found": "2099-01-01"}
    found = lambda: items.open_item(bank.session, kind_named("incident"), Given(incident))  # noqa: E731
    assert told(found) == ("date.after_held", "found")
    edit = Given({"due": yesterday})
    changed = lambda: items.edit_item(bank.as_(VALIDATOR), kind_named("finding"), finding, edit)  # noqa: E731
    assert told(changed) == ("date.before_held", "due")


def test_a_past_that_is_over_is_recorded_with_its_own_days(bank: Bank) -> None:
    ask(bank)
    waiver = opened(bank, "waiver", WAIVER | {"expires": "2024-06-30"}, PAST)
    early = told(step(bank, waiver, "grant", LONG_AGO, expires="2024-06-30"))
    assert early == ("date.before_step", "effective")
    step(bank, waiver, "grant", PAST, expires="2024-06-30")()
    row = items.show_item(bank.session, waiver).row
    assert (row.stage, row.lapsed, row.expires) == ("granted", True, date(2024, 6, 30))
    step(bank, waiver, "extend", date(2024, 1, 1), expires="2024-12-31")()
    back = told(step(bank, waiver, "revoke", date(2023, 12, 11)))
    assert back == ("date.before_step", "effective")
    step(bank, waiver, "revoke", date(2024, 3, 1))()
    late = told(step(bank, waiver, "grant", PAST, expires="2024-06-30"))
    assert late[0] == "item.refused_stage"
    paper = NewPaper("Vorstand", PAST, SCAN, "7", valid_until=date(2024, 12, 31),
                     conditions=(("Bericht", date(2024, 3, 31)),))  # fmt: skip
    papers.record_paper(bank.session, "1", paper)


@pytest.mark.parametrize(
    ("paper", "where"),
    [
        (NewPaper("Vorstand", PAST, SCAN, "7", valid_until=LONG_AGO), "valid_until"),
        (NewPaper("Vorstand", PAST, SCAN, "7", conditions=(("x", LONG_AGO),)), "condition"),
        (NewPaper("Vorstand", date(202, 1, 1), SCAN, "7"), "decided_on"),
    ],
)
def test_a_paper_ends_after_it_was_decided(file_bank: Bank, paper: NewPaper, where: str) -> None:
    ask(file_bank)
    assert told(lambda: papers.record_paper(file_bank.session, "1", paper))[1] == where


def test_decisions_permissions_and_emergencies_have_days_of_their_time(file_bank: Bank) -> None:
    request, bank, today = ask(file_bank), file_bank, clock.today()
    yes = Ballot(Decision.CONDITION, "Yes, if.", conditions=(("Bericht", PAST),))
    decide = lambda: decisions.decide(bank.as_(VALIDATOR), request, yes, bank.unlock(VALIDATOR))  # noqa: E731
    assert told(decide) == ("date.before_held", "condition")
    endless = Ballot(Decision.APPROVE, "Yes.", valid_until=SOMEWHEN)
    decide = lambda: decisions.decide(bank.as_(VALIDATOR), request, endless, bank.unlock(VALIDATOR))  # noqa: E731
    assert told(decide) == ("date.implausible", "valid_until")
    for since, code in (
        (LONG_AGO, "emergency.too_long_ago"),
        (today - timedelta(32), "emergency.too_long_ago"),
        (today + timedelta(1), "date.after_held"),
    ):
        urgent = NewEmergency("7", "production", "Angriff", since)
        act = lambda urgent=urgent: emergencies.record_emergency(bank.session, "1", urgent)  # noqa: E731
        assert told(act) == (code, "since")
    told_late = NewEmergency("7", "production", "Angriff", today - timedelta(31))
    emergencies.record_emergency(bank.session, "1", told_late)
    wanted = NewPermission("7", "production", Category.PERMISSION, "EZB")
    id = permissions.need_permission(bank.as_(COMPLIANCE), "1", wanted).id
    permissions.apply_for_permission(bank.as_(COMPLIANCE), id, today)
    for reply, refused in (
        (Reply(Outcome.GRANTED, today - timedelta(1)), ("date.before_other", "on")),
        (Reply(Outcome.GRANTED, today, (("x", PAST),)), ("date.before_held", "obligation")),
    ):
        answer = lambda reply=reply: permissions.answer_permission(bank.as_(COMPLIANCE), id, reply)  # noqa: E731
        assert told(answer) == refused


def test_nobody_signs_by_a_mandate_from_before_it_or_for_who_is_gone(file_bank: Bank) -> None:
    bank, today = file_bank, clock.today()

    def grant(giver: str, holder: str, begins: date, ends: date) -> Callable[[], object]:
        wanted = NewDelegation(holder, begins, ends)
        return lambda: delegations.grant_delegation(bank.as_(giver), wanted, bank.unlock(giver))

    early = grant(VALIDATOR, COMPLIANCE, PAST, today)
    assert told(early) == ("delegation.begins_in_the_past", "begins")
    assert told(grant(VALIDATOR, COMPLIANCE, today, SOMEWHEN)) == ("date.implausible", "ends")
    people.revoke_person(bank.session, VALIDATOR, "ausgeschieden")
    gone = grant(COMPLIANCE, VALIDATOR, today, today)
    assert told(gone) == ("delegation.holder_revoked", "holder")
    assert told(grant(VALIDATOR, COMPLIANCE, today, today))[0] == "approval.refused_revoked"


def test_a_meeting_follows_what_was_asked_and_comes_before_its_minutes(file_bank: Bank) -> None:
    request, bank, today = ask(file_bank), file_bank, clock.today()

    def call(held_on: date, asked: str | None = None) -> str:
        agenda = (NewItem("Freigabe PD", asked),)
        members = (FOUNDER, COMPLIANCE, VALIDATOR)
        wanted = NewMeeting("Komitee", held_on, FOUNDER, COMPLIANCE, members, 2, agenda)
        return meetings.call_meeting(bank.session, wanted).id

    assert told(lambda: call(PAST, request)) == ("meeting.before_request", "held_on")
    past, later = call(PAST), call(today + timedelta(7))
    assert told(lambda: call(today, request)) == ("meeting.no_step", "request")
    late = NewItem("Freigabe PD", request)
    assert told(lambda: meetings.add_item(bank.session, past, late))[0] == "meeting.before_request"
    minutes = Minutes((FOUNDER, COMPLIANCE), (), "Beraten.")
    minute = lambda: meetings.minute_meeting(bank.session, later, minutes)  # noqa: E731
    assert told(minute) == ("meeting.not_held_yet", "minutes")
    meetings.minute_meeting(bank.session, past, minutes)


def test_a_record_tells_of_no_review_to_come_by_hand_or_import(file_bank: Bank) -> None:
    ask(file_bank)
    for texts, where in (
        ({"last_review": "2099-01-01"}, "last_review"),
        ({"indicators": "Gini (2099-01-01)"}, "indicators"),
        ({"next_review": "0202-01-01"}, "next_review"),
    ):
        edit = lambda texts=texts: models.edit_model(file_bank.session, "1", texts)  # noqa: E731
        assert told(edit)[1] == where
    source = Source("r.csv", b"name;last_review\nNeu;2099-01-01\n")
    (refusal,) = imports.preview_import(file_bank.session, source).refusals
    assert (refusal.code, refusal.row) == ("date.after_held", 2)
    assert approvals.list_requests(file_bank.session)


def test_nothing_holds_from_another_age(file_bank: Bank) -> None:
    edit = lambda: models.register_model(  # noqa: E731
        file_bank.session, {"name": "x"}, effective=effective_from(date(202, 6, 1))
    )
    assert told(edit) == ("event.effective_implausible", "effective")
