from datetime import date, timedelta
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.date_rules import (
    EARLIEST,
    HELD,
    KEPT,
    LATEST,
    DateRule,
    Dates,
    Relation,
    check_dates,
    check_day,
    dates_of,
)
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.kinds import kinds

days = st.dates(EARLIEST, LATEST)


def refused(rules: tuple[DateRule, ...], dates: Dates) -> str | None:
    try:
        check_dates(rules, dates)
    except AppError as error:
        return error.code
    return None


@given(days, days)
def test_a_date_stands_to_a_day_as_its_rule_says(day: date, held: date) -> None:
    told = Dates({"day": day}, held)
    assert (refused((DateRule("day", Relation.NOT_BEFORE),), told) is None) == (day >= held)
    assert (refused((DateRule("day", Relation.NOT_AFTER),), told) is None) == (day <= held)


@given(days, days)
def test_an_extension_leads_beyond_what_was_there(day: date, kept: date) -> None:
    rule = DateRule("due", Relation.AFTER, KEPT, ("extend",))
    told = Dates({"due": day}, EARLIEST, {"due": kept}, "extend")
    assert (refused((rule,), told) is None) == (day > kept)
    assert refused((rule,), Dates({"due": day}, EARLIEST, {"due": kept}, "plan")) is None


@given(days, days, st.booleans())
def test_either_of_two_dates_that_belong_together_is_judged(
    starts: date, ends: date, is_kept: bool
) -> None:
    rule = DateRule("ends", Relation.NOT_BEFORE, "starts")
    given = {"starts": starts} if is_kept else {"starts": starts, "ends": ends}
    told = Dates(given, EARLIEST, {"ends": ends} if is_kept else {})
    assert (refused((rule,), told) is None) == (ends >= starts)


def test_what_is_not_given_now_is_not_judged_again() -> None:
    told = Dates({}, date(2030, 1, 1), {"due": date(2020, 1, 1)})
    assert refused((DateRule("due", Relation.NOT_BEFORE),), told) is None


@pytest.mark.parametrize("day", [EARLIEST - timedelta(1), LATEST + timedelta(1)])
def test_no_bank_means_a_day_of_another_age(day: date) -> None:
    assert refused((), Dates({"any": day}, EARLIEST)) == "date.implausible"
    with pytest.raises(AppError) as caught:
        check_day("any", day, Relation.NOT_BEFORE, day)
    assert (caught.value.code, caught.value.where) == ("date.implausible", "any")


def test_every_date_of_every_kind_of_item_is_held_to_something() -> None:
    """A new date field that states no relation is an omission; planned days alone are free."""
    free = {"planned_from", "threshold_from", "ends", "starts"}
    for kind in kinds():
        judged = {rule.field for rule in kind.date_rules}
        names = _date_fields(kind.details)
        assert names <= judged | free, (kind.noun, names - judged)
        assert {rule.to for rule in kind.date_rules} <= names | {HELD, KEPT}


def _date_fields(details: type) -> set[str]:
    return {name for name, hint in get_type_hints(details).items() if "datetime.date" in str(hint)}


def test_the_dates_of_a_record_are_found_by_their_kind() -> None:
    finding = next(kind for kind in kinds() if kind.noun == "finding")
    assert dates_of(finding.details(due=date(2030, 1, 1))) == {"due": date(2030, 1, 1)}
