"""The sample bank's requests for approval, their conditions and what was decided around them."""

from collections import Counter
from datetime import date, timedelta

import pytest

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, models, oversight, people, rules, workspaces
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.decisions import Ballot, decide
from mlops_desktop.services.demo import DemoResult
from mlops_desktop.services.session import Session
from tests.services.demo.bank import OPENING, all_models, passphrase_of, requests_of


def test_the_requests_stand_as_told(session: Session) -> None:
    asked = [row for row in approvals.list_requests(session) if row.paper is None]
    assert Counter(row.status for row in asked) == {
        Status.APPROVED: 31 + 4,  # four were approved with a condition that is met by now
        Status.CONDITIONAL: 2,
        Status.REJECTED: 3,
        Status.VOIDED: 1,
        Status.REVOKED: 1,
        Status.OPEN: 4,
    }


def test_the_voided_approval_names_the_field_that_changed(session: Session) -> None:
    (row,) = requests_of(session, Status.VOIDED)
    assert (row.model_id, row.label) == ("M-00006", "5")
    assert row.changed == ("model.methodology",)
    assert [decision.attempted for decision in row.decisions] == [Decision.APPROVE] * 2
    then = models.show_model(session, "M-00006", AsOf(date(2026, 8, 17), date(2026, 8, 17)))
    now = models.show_model(session, "M-00006")
    covered = {pair.name: pair.value for pair in row.covered}
    assert covered["model.methodology"] == then.state.details.methodology
    assert "eine Kalibrierung für alle Konten" in covered["model.methodology"]
    assert "getrennt nach Konten" in (now.state.details.methodology or "")
    assert then.row.approval is Approval.APPROVED


def test_the_refused_attempt_names_its_rule(session: Session) -> None:
    refused = [
        (row.model_id, row.label, people.show_person(session, item.person).name, item.refused_by)
        for row in approvals.list_requests(session)
        for item in row.decisions
        if item.refused_by is not None
    ]
    assert refused == [
        ("M-00005", "8", "Corinna Wolters", "owner"),
        ("M-00005", "8", "Priya Raman", "deputy_of_owner"),
    ]


def test_two_requests_wait_for_compliance_and_a_signature_decides_one(
    session: Session, demo: DemoResult
) -> None:
    waiting = [
        row
        for row in requests_of(session, Status.OPEN)
        if any(item.decided for item in row.decisions)
    ]
    assert sorted(row.model_id for row in waiting) == ["M-00005", "M-00021"]
    for row in waiting:
        assert "Miriam Sander" in {who.name for who in approvals.signers_left(session, row.key)}
    acting = workspaces.open_workspace(str(demo.place), acting="Miriam Sander")
    unlock = people.unlocker(acting, lambda: passphrase_of(demo, "Miriam Sander"))
    with pytest.raises(AppError) as unsigned:
        decide(
            acting,
            waiting[0].key,
            Ballot(Decision.APPROVE, "geprüft"),
            people.unlocker(acting, lambda: "nicht das richtige"),
        )
    assert unsigned.value.code == "person_key.passphrase_wrong"
    (person,) = [one for one in people.list_people(session) if one.name == "Miriam Sander"]
    assert unlock(person).certificate is not None
    acting.workspace.close()


def test_conditions_are_due_and_overdue_as_seen_from_today(session: Session) -> None:
    conditional = requests_of(session, Status.CONDITIONAL)
    dues = {
        row.model_id: [
            item.due for one in row.decisions if one.decided for item in one.decided.conditions
        ]
        for row in conditional
    }
    assert dues["M-00022"] == [OPENING + timedelta(days=12)]
    assert dues["M-00010"] == [OPENING - timedelta(days=20)]
    assert len(dues) == 2


def test_four_conditions_are_met_by_evidence_that_another_person_confirmed(
    session: Session,
) -> None:
    asked = [row for row in approvals.list_requests(session) if row.paper is None]
    stands = [one for row in asked for one in stand_of_conditions(row, OPENING)]
    met = [one for one in stands if one.met is not None]
    assert (len(stands), len(met)) == (7, 4)
    assert all(one.due and one.met_at and one.met_at[:10] <= str(one.due) for one in met)
    assert all(one.met and one.met.person != one.by for one in met)
    assert sum(one.is_overdue for one in stands) == 1


def test_the_interim_approval_ends_with_a_quarter(session: Session) -> None:
    row = all_models(session)["M-00021"]
    assert row.approval is Approval.INTERIM
    assert row.approved_until is not None
    assert row.approved_until - OPENING >= timedelta(days=30)
    assert (row.approved_until + timedelta(days=1)).day == 1


def test_a_rejection_says_what_would_be_enough(session: Session) -> None:
    for row in requests_of(session, Status.REJECTED):
        (said,) = [one.decided for one in row.decisions if one.decided]
        assert said.comment is not None
        assert len(said.comment.text or "") > 100


def test_the_revoked_approval_left_the_model_suspended(session: Session) -> None:
    (row,) = requests_of(session, Status.REVOKED)
    assert row.model_id == "M-00015"
    before = all_models(session, AsOf(date(2026, 6, 29), date(2026, 6, 29)))["M-00015"]
    assert before.state is State.PRODUCTION


def test_what_was_decided_around_decisions_is_there(session: Session) -> None:
    cases = {one.model.row.id: one for one in oversight.list_permission_sheets(session)}
    assert cases["M-00001"].row.permission.answered_on == date(2024, 6, 3)
    assert [one.is_met for one in cases["M-00001"].row.permission.obligations] == [True, False]
    assert cases["M-00004"].row.permission.is_blocking
    (urgent,) = oversight.list_emergency_sheets(session)
    assert (urgent.model.row.id, urgent.stand.state.value) == ("M-00012", "ratified")
    assert urgent.stand.row.emergency.due == date(2026, 3, 18)
    standing = {
        (row.rule.id, row.rule.version): row.status.value for row in rules.list_rules(session)
    }
    assert standing == {
        ("gremium", 1): "archived",
        ("neutraining", 1): "active",
        ("gremium", 2): "active",
        ("anpassungen", 1): "active",
        ("stilllegung", 1): "draft",
    }
