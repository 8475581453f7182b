"""Nobody approves his own model: not by handing it over, dating back, or another name."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Role
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.standing import Status
from mlops_desktop.outside import certificates, person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import (
    approvals,
    certification,
    decisions,
    declarations,
    ledger,
    models,
    people,
)
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.enrolment import enrolment_of
from tests.services.conftest import FOUNDER, PASSPHRASE, Bank
from tests.services.steps import APPROVE, add_version, ask, cast, register

LAST_YEAR = datetime(2025, 1, 2, tzinfo=UTC)


def _edit(bank: Bank, **texts: str) -> None:
    models.edit_model(bank.as_(FOUNDER), "M-00001", texts)


def _standing(bank: Bank, request: str) -> tuple[Status, tuple[str, ...]]:
    row = approvals.show_request(bank.session, request)
    return row.status, row.changed


def test_an_owner_who_hands_the_model_over_is_still_refused(bank: Bank) -> None:
    request = ask(bank, by=FOUNDER)
    _edit(bank, owner="Miriam Sander")
    with pytest.raises(AppError, match="refused_owner"):
        cast(bank, request, "Corinna Wolters")
    assert ledger.verify_ledger(bank.session).is_ok


def test_who_handed_a_model_over_before_the_request_is_no_signer_of_it(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    _edit(file_bank, owner=FOUNDER)
    asked = approvals.request_approval(file_bank.as_(FOUNDER), model, "7", "production")
    assert {one.name for one in approvals.signers_left(file_bank.session, asked.id)} == {
        "Jonas Brandt",
        "Miriam Sander",
    }


@pytest.mark.parametrize("relation", ["owner", "developer"])
def test_a_signer_who_becomes_owner_or_developer_voids_the_open_request(
    bank: Bank, relation: str
) -> None:
    request = ask(bank, by=FOUNDER)
    cast(bank, request, "Jonas Brandt")
    _edit(bank, **{relation: "Jonas Brandt"})
    assert _standing(bank, request) == (Status.VOIDED, (f"model.{relation}",))
    with pytest.raises(AppError, match="refused_closed"):
        cast(bank, request, "Miriam Sander")
    assert ledger.verify_ledger(bank.session).is_ok


def test_an_approval_outlives_the_signer_who_later_takes_the_model_over(file_bank: Bank) -> None:
    request = ask(file_bank, by=FOUNDER)
    cast(file_bank, request, "Jonas Brandt")
    cast(file_bank, request, "Miriam Sander")
    _edit(file_bank, owner="Jonas Brandt")
    assert _standing(file_bank, request) == (Status.APPROVED, ())


def test_a_covered_field_changed_with_an_earlier_date_voids_all_the_same(bank: Bank) -> None:
    request = ask(bank, by=FOUNDER)
    cast(bank, request, "Jonas Brandt")
    earlier = {"purpose": "Wetten"}
    models.edit_model(bank.as_(FOUNDER), "M-00001", earlier, effective=LAST_YEAR)
    assert _standing(bank, request) == (Status.VOIDED, ("model.purpose",))
    with pytest.raises(AppError, match="refused_closed"):
        cast(bank, request, "Miriam Sander")
    assert ledger.verify_ledger(bank.session).is_ok


def test_signatures_count_where_the_signers_clock_is_behind(bank: Bank) -> None:
    ahead = clock.now() + timedelta(minutes=1)
    with clock.reading(partial(lambda moment: moment, ahead)):
        request = ask(bank, by=FOUNDER)
    cast(bank, request, "Jonas Brandt")
    cast(bank, request, "Miriam Sander")
    assert _standing(bank, request)[0] is Status.APPROVED
    assert models.show_model(bank.session, "M-00001").row.approval is Approval.APPROVED
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_request_is_not_voided_by_what_was_recorded_before_it(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    ahead = clock.now() + timedelta(minutes=1)
    with clock.reading(partial(lambda moment: moment, ahead)):
        _edit(file_bank, purpose="Bepreisung")
    asked = approvals.request_approval(file_bank.as_(FOUNDER), model, "7", "production")
    cast(file_bank, asked.id, "Jonas Brandt")
    assert _standing(file_bank, asked.id) == (Status.OPEN, ())


def _enrol(bank: Bank, name: str, credential: Credential, authority: str = PASSPHRASE) -> None:
    wanted = people.Enrolment(name, (Role.VALIDATOR,), PASSPHRASE, credential)
    people.enrol_person(bank.session, wanted, lambda: authority)


def _second_certificate(bank: Bank, name: str, printed: str) -> Credential:
    """Return the key of an enrolled person in a certificate of somebody else's making."""
    held = person_keys.unlock(bank.session.workspace.id, bank.ids[name], PASSPHRASE)
    elsewhere = certificates.create_authority("Elsewhere", clock.now(), certificates.new_p256_key())
    return certificates.issue_person(elsewhere, printed, "x", clock.now(), held.private)


def test_a_key_serves_one_person_whatever_certificate_it_comes_in(bank: Bank) -> None:
    again = _second_certificate(bank, "Corinna Wolters", "C. Wolters")
    with pytest.raises(AppError) as refused:
        _enrol(bank, "C. Wolters", again)
    assert refused.value.code == "person.key_taken"
    assert refused.value.parameters["name"] == "Corinna Wolters"
    assert len(people.list_people(bank.session)) == len(bank.ids)


def test_a_second_person_with_the_same_key_is_found_in_the_ledger(file_bank: Bank) -> None:
    again = _second_certificate(file_bank, "Corinna Wolters", "C. Wolters")
    with file_bank.session.workspace.write(file_bank.session.actor) as work:
        enrolled = enrolment_of("twin", "C. Wolters", (Role.VALIDATOR,), again)
        work.record(enrolled)
    first = ledger.verify_ledger(file_bank.session).first_failure
    assert first is not None
    assert first.finding is not None
    assert (first.name, first.finding.error.code) == ("decisions", "ledger.key_shared")
    assert first.finding.position == work.before.size


def test_nobody_who_can_sign_is_enrolled_without_the_authority(file_bank: Bank) -> None:
    key = certificates.new_p256_key()
    elsewhere = certificates.create_authority("Elsewhere", clock.now(), key)
    own = certificates.issue_person(
        elsewhere, "Sock", "x", clock.now(), certificates.new_p256_key()
    )
    with pytest.raises(AppError, match="authority_wrong"):
        _enrol(file_bank, "Sock Puppet", own, "geraten und falsch")
    _enrol(file_bank, "Anna Weiß", own)
    assert people.show_person(file_bank.session, "Anna Weiß").can_sign


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("corinna   WOLTERS", "person.name_taken"),
        ("Corinna\nWolters", "person.name_taken"),
        ("Corinna\u200b Wolters", "person.name_refused"),
        ("\u202eanniroC", "person.name_refused"),
        ("Dr. Corinna Wolters", "person.name_taken"),
        ("Wolters, Corinna", "person.name_taken"),
        ("C\N{CYRILLIC SMALL LETTER O}rinna Wolters", "person.name_mixed"),
        (
            "\u0419\u043e\u043d\u0430\u0441 \u0411\u0440\u0430\u043d\u0434\u0442",
            "person.name_taken",
        ),
        ("A" * 65, "person.name_refused"),
        (" \t", "person.name_missing"),
    ],
)
def test_no_name_looks_like_another_by_what_cannot_be_seen(
    file_bank: Bank, name: str, code: str
) -> None:
    with pytest.raises(AppError) as refused:
        people.enrol_person(file_bank.session, people.Enrolment(name), lambda: "")
    assert refused.value.code == code


def test_a_locked_person_signs_again_once_certified_anew(file_bank: Bank) -> None:
    request = ask(file_bank, by=FOUNDER)
    wrong = file_bank.unlock("Jonas Brandt", "geraten und falsch")
    for _ in range(person_keys.MAX_FAILURES):
        with pytest.raises(AppError):
            decisions.decide(file_bank.as_("Jonas Brandt"), request, APPROVE, wrong)
    with pytest.raises(AppError, match="locked"):
        cast(file_bank, request, "Jonas Brandt")
    authority = certification.unlock_authority(file_bank.session, lambda: PASSPHRASE)
    certification.certify_person(file_bank.session, "Jonas Brandt", PASSPHRASE, authority)
    cast(file_bank, request, "Jonas Brandt")
    assert len(approvals.show_request(file_bank.session, request).decisions) == 1


def test_what_is_no_current_model_is_not_asked_about(file_bank: Bank) -> None:
    retired = register(file_bank)
    models.move_model(file_bank.session, retired, Move.RETIRE, reason="abgelöst")
    found = declarations.declare_candidate(file_bank.session, "Rechner.xlsx", "Laufwerk R").id
    for model in (retired, found):
        add_version(file_bank, model)
        with pytest.raises(AppError) as refused:
            approvals.request_approval(file_bank.as_(FOUNDER), model, "7", "production")
        assert refused.value.code == "approval.model_not_current"


def test_an_approval_names_its_environment(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    with pytest.raises(AppError, match="environment_missing"):
        approvals.request_approval(file_bank.as_(FOUNDER), model, "7", " \t")
    asked = approvals.request_approval(file_bank.as_(FOUNDER), model, "7", " production ")
    assert approvals.show_request(file_bank.session, asked.id).environment == "production"


@pytest.mark.parametrize(
    ("decision", "terms", "code"),
    [
        (Decision.CONDITION, (" ",), "approval.condition_missing"),
        (Decision.CONDITION, ("Bericht", ""), "approval.condition_missing"),
        (Decision.APPROVE, ("Bericht",), "approval.condition_unfit"),
    ],
)
def test_conditions_say_something_and_stand_where_they_bind(
    file_bank: Bank, decision: Decision, terms: tuple[str, ...], code: str
) -> None:
    request = ask(file_bank, by=FOUNDER)
    ballot = Ballot(decision, "I say so.", conditions=tuple((term, None) for term in terms))
    with pytest.raises(AppError) as refused:
        cast(file_bank, request, "Jonas Brandt", ballot)
    assert refused.value.code == code
