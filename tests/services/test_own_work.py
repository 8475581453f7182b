"""What a person would fear most: somebody approves his own work by a way around the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from mlops_desktop.core import approvals as core
from mlops_desktop.core import clock
from mlops_desktop.core.delegations import EVERYTHING
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRequested, Decision, Seen
from mlops_desktop.core.events.delegations import DelegationGranted
from mlops_desktop.core.events.rules import RuleAdded
from mlops_desktop.core.identity import Role
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, delegations, ledger, models, papers, rules
from mlops_desktop.services.asking import Asked, ask_approval, covered_by, find_version
from mlops_desktop.services.decisions import Ballot, decide
from mlops_desktop.services.delegations import NewDelegation
from mlops_desktop.services.documents import File
from mlops_desktop.services.papers import NewPaper
from mlops_desktop.services.session import must_commit
from mlops_desktop.services.signing import sign_event
from mlops_desktop.store.queries.models import get_model
from mlops_desktop.store.queries.people import get_person
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import APPROVE, add_version, ask, cast, put_in_force, register

OWNER, DEPUTY, OTHER = "Corinna Wolters", "Jonas Brandt", "Miriam Sander"
SCAN = File("Protokoll.pdf", b"%PDF scan")
PAST = date(2023, 12, 12)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def _delegate(bank: Bank, giver: str, holder: str, days: int = 30) -> str:
    wanted = NewDelegation(holder, clock.today(), clock.today() + timedelta(days=days))
    return delegations.grant_delegation(bank.as_(giver), wanted, bank.unlock(giver)).id


def _rule_of(act: Callable[[], object]) -> str:
    with pytest.raises(AppError) as refused:
        act()
    return refused.value.code.removeprefix("approval.refused_")


def _first_failure(bank: Bank) -> tuple[str, str, int]:
    first = ledger.verify_ledger(bank.session).first_failure
    assert first is not None
    assert first.finding is not None
    rule = str(first.finding.error.parameters.get("rule", first.finding.error.code))
    return first.name, rule, first.finding.position


def test_an_owner_does_not_approve_through_his_deputy(bank: Bank) -> None:
    request = ask(bank, by=FOUNDER)
    _delegate(bank, OWNER, DEPUTY)
    ballot = replace(APPROVE, on_behalf_of=OWNER)
    assert _rule_of(lambda: cast(bank, request, DEPUTY, ballot)) == "deputy_of_owner"
    (attempt,) = approvals.show_request(bank.session, request).decisions
    assert (attempt.person, attempt.on_behalf_of) == (bank.ids[DEPUTY], bank.ids[OWNER])
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_deputy_gives_one_approval_with_both_names(bank: Bank) -> None:
    request = ask(bank)
    _delegate(bank, OTHER, DEPUTY)
    cast(bank, request, DEPUTY, replace(APPROVE, on_behalf_of=OTHER))
    (one,) = approvals.show_request(bank.session, request).decisions
    assert one.decided is not None
    assert (one.decided.name.text, one.decided.behalf_name) != (None, None)
    assert one.decided.behalf_name is not None
    assert one.decided.behalf_name.text == OTHER
    assert one.decided.role is Role.COMPLIANCE
    assert _rule_of(lambda: cast(bank, request, DEPUTY)) == "twice"
    assert _rule_of(lambda: cast(bank, request, OTHER)) == "twice"
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_mandate_is_not_handed_on_and_ends_with_its_last_day(file_bank: Bank) -> None:
    request = ask(file_bank)
    _delegate(file_bank, OTHER, DEPUTY, days=3)
    _delegate(file_bank, DEPUTY, FOUNDER)
    ballot = replace(APPROVE, on_behalf_of=OTHER)
    assert _rule_of(lambda: cast(file_bank, request, FOUNDER, ballot)) == "delegation_missing"
    after = clock.now() + timedelta(days=4)
    with clock.reading(partial(lambda moment: moment, after)):
        assert _rule_of(lambda: cast(file_bank, request, DEPUTY, ballot)) == "delegation_expired"


def test_nobody_grants_a_delegation_in_another_name(file_bank: Bank) -> None:
    wanted = NewDelegation(OWNER, clock.today(), clock.today())
    with pytest.raises(AppError):  # Sander's key asks for Sander's passphrase
        delegations.grant_delegation(
            file_bank.as_(OTHER), wanted, file_bank.unlock(OTHER, "geraten und falsch")
        )
    assert delegations.list_delegations(file_bank.session) == ()


def test_an_unsigned_delegation_put_past_the_program_is_found(file_bank: Bank) -> None:
    session = file_bank.as_(OTHER)
    with session.workspace.write(session.actor) as work:
        giver = get_person(work.connection, session.actor.person)
        granted = DelegationGranted(
            "g", giver.id, must_commit(giver.name), file_bank.ids[OWNER], clock.today(),
            clock.today(), Seen(0, EMPTY), giver.fingerprint or "", EVERYTHING,
        )  # fmt: skip
        work.record(granted)
    name, code, position = _first_failure(file_bank)
    assert (name, code, position) == ("decisions", "ledger.signature_missing", work.before.size)


def test_who_edits_the_record_does_not_approve_it(bank: Bank) -> None:
    model = register(bank)
    add_version(bank, model)
    models.edit_model(bank.as_(DEPUTY), model, {"limitations": "Nicht für Leasing"})
    request = approvals.request_approval(bank.as_(OWNER), model, "7", "production").id
    assert _rule_of(lambda: cast(bank, request, DEPUTY)) == "contributor"
    # An owner who takes himself out of the record was the owner all the same.
    models.edit_model(bank.as_(OWNER), model, {"owner": FOUNDER, "developer": OTHER})
    assert _rule_of(lambda: cast(bank, request, OWNER)) in ("owner", "closed")
    assert ledger.verify_ledger(bank.session).is_ok


def test_an_import_makes_its_clerk_no_contributor_but_an_edit_by_import_does(
    file_bank: Bank,
) -> None:
    clerk = file_bank.as_(DEPUTY).as_agent("import")
    taken = models.register_model(clerk, {"name": "LGD", "owner": OWNER, "purpose": "Verlust"}).id
    add_version(file_bank, taken)
    request = approvals.request_approval(file_bank.as_(OWNER), taken, "7", "production").id
    cast(file_bank, request, DEPUTY)
    models.edit_model(clerk, taken, {"purpose": "Verlustquote"})
    again = approvals.request_approval(file_bank.as_(OWNER), taken, "7", "production").id
    assert _rule_of(lambda: cast(file_bank, again, DEPUTY)) == "contributor"


def test_an_owner_hands_over_by_import_and_stays_barred(file_bank: Bank) -> None:
    request = ask(file_bank, by=FOUNDER)
    agent = file_bank.as_(OWNER).as_agent("import")
    models.edit_model(agent, "M-00001", {"owner": OTHER})
    assert _rule_of(lambda: cast(file_bank, request, OWNER)) == "owner"


def test_an_owner_neither_confirms_his_own_paper_nor_does_who_recorded_it(bank: Bank) -> None:
    register(bank)
    paper = NewPaper("Modellrisikokomitee", PAST, SCAN)
    told = papers.record_paper(bank.as_(DEPUTY), "M-00001", paper).id
    for name, rule in ((OWNER, "owner"), (DEPUTY, "recorder"), ("Mateusz Kowalczyk", "developer")):
        confirm = partial(papers.confirm_paper, bank.as_(name), told, bank.unlock(name))
        assert _rule_of(confirm) == rule
    assert _rule_of(lambda: cast(bank, told, OTHER)) == "paper"
    assert approvals.show_request(bank.session, told).status is Status.OPEN
    papers.confirm_paper(bank.as_(OTHER), told, bank.unlock(OTHER))
    assert approvals.show_request(bank.session, told).status is Status.APPROVED
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_decision_past_the_program_is_found_by_its_rule(file_bank: Bank) -> None:
    """An owner with his own key records an approval himself, past what refuses him."""
    request = ask(file_bank, by=FOUNDER)
    row = approvals.show_request(file_bank.session, request)
    session = file_bank.as_(OWNER)
    with session.workspace.read() as view:
        person, seen = get_person(view.connection, session.actor.person), view.head_seen()
    decided = ApprovalDecided(
        row.key, row.model, person.id, must_commit(person.name), Role.OWNER, Decision.APPROVE,
        "I approve.", row.digest, seen, person.fingerprint or "",
    )  # fmt: skip
    credential = file_bank.unlock(OWNER)(person)
    with session.workspace.write(session.actor) as work:
        sign_event(work, decided, credential)
    assert _first_failure(file_bank) == ("rules", "owner", work.before.size)


def test_a_request_under_a_weaker_rule_than_its_own_is_found(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    strict = Rule("strict", (Step("compliance", 2, (Role.COMPLIANCE, Role.VALIDATOR)),))
    put_in_force(file_bank, strict)
    weak = Rule("weak", (Step("anybody", 1),), ())
    session = file_bank.as_(OWNER)
    with session.workspace.write(session.actor) as work:
        state = get_model(work.connection, model).state
        version = find_version(work, model, "7")
        covered = covered_by(state, version)
        work.record(
            ApprovalRequested(
                "r",
                model,
                version.key,
                "production",
                "weak",
                covered,
                core.digest_fields(covered),
                rule_version=1,
                terms=weak,
            )
        )
    assert _first_failure(file_bank) == ("rules", "wrong_rule", work.before.size)


def test_a_request_keeps_the_rule_it_was_made_under(bank: Bank) -> None:
    model = register(bank)
    add_version(bank, model)
    roles = (Role.COMPLIANCE,)
    steps = (Step("any", 1), Step("compliance", 1, roles))
    put_in_force(bank, Rule("two", steps, is_ordered=True))
    asked = Asked(version="7", environment="production")
    request = ask_approval(bank.as_(OWNER), model, asked).id
    rules.archive_rule(bank.session, "two")
    cast(bank, request, DEPUTY)
    assert _rule_of(lambda: cast(bank, request, FOUNDER)) == "role"
    cast(bank, request, OTHER)
    row = approvals.show_request(bank.session, request)
    assert (row.status, row.state.rule_kept.version) == (Status.APPROVED, 1)
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_ballot_can_name_its_step(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    steps = (Step("any", 1), Step("compliance", 1, (Role.COMPLIANCE,)))
    put_in_force(file_bank, Rule("two", steps))
    request = approvals.request_approval(file_bank.as_(OWNER), model, "7", "production").id
    wanted = Ballot(Decision.APPROVE, "I approve.", step="compliance")
    session, unlock = file_bank.as_(DEPUTY), file_bank.unlock(DEPUTY)
    assert _rule_of(lambda: decide(session, request, wanted, unlock)) == "role"


def test_no_rule_of_his_own_lets_an_owner_approve(file_bank: Bank) -> None:
    lax = Rule("lax", (Step("anybody", 1),), ("contributor",))
    with pytest.raises(AppError, match="must_bar"):
        rules.add_rule(file_bank.session, lax)
    # Put past the program, it still bars him: what a rule leaves out is barred all the same.
    with file_bank.session.workspace.write(file_bank.as_(OWNER).actor) as work:
        work.record(RuleAdded(lax))
    request = ask(file_bank, by=FOUNDER)
    assert approvals.show_request(file_bank.session, request).rule == "lax"
    for name, rule in ((OWNER, "owner"), (FOUNDER, "requester")):
        assert _rule_of(partial(cast, file_bank, request, name)) == rule
