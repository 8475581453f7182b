"""Approval as a control: who may sign is decided by rules, and the signature carries the proof."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Person
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.standing import Status
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import approvals, decisions, ledger, models, people
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.keyrings import list_key_sheets
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import APPROVE, add_version, ask, cast, register


def _never_asked(person: Person) -> Credential:
    pytest.fail(f"the passphrase of {person.name} was asked for")


def status(bank: Bank, request: str) -> Status:
    return approvals.show_request(bank.session, request).status


def test_two_others_approve_and_the_model_is_approved(bank: Bank) -> None:
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    assert status(bank, request) is Status.OPEN
    cast(bank, request, "Miriam Sander")
    assert status(bank, request) is Status.APPROVED
    row = models.show_model(bank.session, "M-00001").row
    assert (row.state, row.approval) == (State.APPROVED, Approval.APPROVED)
    assert ledger.verify_ledger(bank.session).is_ok


@pytest.mark.parametrize(
    ("name", "rule"), [("Corinna Wolters", "owner"), ("Mateusz Kowalczyk", "developer")]
)
def test_owner_and_developer_are_refused_by_name_of_the_rule_and_it_stays_on_record(
    bank: Bank, name: str, rule: str
) -> None:
    request = ask(bank, by=FOUNDER)
    with pytest.raises(AppError) as refused:
        cast(bank, request, name)
    assert refused.value.code == f"approval.refused_{rule}"
    (attempt,) = approvals.show_request(bank.session, request).decisions
    assert (attempt.person, attempt.refused_by) == (bank.ids[name], rule)
    assert ledger.verify_ledger(bank.session).is_ok


def test_the_requester_is_refused_even_as_administrator(bank: Bank) -> None:
    request = ask(bank, by=FOUNDER)
    with pytest.raises(AppError, match="refused_requester"):
        cast(bank, request, FOUNDER)


def test_nobody_counts_twice(bank: Bank) -> None:
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    with pytest.raises(AppError, match="refused_twice"):
        cast(bank, request, "Jonas Brandt")
    assert status(bank, request) is Status.OPEN


def test_a_decided_request_is_closed(file_bank: Bank) -> None:
    request = ask(file_bank)
    reject = Ballot(Decision.REJECT, "I reject.", comment="Kalibrierung fehlt")
    cast(file_bank, request, "Jonas Brandt", reject)
    assert status(file_bank, request) is Status.REJECTED
    with pytest.raises(AppError, match="refused_closed"):
        cast(file_bank, request, "Miriam Sander")


def test_revoked_persons_sign_no_more_but_their_earlier_signatures_stand(bank: Bank) -> None:
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    people.revoke_person(bank.session, "Jonas Brandt", "verlässt die Bank")
    people.revoke_person(bank.session, "Miriam Sander")
    with pytest.raises(AppError, match="refused_revoked"):
        cast(bank, request, "Miriam Sander")
    cast(bank, request, FOUNDER)
    assert status(bank, request) is Status.APPROVED
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_revocation_is_signed_where_the_secret_is_given_and_never_needs_a_lost_key(
    file_bank: Bank,
) -> None:
    silent = replace(file_bank.session, unlock=None)
    people.revoke_person(file_bank.session, "Jonas Brandt", "verlässt die Bank")
    people.revoke_person(silent, "Miriam Sander", "verlässt die Bank")
    wrong = people.with_passphrase(silent, "falsch-falsch")
    with pytest.raises(AppError, match=r"person_key\.passphrase_wrong"):
        people.revoke_person(wrong, "Corinna Wolters")
    people.revoke_person(wrong, FOUNDER, "Schlüssel verloren")
    rows = ledger.read_log(file_bank.session)
    signed = [one.is_signed for one in rows if one.type == "person.revoked"]
    assert sorted(signed) == [False, False, True], "the first alone, and one's own asks for nothing"
    assert not people.show_person(file_bank.session, "Corinna Wolters").is_revoked
    assert ledger.verify_ledger(file_bank.session).is_ok


def test_who_only_reads_is_told_of_everybody_and_asked_for_no_key(file_bank: Bank) -> None:
    sheets = list_key_sheets(file_bank.read_only())
    assert {one.person.name for one in sheets} == set(file_bank.ids)
    assert not any(one.is_end_signed for one in sheets)
    asked = {one.person.name for one in list_key_sheets(file_bank.session) if one.is_end_signed}
    assert asked == set(file_bank.ids) - {FOUNDER}


def test_a_wrong_passphrase_signs_nothing_and_the_fifth_locks_and_is_recorded(
    file_bank: Bank,
) -> None:
    request = ask(file_bank)
    name = "Jonas Brandt"
    for told in ({"left": 4}, {"left": 3}, {"left": 2}, {"left": 1}, {"failures": 5}):
        with pytest.raises(AppError) as refused:
            decisions.decide(
                file_bank.as_(name), request, APPROVE, file_bank.unlock(name, "falsch-falsch")
            )
        assert refused.value.parameters == told
    with pytest.raises(AppError, match=r"person_key\.locked"):
        cast(file_bank, request, name)
    types = [row.type for row in ledger.read_log(file_bank.session)]
    assert types.count("person.locked") == 1
    assert status(file_bank, request) is Status.OPEN


@pytest.mark.parametrize(
    ("ballot", "code"),
    [
        (Ballot(Decision.APPROVE, " "), "approval.meaning_missing"),
        (Ballot(Decision.REJECT, "no"), "approval.reason_missing"),
        (Ballot(Decision.CONDITION, "if"), "approval.condition_missing"),
        (
            Ballot(Decision.APPROVE, "yes", valid_until=clock.today() - timedelta(days=1)),
            "approval.expired_before_granted",
        ),
    ],
)
def test_an_incomplete_ballot_is_refused_before_any_secret_is_asked(
    file_bank: Bank, ballot: Ballot, code: str
) -> None:
    request = ask(file_bank)
    with pytest.raises(AppError) as refused:
        decisions.decide(file_bank.as_("Jonas Brandt"), request, ballot, _never_asked)
    assert refused.value.code == code


def test_a_changed_covered_field_voids_and_says_which(bank: Bank) -> None:
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    cast(bank, request, "Miriam Sander")
    models.edit_model(bank.session, "1", {"limitations": "Nicht für Selbstständige"})
    row = approvals.show_request(bank.session, request)
    assert (row.status, row.changed) == (Status.VOIDED, ("model.limitations",))
    assert models.show_model(bank.session, "1").row.state is State.DEVELOPMENT


def test_a_change_of_another_field_voids_nothing(bank: Bank) -> None:
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    models.edit_model(bank.session, "1", {"business_line": "Firmenkunden"})
    cast(bank, request, "Miriam Sander")
    assert status(bank, request) is Status.APPROVED


def test_an_interim_approval_expires_without_an_event(bank: Bank) -> None:
    request = ask(bank)
    until = clock.today() + timedelta(days=10)
    cast(bank, request, "Jonas Brandt", Ballot(Decision.APPROVE, "yes", valid_until=until))
    cast(bank, request, "Miriam Sander")
    assert models.show_model(bank.session, "1").row.approval is Approval.INTERIM
    size = ledger.read_state(bank.session).size
    later = AsOf(at=until + timedelta(days=1))
    assert models.show_model(bank.session, "1", later).row.approval is Approval.EXPIRED
    assert ledger.read_state(bank.session).size == size


def test_a_granted_approval_is_revoked_with_a_signature(bank: Bank) -> None:
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    cast(bank, request, "Miriam Sander")
    decisions.revoke_approval(
        bank.as_("Jonas Brandt"), request, "PSI rot", "I revoke.", bank.unlock("Jonas Brandt")
    )
    assert status(bank, request) is Status.REVOKED
    assert ledger.verify_ledger(bank.session).is_ok


def test_only_the_requester_withdraws(file_bank: Bank) -> None:
    request = ask(file_bank)
    with pytest.raises(AppError, match="not_yours"):
        approvals.withdraw_request(file_bank.as_("Jonas Brandt"), request)
    approvals.withdraw_request(file_bank.as_("Corinna Wolters"), request)
    assert status(file_bank, request) is Status.WITHDRAWN


def test_a_request_that_nobody_could_decide_is_not_sent(file_bank: Bank) -> None:
    for name in ("Jonas Brandt", "Miriam Sander"):
        people.revoke_person(file_bank.session, name)
    model = register(file_bank)
    add_version(file_bank, model)
    with pytest.raises(AppError, match="nobody_can_sign"):
        approvals.request_approval(file_bank.as_("Corinna Wolters"), model, "7", "production")


def test_a_second_open_request_for_the_same_is_refused(file_bank: Bank) -> None:
    ask(file_bank)
    with pytest.raises(AppError, match="already_open"):
        approvals.request_approval(file_bank.session, "1", "v7", "production")


def test_as_known_before_the_second_signature_the_request_was_open(bank: Bank) -> None:
    request = ask(bank)
    now = clock.now()
    cast(bank, request, "Jonas Brandt")
    with clock.reading(lambda: now + timedelta(days=3)):
        cast(bank, request, "Miriam Sander")
        then = approvals.list_requests(
            bank.session, as_of=AsOf(known=(now + timedelta(days=1)).date())
        )
        assert [row.status for row in then] == [Status.OPEN]
        assert status(bank, request) is Status.APPROVED
