"""The gate: approvals, conditions, supervisors and emergencies each say no by their own rule."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, conditions, ledger, models, papers, permissions
from mlops_desktop.services.conditions import Fulfilment
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.documents import File, read_document
from mlops_desktop.services.emergencies import NewEmergency, record_emergency
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.papers import NewPaper
from mlops_desktop.services.permissions import NewPermission, Reply
from mlops_desktop.services.reviews import show_sheet
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import add_version, ask, cast, register

SCAN = File("Protokoll.pdf", b"%PDF scan")
FIRST, SECOND = "Jonas Brandt", "Miriam Sander"


def rules(bank: Bank, version: str = "7") -> list[str]:
    answer = ask_gate(bank.session, "M-00001", version, "production")
    assert answer.is_allowed == (not answer.reasons)
    assert all(one.detail and "{" not in one.detail for one in answer.reasons)
    return [one.rule for one in answer.reasons]


@contextmanager
def later(days: int) -> Iterator[None]:
    moment = clock.now() + timedelta(days=days)
    with clock.reading(partial(lambda told: told, moment)):
        yield


def test_it_opens_with_the_second_approval_and_closes_with_a_change(bank: Bank) -> None:
    model = register(bank)
    add_version(bank, model)
    assert rules(bank) == ["approval_missing"]
    asked = approvals.request_approval(bank.as_("Corinna Wolters"), model, "7", "production").id
    assert rules(bank) == ["approval_open"]
    cast(bank, asked, FIRST)
    cast(bank, asked, SECOND)
    assert rules(bank) == []
    models.edit_model(bank.session, model, {"limitations": "Nicht für Leasing"})
    assert rules(bank) == ["approval_voided"]
    models.move_model(bank.session, model, Move.RETIRE, reason="abgelöst")
    assert sorted(rules(bank)) == ["approval_voided", "model_stopped"]


def test_a_condition_is_met_by_evidence_from_an_independent_person(bank: Bank) -> None:
    request = ask(bank)
    due = clock.today() + timedelta(days=5)
    cast(bank, request, FIRST, Ballot(Decision.CONDITION, "If.", conditions=(("Bericht", due),)))
    cast(bank, request, SECOND)
    assert rules(bank) == []
    with later(6):
        assert rules(bank) == ["condition_overdue"]
        assert [one.is_overdue for one in show_sheet(bank.session, request).conditions] == [True]
    done = Fulfilment(1, SCAN, "Bericht vom Mai")
    owner = "Corinna Wolters"
    with pytest.raises(AppError, match="refused_owner"):
        conditions.meet_condition(bank.as_(owner), request, done, bank.unlock(owner))
    conditions.meet_condition(bank.as_(FOUNDER), request, done, bank.unlock(FOUNDER))
    sheet = show_sheet(bank.session, request)
    (stand,) = sheet.conditions
    assert sheet.row.status is Status.APPROVED
    assert stand.met is not None
    assert stand.met.document is not None
    assert read_document(bank.session, stand.met.document.file) == SCAN.content
    with pytest.raises(AppError, match="already_met"):
        conditions.meet_condition(bank.as_(FOUNDER), request, done, bank.unlock(FOUNDER))
    with later(6):
        assert rules(bank) == []
    assert ledger.verify_ledger(bank.session).is_ok


def test_paper_counts_from_its_true_date_once_confirmed(bank: Bank) -> None:
    model = register(bank)
    add_version(bank, model)
    models.edit_model(bank.session, model, {"limitations": "Nicht für Leasing"})
    paper = NewPaper("Modellrisikokomitee", date(2023, 12, 12), SCAN, "7")
    told = papers.record_paper(bank.as_("Corinna Wolters"), model, paper).id
    assert rules(bank) == ["paper_unconfirmed"]
    papers.confirm_paper(bank.as_(SECOND), told, bank.unlock(SECOND))
    assert rules(bank) == []
    then = models.show_model(bank.session, model, AsOf(at=date(2024, 1, 31))).row
    assert then.approval is Approval.APPROVED
    models.edit_model(bank.session, model, {"purpose": "Bepreisung"})
    assert rules(bank) == ["approval_voided"]
    assert models.show_model(bank.session, model).row.approval is Approval.EXPIRED
    assert ledger.verify_ledger(bank.session).is_ok


def _approve(bank: Bank) -> None:
    request = ask(bank)
    cast(bank, request, FIRST)
    cast(bank, request, SECOND)


@pytest.mark.parametrize(
    ("category", "before", "applied"),
    [
        (Category.PERMISSION, ["permission_pending"], ["permission_pending"]),
        (Category.PRIOR_NOTIFICATION, ["permission_pending"], []),
        (Category.SUBSEQUENT_NOTIFICATION, [], []),
    ],
)
def test_approved_internally_permission_pending(
    file_bank: Bank, category: Category, before: list[str], applied: list[str]
) -> None:
    _approve(file_bank)
    session, today = file_bank.session, clock.today()
    wanted = NewPermission("7", "production", category, "EZB", "wesentliche Änderung")
    id = permissions.need_permission(session, "M-00001", wanted).id
    assert rules(file_bank) == before
    with pytest.raises(AppError, match="not_applied"):
        permissions.answer_permission(session, id, Reply(Outcome.GRANTED, today))
    permissions.apply_for_permission(session, id, today, "AZ 4711")
    assert rules(file_bank) == applied
    terms = (("Nachkalibrierung", today + timedelta(days=5)),)
    permissions.answer_permission(session, id, Reply(Outcome.GRANTED, today, terms, SCAN))
    assert rules(file_bank) == []
    with later(6):
        assert rules(file_bank) == ["obligation_overdue"]
    permissions.meet_obligation(session, id, 1, SCAN)
    with later(6):
        assert rules(file_bank) == []
    assert ledger.verify_ledger(session).is_ok


def test_an_emergency_is_open_until_an_approval_ratifies_it(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    add_version(file_bank, model, "8", "sha256:bb")
    wanted = NewEmergency("7", "production", "Angriff auf BIN-Bereich")
    record_emergency(file_bank.session, model, wanted)
    assert rules(file_bank) == ["approval_missing", "emergency_open"]
    assert rules(file_bank, "8") == ["approval_missing"]
    with later(30):
        assert rules(file_bank, "8") == ["approval_missing", "emergency_overdue"]
    owner = file_bank.as_("Corinna Wolters")
    asked = approvals.request_approval(owner, model, "7", "production").id
    cast(file_bank, asked, FIRST)
    cast(file_bank, asked, SECOND)
    assert rules(file_bank) == []
    with later(30):
        assert rules(file_bank, "8") == ["approval_missing"]


def test_an_emergency_says_why_and_is_approved_soon(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    for wanted, code in (
        (NewEmergency("7", "production", " "), "emergency.reason_missing"),
        (NewEmergency("7", " ", "x"), "approval.environment_missing"),
        (NewEmergency("7", "production", "x", days=90), "emergency.days_refused"),
    ):
        with pytest.raises(AppError) as refused:
            record_emergency(file_bank.session, model, wanted)
        assert refused.value.code == code
