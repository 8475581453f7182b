"""Whoever holds a key signs what he attests, puts in force or records; the ledger checks it."""

import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mlops_desktop.core import ledger_format
from mlops_desktop.core.attestations import Answer, Target
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.campaigns import CampaignAnswered
from mlops_desktop.core.events.rules import RuleActivated
from mlops_desktop.core.identity import Role
from mlops_desktop.core.permissions import Category
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import (
    emergencies,
    ledger,
    models,
    people,
    permissions,
    rules,
    workspaces,
)
from mlops_desktop.services.attestations import answering, running
from mlops_desktop.services.attestations.answering import Wish
from mlops_desktop.services.attestations.running import NewCampaign
from mlops_desktop.services.workspaces import NewWorkspace
from mlops_desktop.store import log
from mlops_desktop.store.queries.campaigns import find_campaign
from tests.services.conftest import FOUNDER, PASSPHRASE, Bank
from tests.services.steps import SECOND, add_version, register

OWNER, PHANTOM = "Corinna Wolters", "Peter Phantom"
KINDS = {
    "campaign.answered": 2,
    "emergency.recorded": 1,
    "permission.needed": 1,
    "rule.activated": 1,
    "rule.archived": 1,
}


def signed(bank: Bank) -> dict[str, tuple[int, int]]:
    """Return of each kind how many events there are, and how many of them are signed."""
    told: dict[str, list[bool]] = {}
    with bank.session.workspace.read() as view:
        for stored in log.read_events(view.connection):
            envelope = log.read_envelope(view.connection, stored.body)
            kind = registry.name_of(type(envelope.payload))
            told.setdefault(kind, []).append(envelope.signature is not None)
    return {kind: (len(all_), sum(all_)) for kind, all_ in told.items()}


def failed(bank: Bank) -> str | None:
    found = ledger.verify_ledger(bank.session, whole=True).first_failure
    return found.finding.error.code if found and found.finding else None


def _campaign(bank: Bank) -> None:
    wanted = NewCampaign("2026", "Es stimmt.", date(2099, 12, 31), (Target("100"),))
    running.open_campaign(bank.session, wanted)


@pytest.fixture
def busy(bank: Bank) -> Bank:
    """A bank in which everything happened that is signed by who holds a key."""
    add_version(bank, register(bank))
    register(bank, name="LGD Baufinanzierung (IRB)")
    rules.add_rule(bank.session, Rule("two", (Step("any", 2),)))
    rules.activate_rule(bank.as_(SECOND), "two")
    rules.archive_rule(bank.session, "two")
    needed = permissions.NewPermission("7", "production", Category.PERMISSION, "EZB")
    permissions.need_permission(bank.as_(SECOND), "1", needed)
    urgent = emergencies.NewEmergency("7", "production", "Angriff")
    emergencies.record_emergency(bank.as_(OWNER), "1", urgent)
    _campaign(bank)
    wishes = [Wish("M-1", Answer.CORRECT), Wish("M-2", Answer.CORRECT)]
    answering.give_answers(bank.as_(OWNER), "AC-1", wishes)
    return bank


def test_every_act_is_signed_and_verified_and_one_without_a_signature_is_found(busy: Bank) -> None:
    told = signed(busy)
    assert {kind: told[kind] for kind in KINDS} == {kind: (n, n) for kind, n in KINDS.items()}
    assert failed(busy) is None
    # Somebody with a program of his own leaves the signature out.
    (answer,) = answering.show_answerable(busy.as_(OWNER), "AC-1")[:1]
    with busy.session.workspace.write(busy.as_(OWNER).actor) as work:
        campaign = find_campaign(work.connection, "AC-1").key
        work.record(CampaignAnswered(campaign, answer.model, Answer.CORRECT))
    assert failed(busy) == "ledger.signature_missing"


def test_nobody_signs_without_being_asked_and_nothing_is_half_done(file_bank: Bank) -> None:
    register(file_bank)
    _campaign(file_bank)
    mute = replace(file_bank.as_(OWNER), unlock=None)
    with pytest.raises(AppError, match=r"signing\.secret_missing"):
        answering.give_answers(mute, "AC-1", [Wish("M-1", Answer.CORRECT)])
    wrong = people.with_passphrase(mute, "not this one")
    with pytest.raises(AppError, match=r"person_key\.passphrase_wrong"):
        answering.give_answers(wrong, "AC-1", [Wish("M-1", Answer.CORRECT)])
    assert "campaign.answered" not in signed(file_bank)
    refused = answering.give_answers(mute, "AC-1", [Wish("M-1", Answer.CHANGED)])
    assert len(refused.refusals) == 1, "what is refused asks for no secret"


def test_who_is_only_known_attests_unsigned_and_binds_nobody(file_bank: Bank) -> None:
    wanted = people.Enrolment(PHANTOM, (Role.COMPLIANCE, Role.OWNER))
    file_bank.ids[PHANTOM] = people.enrol_person(file_bank.session, wanted, lambda: "").id
    add_version(file_bank, register(file_bank, owner=PHANTOM))
    rules.add_rule(file_bank.session, Rule("two", (Step("any", 2),)))
    needed = permissions.NewPermission("7", "production", Category.PERMISSION, "EZB")
    phantom = file_bank.as_(PHANTOM)
    with pytest.raises(AppError, match=r"authority\.no_key"):
        rules.activate_rule(phantom, "two")
    with pytest.raises(AppError, match=r"authority\.no_key"):
        permissions.need_permission(phantom, "1", needed)
    _campaign(file_bank)
    answering.give_answers(phantom, "AC-1", [Wish("M-1", Answer.CORRECT)])
    assert signed(file_bank)["campaign.answered"] == (1, 0)
    models.edit_model(file_bank.session, "1", {"owner": OWNER})
    answering.give_answers(file_bank.as_(OWNER), "AC-1", [Wish("M-1", Answer.CORRECT)])
    assert failed(file_bank) is None
    with file_bank.session.workspace.write(phantom.actor) as work:
        work.record(RuleActivated("two", 1))
    assert failed(file_bank) == "ledger.rule_broken"


@pytest.mark.parametrize(
    ("promised", "found"),
    [(ledger_format.FIRST, None), (ledger_format.NEWEST, "ledger.signature_missing")],
)
def test_a_ledger_keeps_the_rule_it_was_founded_with(
    promised: int, found: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv(VARIABLE, secrets.token_hex(32))
    monkeypatch.setattr(ledger_format, "NEWEST", promised)
    wanted = NewWorkspace(str(tmp_path / "bank.mlops"), "Elbmark", FOUNDER, PASSPHRASE)
    bank = Bank(people.with_passphrase(workspaces.create_workspace(wanted), PASSPHRASE), "")
    rules.add_rule(bank.session, Rule("two", (Step("any", 2),)))
    with bank.session.workspace.write(bank.session.actor) as work:
        work.record(RuleActivated("two", 1))
    assert failed(bank) == found
    rules.archive_rule(bank.session, "two")
    rules.add_rule(bank.session, Rule("three", (Step("any", 2),)))
    assert failed(bank) == found
    with bank.session.workspace.write(bank.session.actor) as work:
        work.record(RuleActivated("three", 1))
    assert failed(bank) == "ledger.signature_missing", "after the first that was signed"
    bank.session.workspace.close()
