"""Days of the sample history, fixed and counted from the day of opening."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.services.demo.calendar import Calendar

MONDAY = Calendar(date(2026, 11, 23))
OPENINGS = st.dates(date(2026, 11, 2), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-03-14T01:50", date(2026, 3, 14)),
        ("-8d", date(2026, 11, 15)),
        ("+12d", date(2026, 12, 5)),
        ("-1b", date(2026, 11, 20)),
        ("-6b", date(2026, 11, 13)),
        ("-34d-24m", date(2024, 10, 20)),
        ("-6b+12m", date(2027, 11, 13)),
        ("quarter_end", date(2026, 12, 31)),
    ],
)
def test_a_day_is_fixed_or_counted(text: str, day: date) -> None:
    assert MONDAY.day(text) == day


@pytest.mark.parametrize("text", ["", "soon", "-8", "-8w", "2026-02-30"])
def test_anything_else_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|isoformat|out of range"):
        MONDAY.day(text)


def test_a_moment_has_its_own_time_or_the_usual_one() -> None:
    usual = time(18, 30)
    assert MONDAY.moment("2026-03-14T01:50", usual) == datetime(2026, 3, 14, 1, 50, tzinfo=UTC)
    assert MONDAY.moment("-8d", usual) == datetime(2026, 11, 15, 18, 30, tzinfo=UTC)


def test_days_in_sentences_are_written_the_german_way() -> None:
    told = "Seit {-94d} nicht gemessen, befristet bis {quarter_end}, 3 von {4}."
    assert (
        MONDAY.fill(told) == "Seit 21.08.2026 nicht gemessen, befristet bis 31.12.2026, 3 von {4}."
    )


def test_fields_hold_dates_in_iso_form_and_other_texts_as_they_are() -> None:
    assert MONDAY.fill_date("-34d") == "2026-10-20"
    assert MONDAY.fill_date("gAUC 0,68 (-34d)") == "gAUC 0,68 (-34d)"


@given(opening=OPENINGS, number=st.integers(1, 300))
def test_working_days_are_working_days_before_the_opening(opening: date, number: int) -> None:
    found = Calendar(opening).day(f"-{number}b")
    assert found.weekday() < 5
    assert found < opening


@given(opening=OPENINGS)
def test_the_end_of_the_quarter_is_near_and_a_real_one(opening: date) -> None:
    found = Calendar(opening).day("quarter_end")
    assert 30 <= (found - opening).days <= 122
    assert (found.month, found.day) in {(3, 31), (6, 30), (9, 30), (12, 31)}


@given(opening=OPENINGS, months=st.integers(1, 60))
def test_months_later_is_that_many_months_later(opening: date, months: int) -> None:
    later = Calendar(opening).day(f"-1d+{months}m")
    before = Calendar(opening).day("-1d")
    assert (later.year - before.year) * 12 + later.month - before.month == months
