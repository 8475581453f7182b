"""Validations as a validator lives them: areas, report, who may approve it, triggers, clocks."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.validations import (
    Area,
    Expectation,
    add_months,
    areas_missing,
    expectation,
    next_due,
)
from mlops_desktop.services import items, models, validations
from mlops_desktop.services.area_lights import lights_of
from mlops_desktop.services.items import Given, ItemFilter
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
    (work,) = validations.plan_year(file_bank.session, 2099)
    assert (work.validator, work.validations, work.days) == ("Jonas Brandt", 2, 30)
    assert work.days_by_month[9] == 30


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
