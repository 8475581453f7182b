"""The sample bank's attestation of 30 September: two models block closing, whatever the day."""

from datetime import date

import pytest

from mlops_desktop.services.demo.attestations import plan_campaigns, read_campaigns
from mlops_desktop.services.demo.calendar import Calendar


@pytest.mark.parametrize("opening", [date(2026, 11, 2), date(2026, 12, 9), date(2027, 6, 30)])
def test_its_days_lie_in_order_before_the_opening(opening: date) -> None:
    calendar = Calendar(opening)
    (campaign,) = read_campaigns()
    acts = list(plan_campaigns((campaign,), calendar))
    assert len(acts) == 1 + len(campaign.answer) + len(campaign.extension)
    days = [act.at.date() for act in acts]
    assert days == sorted(days)
    assert days[-1] < opening
    assert calendar.day(campaign.extension[-1].due) > opening
