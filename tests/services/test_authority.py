"""The table: every act that is not for everybody, by everybody, by every way into the program."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.authority import Act
from mlops_desktop.core.custom_fields import FieldDefinition, FieldKind, Labels
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.rules import RuleActivated, RuleAdded
from mlops_desktop.core.events.tiering import TierTemplateActivated, TierTemplateAdded
from mlops_desktop.core.identity import Role
from mlops_desktop.core.permissions import Category
from mlops_desktop.core.rules import Rule, RuleStatus, Step
from mlops_desktop.core.version_tests import TestKind
from mlops_desktop.services import (
    approvals,
    custom_fields,
    delegations,
    emergencies,
    ledger,
    people,
    permissions,
    rules,
    tier_templates,
    trust_services,
)
from mlops_desktop.services.dossiers.templates import save_template
from mlops_desktop.services.emergencies import NewEmergency
from mlops_desktop.services.permissions import NewPermission
from mlops_desktop.services.permits.issuing import PermitWish, issue_permit
from mlops_desktop.services.rules_again import find_broken_rules
from mlops_desktop.services.session import Session
from mlops_desktop.services.trust_services import NONE
from mlops_desktop.services.version_tests import require_tests
from tests.cli.program import invoke
from tests.services.barred import _unlock
from tests.services.conftest import FOUNDER, PASSPHRASE, STAFF, Bank
from tests.services.steps import SECOND, add_version, ask, cast, register
from tests.support.tiering import template

DEVOPS, OTHER_MANAGER = "Sven Petersen", "Dr. Ulrich Harms"
OWNER, GIVER, HOLDER = "Corinna Wolters", "Jonas Brandt", "Mateusz Kowalczyk"
EVERYBODY = (FOUNDER, *STAFF, DEVOPS, OTHER_MANAGER)
MANAGERS = {FOUNDER, OTHER_MANAGER}
ALLOWED = {
    Act.DRAFT_RULE: MANAGERS,
    Act.ACTIVATE_RULE: {OTHER_MANAGER, SECOND},
    Act.ARCHIVE_RULE: MANAGERS,
    Act.DRAFT_TEMPLATE: MANAGERS,
    Act.ACTIVATE_TEMPLATE: {OTHER_MANAGER, SECOND},
    Act.ARCHIVE_TEMPLATE: MANAGERS,
    Act.RECORD_PERMISSION: {*MANAGERS, SECOND},
    Act.DECLARE_EMERGENCY: {*MANAGERS, DEVOPS, OWNER},
    Act.END_DELEGATION: {*MANAGERS, GIVER, HOLDER},
    Act.DEFINE_FIELD: MANAGERS,
    Act.REQUIRE_TESTS: MANAGERS,
    Act.ARRANGE_TRUST: MANAGERS,
    Act.ISSUE_PERMIT: {*MANAGERS, DEVOPS},
    Act.SHAPE_DOSSIERS: MANAGERS,
}
_DIGEST = "ab" * 32
FOUR = Rule("rule", (Step("any", 2),))


@dataclass
class Desk:
    """A bank, a folder for files, and a number that makes every attempt's subject new."""

    bank: Bank
    folder: Path
    number: int = 0

    def file(self) -> str:
        path = self.folder / f"small-{self.number}.json"
        path.write_text(json.dumps(codec.to_tree(template(self.number))), "utf-8")
        return str(path)

    @property
    def rule(self) -> str:
        return f"rule_{self.number}"

    @property
    def field(self) -> FieldDefinition:
        return FieldDefinition(self.rule, Labels(self.rule), FieldKind.TEXT)


_NUMBERS = count(1)


@pytest.fixture
def desk(bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("SECRET", PASSPHRASE)
    for name, role in ((DEVOPS, Role.DEVOPS), (OTHER_MANAGER, Role.RISK_MANAGER)):
        made = people.enrol_person(
            bank.session, people.Enrolment(name, (role,), PASSPHRASE), lambda: PASSPHRASE
        )
        bank.ids[name] = made.id
    add_version(bank, register(bank))
    return Desk(bank, tmp_path)


def _draft_rule(desk: Desk) -> str:
    rules.add_rule(desk.bank.session, Rule(desk.rule, FOUR.steps))
    return desk.rule


def _draft_template(desk: Desk) -> str:
    tier_templates.add_template(desk.bank.session, desk.file())
    return f"small@{desk.number}"


def _delegate(desk: Desk) -> str:
    bank, today = desk.bank, clock.today()
    wanted = delegations.NewDelegation(HOLDER, today, today + timedelta(days=9))
    return delegations.grant_delegation(bank.as_(GIVER), wanted, _unlock(bank, GIVER)).id


def _approve(desk: Desk) -> str:
    """Open the gate once, so that only the role decides who may issue a permit."""
    bank = desk.bank
    if not approvals.list_requests(bank.session):
        asked = approvals.request_approval(bank.as_(OWNER), "1", "7", "production").id
        cast(bank, asked, GIVER)
        cast(bank, asked, SECOND)
    return ""


def _nothing(desk: Desk) -> str:
    return ""


def _permit(session: Session) -> object:
    assert session.unlock is not None
    return issue_permit(session, PermitWish("1", "7", "production", _DIGEST), session.unlock)


PREPARE: dict[Act, Callable[[Desk], str]] = {
    Act.ACTIVATE_RULE: _draft_rule,
    Act.ARCHIVE_RULE: _draft_rule,
    Act.ACTIVATE_TEMPLATE: _draft_template,
    Act.ARCHIVE_TEMPLATE: _draft_template,
    Act.END_DELEGATION: _delegate,
    Act.ISSUE_PERMIT: _approve,
}
NEEDED = NewPermission("7", "production", Category.PERMISSION, "EZB")
URGENT = NewEmergency("7", "production", "Angriff")
SERVICES: dict[Act, Callable[[Session, Desk, str], object]] = {
    Act.DRAFT_RULE: lambda one, desk, id: rules.add_rule(one, Rule(desk.rule, FOUR.steps)),
    Act.ACTIVATE_RULE: lambda one, desk, id: rules.activate_rule(one, id),
    Act.ARCHIVE_RULE: lambda one, desk, id: rules.archive_rule(one, id),
    Act.DRAFT_TEMPLATE: lambda one, desk, id: tier_templates.add_template(one, desk.file()),
    Act.ACTIVATE_TEMPLATE: lambda one, desk, id: tier_templates.activate_template(one, id),
    Act.ARCHIVE_TEMPLATE: lambda one, desk, id: tier_templates.archive_template(one, id),
    Act.RECORD_PERMISSION: lambda one, desk, id: permissions.need_permission(one, "1", NEEDED),
    Act.DECLARE_EMERGENCY: lambda one, desk, id: emergencies.record_emergency(one, "1", URGENT),
    Act.END_DELEGATION: lambda one, desk, id: delegations.revoke_delegation(one, id),
    Act.DEFINE_FIELD: lambda one, desk, id: custom_fields.define_field(one, desk.field),
    Act.REQUIRE_TESTS: lambda one, desk, id: require_tests(one, 3, (TestKind.LOAD,), "weil"),
    Act.ARRANGE_TRUST: lambda one, desk, id: trust_services.arrange_trust_services(one, NONE),
    Act.ISSUE_PERMIT: lambda one, desk, id: _permit(one),
    Act.SHAPE_DOSSIERS: lambda one, desk, id: save_template(one, desk.rule, ("versions",)),
}
_GATE = ("--environment", "production", "--artifact", _DIGEST, "--permit")
_CHOSEN = ("--sections", "versions")
_KIND = ("--kind", "text", "--label")
_NEED = ("--category", "permission", "--authority", "EZB")
COMMANDS: dict[Act, Callable[[Desk, str], tuple[str, ...]]] = {
    Act.DRAFT_RULE: lambda desk, id: ("rules", "add", desk.rule, "--step", "any=2"),
    Act.ACTIVATE_RULE: lambda desk, id: ("rules", "activate", id),
    Act.ARCHIVE_RULE: lambda desk, id: ("rules", "archive", id),
    Act.DRAFT_TEMPLATE: lambda desk, id: ("tiering", "templates", "add", desk.file()),
    Act.ACTIVATE_TEMPLATE: lambda desk, id: ("tiering", "templates", "activate", id),
    Act.ARCHIVE_TEMPLATE: lambda desk, id: ("tiering", "templates", "archive", id),
    Act.RECORD_PERMISSION: lambda desk, id: ("permissions", "need", "1", "7", *_NEED),
    Act.DECLARE_EMERGENCY: lambda desk, id: ("emergencies", "record", "1", "7", "--reason", "x"),
    Act.END_DELEGATION: lambda desk, id: ("people", "undelegate", id),
    Act.DEFINE_FIELD: lambda desk, id: ("fields", "define", desk.rule, *_KIND, desk.rule),
    Act.REQUIRE_TESTS: lambda desk, id: ("tests", "require", "--tier", "3", "--reason", "x"),
    Act.SHAPE_DOSSIERS: lambda desk, id: ("dossier", "templates", "save", desk.rule, *_CHOSEN),
    Act.ARRANGE_TRUST: lambda desk, id: ("trust", "set", "--none"),
    Act.ISSUE_PERMIT: lambda desk, id: ("gate", "1", "7", *_GATE, str(desk.folder / desk.rule)),
}


def by_service(desk: Desk, act: Act, name: str, id: str) -> str:
    try:
        SERVICES[act](desk.bank.as_(name), desk, id)
    except AppError as error:
        return error.code
    return ""


_SECRET = ("--person-secret-env", "SECRET")


def by_command(desk: Desk, act: Act, name: str, id: str) -> str:
    done = invoke("-w", desk.bank.place, *COMMANDS[act](desk, id), "--as", name, *_SECRET, "--json")
    return "" if done.code == 0 else str(done.error["code"])


def _size(desk: Desk) -> int:
    with desk.bank.session.workspace.read() as view:
        return view.head_seen().size


def expected(act: Act, name: str) -> str:
    if name in ALLOWED[act]:
        return ""
    is_own = name == FOUNDER and act in (Act.ACTIVATE_RULE, Act.ACTIVATE_TEMPLATE)
    return "authority.second_person" if is_own else f"authority.{act.value}"


@pytest.mark.parametrize("act", Act)
def test_every_way_lets_through_the_same_persons(desk: Desk, act: Act) -> None:
    for name in EVERYBODY:
        for way in (by_service, by_command):
            desk.number = next(_NUMBERS)
            id = PREPARE.get(act, _nothing)(desk)
            size = _size(desk)
            assert way(desk, act, name, id) == expected(act, name), (way, name)
            if expected(act, name):  # nothing half done
                assert _size(desk) == size
    assert ledger.verify_ledger(desk.bank.session).is_ok


def test_one_person_alone_does_it_all_and_it_stays_visible(file_bank: Bank) -> None:
    for name in STAFF:
        people.revoke_person(file_bank.session, name)
    people.enrol_person(file_bank.session, people.Enrolment("Known Only"), lambda: "")
    rules.add_rule(file_bank.session, FOUR)
    rules.activate_rule(file_bank.session, "rule")
    (row,) = rules.show_rule(file_bank.session, "rule")
    assert (row.status, row.is_alone) == (RuleStatus.ACTIVE, True)
    tier_templates.take_up_template(file_bank.session, "general")
    shown = tier_templates.show_template(file_bank.session, "general")
    assert (shown.activated_by, shown.is_alone) == (file_bank.ids[FOUNDER], True)
    assert ledger.verify_ledger(file_bank.session).is_ok


def test_a_draft_holds_for_nothing_and_a_newer_version_passes_over_it(file_bank: Bank) -> None:
    session, second = file_bank.session, file_bank.as_(SECOND)
    rules.add_rule(session, FOUR)
    assert [row.is_active for row in rules.show_rule(session, "rule")] == [False]
    rules.activate_rule(second, "rule")
    with pytest.raises(AppError, match=r"rule\.no_draft"):
        rules.activate_rule(second, "rule")
    rules.add_rule(session, Rule("rule", (Step("any", 3),)))
    rules.add_rule(session, Rule("rule", (Step("any", 4),)))
    standing = [row.status for row in rules.show_rule(session, "rule")]
    assert standing == [RuleStatus.ACTIVE, RuleStatus.DRAFT, RuleStatus.DRAFT]
    rules.activate_rule(second, "rule")
    standing = [row.status for row in rules.show_rule(session, "rule")]
    assert standing == [RuleStatus.ARCHIVED, RuleStatus.ARCHIVED, RuleStatus.ACTIVE]
    rules.archive_rule(session, "rule", "Komitee neu geordnet")
    assert {row.status for row in rules.show_rule(session, "rule")} == {RuleStatus.ARCHIVED}
    with pytest.raises(AppError, match=r"rule\.already_archived"):
        rules.archive_rule(session, "rule")


def test_what_was_brought_in_force_past_the_program_is_found(file_bank: Bank) -> None:
    """Rules and templates by one person, or by one without the role, straight into the ledger."""
    session = file_bank.session
    rules.add_rule(session, FOUR)
    own = template(1)
    with session.workspace.write(session.actor) as work:
        work.record(RuleActivated("rule", 1))
        work.record(RuleAdded(Rule("lax", (Step("any", 1),))))
        work.record(TierTemplateAdded(own))
        work.record(TierTemplateActivated(own.id, own.version, is_alone=False))
    with session.workspace.write(file_bank.as_(OWNER).actor) as work:
        work.record(RuleAdded(Rule("mine", FOUR.steps), is_draft=True))
        before = work.before.size
    check = next(one for one in ledger.verify_ledger(session).checks if one.name == "rules")
    assert check.finding is not None
    assert check.finding.position == before - 4
    assert check.finding.error.parameters["rule"] == "second_person"
    with session.workspace.read() as view:
        found = [(one.position - before, one.rule) for one in find_broken_rules(view)]
    assert found == [
        (-4, "second_person"),
        (-3, "second_person"),
        (-1, "second_person"),
        (0, "authority"),
    ]


def test_who_declared_an_emergency_does_not_ratify_it(file_bank: Bank) -> None:
    request = ask(file_bank)
    emergencies.record_emergency(file_bank.session, "M-00001", URGENT)
    with pytest.raises(AppError, match="refused_declarer"):
        cast(file_bank, request, FOUNDER)
    assert ledger.verify_ledger(file_bank.session).is_ok
