"""Validations as a validator lives them: areas, report, who may approve it, triggers, clocks."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.validations import (
    Area,
    Cause,
    Expectation,
    Light,
    add_months,
    areas_missing,
    expectation,
    next_due,
)
from mlops_desktop.services import (
    confirmations,
    items,
    models,
    papers,
    validation_plan,
    validations,
)
from mlops_desktop.services.area_lights import lights_of
from mlops_desktop.services.documents import File
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.ledger import verify_ledger
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register

TEXTS = {
    "title": "Turnusvalidierung 2026",
    "cause": "periodic",
    "owner": "Jonas Brandt",
    "due": "2099-12-31",
    "planned_from": "2099-10-01",
    "person_days": "25",
}


def plan(bank: Bank, **texts: str) -> str:
    opened = items.open_item(bank.session, VALIDATION, Given(TEXTS | texts, ("M-00001",)))
    return items.show_item(bank.session, opened.id).row.number


def step(bank: Bank, by: str, name: str, **texts: str) -> None:
    given = Given(texts, reason="Begründung")
    items.take_step(bank.as_(by), VALIDATION, "V-00001", name, given)


def judge_all(bank: Bank) -> None:
    step(bank, "Jonas Brandt", "start")
    for area in Area:
        step(bank, "Jonas Brandt", "judge", area=area.value, light="green")


def report(bank: Bank, conclusion: str = "yellow") -> None:
    step(bank, "Jonas Brandt", "report", report="sha256:aa", conclusion=conclusion)


def test_a_report_needs_every_area_of_the_tier_and_another_s_approval(bank: Bank) -> None:
    register(bank, tier="1")
    assert plan(bank) == "V-00001"
    step(bank, "Jonas Brandt", "start")
    step(bank, "Jonas Brandt", "judge", area="data", light="green")
    with pytest.raises(AppError, match=r"item\.refused_area_missing"):
        report(bank)
    for area in Area:
        step(bank, "Jonas Brandt", "judge", area=area.value, light="green")
    step(bank, "Jonas Brandt", "judge", area="use_test", light="left_out")
    with pytest.raises(AppError, match=r"item\.refused_no_conclusion"):
        report(bank, "left_out")
    report(bank)
    for name, rule in (("Jonas Brandt", "owner"), ("Corinna Wolters", "model_owner")):
        with pytest.raises(AppError, match=f"refused_not_{rule}"):
            step(bank, name, "approve_report")
    with clock.reading(lambda: datetime(2099, 6, 30, 9, tzinfo=UTC)):
        step(bank, FOUNDER, "approve_report")
    details = models.show_model(bank.session, "M-00001").state.details
    assert (details.last_review, details.next_review) == (date(2099, 6, 30), date(2100, 6, 30))
    sheet = items.show_item(bank.session, "V-00001")
    said = {one.area: one.light for one in lights_of(1, sheet.steps)}
    assert said[Area.USE_TEST] == "left_out"
    assert said[Area.DATA] == "green"


def test_those_of_the_model_do_not_validate_it(file_bank: Bank) -> None:
    register(file_bank)
    plan(file_bank)
    for name, rule in (("Corinna Wolters", "model_owner"), ("Mateusz Kowalczyk", "model_dev")):
        with pytest.raises(AppError, match=f"refused_not_{rule}"):
            step(file_bank, name, "start")


def test_triggers_meet_in_one_open_task_and_each_firing_is_logged(bank: Bank) -> None:
    register(bank, tier="3", validator="Jonas Brandt")
    models.edit_model(bank.session, "M-00001", {"tier": "4"})
    assert items.count_items(bank.session, ItemFilter(("validation",))) == 0, "a fall calls nobody"
    models.edit_model(bank.session, "M-00001", {"tier": "2"})
    models.edit_model(bank.session, "M-00001", {"tier": "1"})
    (row,) = items.list_items(bank.session, ItemFilter(("validation",), scope=ItemScope.ALL))
    steps = items.show_item(bank.session, row.id).steps
    assert (row.owner, [one.step for one in steps]) == ("Jonas Brandt", ["opened", "trigger"])


def test_the_year_s_plan_adds_person_days_by_validator_and_month(file_bank: Bank) -> None:
    register(file_bank)
    plan(file_bank)
    plan(file_bank, planned_from="2099-10-15", person_days="5")
    plan(file_bank, planned_from="2098-10-15")
    (work,) = validation_plan.plan_year(file_bank.session, 2099)
    assert (work.validator, work.validations, work.days) == ("Jonas Brandt", 2, 30)
    assert work.days_by_month[9] == 30


def test_the_rows_of_the_year_s_plan_add_up_and_can_be_written(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank, name="=1+1")
    first, second = plan(file_bank), plan(file_bank, planned_from="2099-02-01", due="2099-03-01")
    validation_plan.set_days(file_bank.session, second, "")
    rows = validation_plan.list_planned(file_bank.session, 2099)
    assert [(one.number, one.days) for one in rows] == [(second, None), (first, 25)]
    assert validation_plan.add_up(rows) == validation_plan.plan_year(file_bank.session, 2099)
    assert validation_plan.write_plan(rows, tmp_path / "plan.csv", "de") == 2
    lines = (tmp_path / "plan.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].split(";")[4:7] == ["01.02.2099", "01.03.2099", ""]
    assert lines[-1] == "Zusammen;;;;;;25;"
    validation_plan.write_plan(rows, tmp_path / "plan.xlsx", "en")
    assert (tmp_path / "plan.xlsx").read_bytes()[:2] == b"PK"
    with pytest.raises(AppError, match=r"file\.not_written"):
        validation_plan.write_plan(rows, tmp_path / "nowhere" / "plan.csv", "en")


def test_models_due_are_listed_the_most_overdue_first(file_bank: Bank) -> None:
    with clock.reading(lambda: datetime(2026, 11, 20, 9, tzinfo=UTC)):
        register(file_bank, next_review="2026-12-20")
        register(file_bank, name="LGD Baufinanzierung (IRB)", next_review="2026-11-01")
        register(file_bank, name="CCF Dispositionskredit (IRB)", next_review="2027-11-01")
        found = validations.list_due(file_bank.session, 90)
    assert [(one.id, one.days_left) for one in found] == [("M-00002", -19), ("M-00001", 30)]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-120, 120))
def test_months_are_added_and_taken_back(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year - day.year) * 12 + there.month - day.month == months
    assert there.day <= day.day


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from([None, 1, 2, 3, 4]))
def test_a_validation_begins_before_it_is_due_and_a_higher_tier_is_due_sooner(
    last: date, tier: int | None
) -> None:
    due = next_due(last, tier)
    assert last < due.begin < due.due < due.overdue_after
    assert due.due <= next_due(last, 4).due


def test_a_higher_tier_asks_for_no_less() -> None:
    for area in Area:
        asked = [expectation(tier, area) for tier in (1, 2, 3, 4)]
        weights = [list(Expectation).index(one) for one in asked]
        assert weights == sorted(weights)
    assert areas_missing(1, ()) == tuple(Area)
    assert areas_missing(None, ()) == tuple(Area)
    assert areas_missing(4, ("conceptual_soundness",)) == ()


def approval_on(bank: Bank, as_of: AsOf = NOW) -> Approval:
    return models.show_model(bank.session, "M-00001", as_of).row.approval


def test_a_model_whose_report_was_approved_is_validated_from_that_day_and_not_before(
    bank: Bank,
) -> None:
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with clock.reading(lambda: now - timedelta(days=60)):
        register(bank, tier="1")
        plan(bank)
        judge_all(bank)
        report(bank)
    with clock.reading(lambda: now):
        assert approval_on(bank) is Approval.NEVER_VALIDATED
        back = Given({}, reason="Bericht", effective=now - timedelta(days=30))
        items.take_step(bank.as_(FOUNDER), VALIDATION, "V-00001", "approve_report", back)
        assert approval_on(bank) is Approval.NEVER_APPROVED
        for days, known, at in (
            (31, Approval.NEVER_VALIDATED, Approval.NEVER_VALIDATED),
            (29, Approval.NEVER_VALIDATED, Approval.NEVER_APPROVED),
        ):
            day = now.date() - timedelta(days=days)
            assert approval_on(bank, AsOf(known=day, at=day)) is known
            assert approval_on(bank, AsOf(at=day)) is at
        models.edit_model(bank.session, "M-00001", {"methodology": "Scorecard"})
        assert approval_on(bank) is Approval.NEVER_APPROVED, "a change does not undo it"
        assert verify_ledger(bank.session).first_failure is None


def from_paper(bank: Bank, day: date) -> str:
    said = papers.NewValidation(Cause.INITIAL, Light.YELLOW, "Interne Validierung")
    file = File("Bericht.pdf", b"%PDF-1.7 Bericht")
    told = papers.NewPaper("Innenrevision", day, file, kind=Kind.VALIDATION_REPORT, validation=said)
    return papers.record_paper(bank.as_("Corinna Wolters"), "M-00001", told).id


def validations_on(bank: Bank, as_of: AsOf = NOW) -> list[tuple[str, str, str]]:
    wanted = ItemFilter(("validation",), scope=ItemScope.ALL, as_of=as_of)
    rows = items.list_items(bank.session, wanted)
    return [(row.number, row.title, row.stage) for row in rows]


def test_a_validation_on_paper_is_one_of_the_validations_from_its_true_date(bank: Bank) -> None:
    register(bank, tier="2")
    made, other = from_paper(bank, date(2023, 5, 9)), from_paper(bank, date(2021, 5, 9))
    with pytest.raises(AppError, match=r"item\.sealed"):
        items.edit_item(bank.session, VALIDATION, "V-00001", Given({"tier": "1"}))
    for one in VALIDATION.steps:
        with pytest.raises(AppError, match=r"item\.(refused_stage|field_missing)"):
            step(
                bank,
                FOUNDER,
                one.name,
                **{name: "other" for name in one.needs if name == "trigger"},
            )
    unlock = bank.unlock("Jonas Brandt")
    confirmations.confirm_papers(bank.as_("Jonas Brandt"), [made], unlock)
    confirmations.reject_papers(bank.as_("Jonas Brandt"), [other], "anderes Modell", unlock)
    title, paper = "Interne Validierung", "approved_on_paper"
    now = [("V-00001", title, paper), ("V-00002", title, "cancelled")]
    assert validations_on(bank) == now
    assert validations_on(bank, AsOf(at=date(2023, 5, 9))) == now
    assert validations_on(bank, AsOf(at=date(2023, 5, 8))) == now[1:]
    assert validations_on(bank, AsOf(known=date(2023, 5, 9))) == []
    sheet = items.show_item(bank.session, "V-00001")
    assert (sheet.row.closed, sheet.row.models) == (date(2023, 5, 9), (sheet.models[0].key,))
    assert [one.step for one in sheet.steps] == ["opened", "confirm_paper"]
    (work,) = validation_plan.plan_year(bank.session, 2023)
    assert (work.validator, work.validations, work.days) == (title, 1, 0)
    details = models.show_model(bank.session, "M-00001").state.details
    assert (details.last_review, details.next_review) == (date(2023, 5, 9), date(2025, 5, 9))
    assert verify_ledger(bank.session).first_failure is None
