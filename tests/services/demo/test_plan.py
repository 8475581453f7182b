"""The sample history as planned for any day of opening, without performing it."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import msgspec
import pytest

from mlops_desktop.services.demo import data
from mlops_desktop.services.demo.ballots import plan_approvals
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.committee import plan_committee, read_committee
from mlops_desktop.services.demo.entities import plan_group, read_group
from mlops_desktop.services.demo.holdings import plan_declarations, plan_models
from mlops_desktop.services.demo.persons import plan_people
from mlops_desktop.services.demo.plan import Act, about
from mlops_desktop.services.demo.readings import plan_sources
from mlops_desktop.services.demo.validations import plan_validations

BANK = data.read_bank()
EARLIEST = date.fromisoformat(BANK.earliest_opening)
OPENINGS = [EARLIEST, date(2026, 12, 31), date(2027, 2, 28), date(2028, 2, 29), date(2031, 8, 3)]


def plan(opening: date) -> list[Act]:
    calendar, models = Calendar(opening), data.read_models()
    return [
        *plan_people(BANK, calendar),
        *plan_models(BANK, models, calendar, read_group()),
        *plan_group(BANK, read_group(), calendar),
        *plan_validations(read_group().validation, calendar),
        *plan_declarations(BANK, calendar),
        *plan_sources(BANK, models, data.read_registry(), calendar),
        *plan_approvals(data.read_requests(), calendar),
        *plan_committee(read_committee(), calendar),
    ]


@pytest.mark.parametrize("opening", OPENINGS, ids=str)
def test_everything_happened_between_the_first_day_and_the_evening_before(opening: date) -> None:
    moments = [act.at for act in plan(opening)]
    first = datetime.combine(date.fromisoformat(BANK.first_day), time.min, tzinfo=UTC)
    assert min(moments) >= first
    assert max(moments) == Calendar(opening).moment("-1d", time(18, 30))


@pytest.mark.parametrize("opening", OPENINGS, ids=str)
def test_the_candidate_is_found_before_the_spreadsheet_is_declared(opening: date) -> None:
    calendar = Calendar(opening)
    (hidden,) = data.read_registry().hidden
    (declared,) = BANK.declaration
    assert calendar.day(hidden.until) < calendar.day(declared.on) < calendar.day(declared.rejected)


@pytest.mark.parametrize("opening", OPENINGS, ids=str)
def test_nobody_signs_with_an_expired_certificate(opening: date) -> None:
    """A certificate holds three years; renewals keep up, whatever the day of opening."""
    calendar = Calendar(opening)
    (part,) = [one for one in BANK.person if one.name == "Miriam Sander"]
    only = msgspec.structs.replace(BANK, person=(part,))
    days = sorted({act.at.date() for act in plan_people(only, calendar)} | {opening})
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    assert max(gaps) < 3 * 365


def test_people_vary_but_the_history_is_the_same_each_time() -> None:
    at = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
    moments = {about(at, number, "Jonas Brandt") for number in range(50)}
    assert len(moments) == 50
    assert all(0 <= (moment - at).total_seconds() < 24 * 60 for moment in moments)
    assert about(at, 1, "x") == about(at, 1, "x")


def test_a_meeting_is_called_after_its_requests_and_held_after_their_validation() -> None:
    calendar = Calendar(EARLIEST)
    asked = data.read_requests()
    for meeting in read_committee().meeting:
        called, held = calendar.day(meeting.called), calendar.day(meeting.on)
        assert called < held
        for topic in meeting.topic:
            before = [one for one in asked if one.model == topic.model and one.asked < str(called)]
            if topic.model:
                latest = max(before, key=lambda one: one.asked)
                assert [calendar.day(one.on) < held for one in latest.decision] == [True]
