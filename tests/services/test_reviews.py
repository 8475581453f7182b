"""What signers read: lists with what waits for them, one request whole, who may sign."""

from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.standing import Status
from mlops_desktop.services import acting, approvals, decisions, models, people, reviews
from mlops_desktop.services.covered import FieldText
from mlops_desktop.store.engine import WRITES
from tests.services.steps import add_version, ask, cast, register
from tests.support.bank import FOUNDER, Bank


def test_what_waits_for_a_person_stands_first(bank: Bank) -> None:
    ask(bank)
    other = register(bank, name="Zweites", owner="Jonas Brandt")
    add_version(bank, other)
    approvals.request_approval(bank.session, other, "7", "staging")
    told = [
        (one.model_name, one.is_waiting) for one in reviews.list_lines(bank.as_("Jonas Brandt"))
    ]
    assert told == [("PD Mittelstand (IRB)", True), ("Zweites", False)]
    counted = {name: reviews.count_waiting(bank.as_(name)) for name in bank.ids}
    assert counted == {
        FOUNDER: 1,
        "Corinna Wolters": 1,
        "Mateusz Kowalczyk": 0,
        "Jonas Brandt": 1,
        "Miriam Sander": 2,
    }


def test_a_line_counts_approvals_and_names_who_gave_them(file_bank: Bank) -> None:
    request = ask(file_bank)
    cast(file_bank, request, "Jonas Brandt")
    (line,) = reviews.list_lines(file_bank.session)
    assert (line.given, line.needed, line.approvers) == (1, 2, ("Jonas Brandt",))
    assert reviews.list_lines(file_bank.session, model="another") == ()


def test_a_past_day_knows_no_later_request_and_waits_for_nobody(file_bank: Bank) -> None:
    ask(file_bank)
    today = clock.today()
    assert reviews.list_lines(file_bank.session, on(today - timedelta(days=1))) == ()
    (line,) = reviews.list_lines(file_bank.as_("Jonas Brandt"), on(today))
    assert not line.is_waiting


def test_covered_fields_are_opened_then_and_now(bank: Bank) -> None:
    request = ask(bank)
    before = {one.name: one for one in reviews.show_sheet(bank.session, request).fields}
    assert before["model.purpose"].then.text == "Risikogewichtete Aktiva und Bepreisung"
    assert not before["model.purpose"].is_changed
    models.edit_model(bank.session, "M-00001", {"purpose": "", "tier": "2"})
    sheet = reviews.show_sheet(bank.session, request)
    after = {one.name: one for one in sheet.fields if one.is_changed}
    assert set(after) == {"model.purpose", "model.tier"}
    assert after["model.purpose"].now == FieldText()
    assert (after["model.tier"].then.text, after["model.tier"].now.text) == ("1", "2")
    assert sheet.row.status is Status.VOIDED


def test_an_erased_text_is_told_as_erased(file_bank: Bank) -> None:
    request = ask(file_bank)
    with file_bank.session.workspace.engine.connect() as connection:
        writing = connection.execution_options(**{WRITES: True})
        writing.exec_driver_sql("DELETE FROM disclosures")
        writing.commit()
    found = {one.name: one for one in reviews.show_sheet(file_bank.session, request).fields}
    assert found["model.purpose"].then == FieldText(is_erased=True)


def test_the_rule_that_keeps_a_person_out_is_named(file_bank: Bank) -> None:
    request = ask(file_bank)
    refusals = {
        name: reviews.show_sheet(file_bank.as_(name), request).refusal for name in file_bank.ids
    }
    assert refusals == {
        FOUNDER: None,
        "Corinna Wolters": "owner",
        "Mateusz Kowalczyk": "developer",
        "Jonas Brandt": None,
        "Miriam Sander": None,
    }
    signers = reviews.show_sheet(file_bank.session, request).signers
    assert {person.name for person in signers} == {FOUNDER, "Jonas Brandt", "Miriam Sander"}


def test_a_signature_that_does_not_hold_is_named_by_position(file_bank: Bank) -> None:
    request = ask(file_bank)
    cast(file_bank, request, "Jonas Brandt")
    sheet = reviews.show_sheet(file_bank.session, request)
    (decision,) = sheet.row.decisions
    assert sheet.faults == {}
    with file_bank.session.workspace.engine.connect() as connection:
        writing = connection.execution_options(**{WRITES: True})
        writing.exec_driver_sql(
            "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'I approve', 'I decline')"
            f" AS BLOB) WHERE position = {decision.position}"
        )
        writing.commit()
    faults = reviews.show_sheet(file_bank.session, request).faults
    assert set(faults) == {decision.position}
    assert faults[decision.position].startswith("signature.")


def test_how_a_request_ended_is_told(file_bank: Bank) -> None:
    request = ask(file_bank)
    assert reviews.show_sheet(file_bank.session, request).ending is None
    approvals.withdraw_request(file_bank.as_("Corinna Wolters"), request, "Falsche Version")
    ending = reviews.show_sheet(file_bank.session, request).ending
    assert ending is not None
    assert (ending.is_revoked, ending.reason) == (False, "Falsche Version")
    assert ending.person == file_bank.ids["Corinna Wolters"]


def test_a_revocation_is_told_with_its_reason(file_bank: Bank) -> None:
    request = ask(file_bank)
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(file_bank, request, name)
    who = "Miriam Sander"
    unlock = file_bank.unlock(who)
    decisions.revoke_approval(file_bank.as_(who), request, "Grenze", "I revoke.", unlock)
    ending = reviews.show_sheet(file_bank.session, request).ending
    assert ending is not None
    assert (ending.is_revoked, ending.reason) == (True, "Grenze")


def test_who_could_sign_is_known_before_anything_is_asked(file_bank: Bank) -> None:
    model = register(file_bank)
    found = reviews.find_signers(file_bank.session, model)
    assert {person.name for person in found.able} == {"Jonas Brandt", "Miriam Sander"}
    assert not found.is_hopeless
    people.revoke_person(file_bank.session, "Jonas Brandt")
    assert reviews.find_signers(file_bank.session, model).is_hopeless


def test_who_holds_a_key_here_can_act_here(file_bank: Bank) -> None:
    people.enrol_person(file_bank.session, people.Enrolment("Ohne Schlüssel"), lambda: "")
    people.revoke_person(file_bank.session, "Miriam Sander")
    names = {person.name for person in acting.list_actors(file_bank.session)}
    assert names == {FOUNDER, "Corinna Wolters", "Mateusz Kowalczyk", "Jonas Brandt"}
    jonas = file_bank.ids["Jonas Brandt"]
    assert acting.act_as(file_bank.session, jonas).actor.person == jonas
