"""A paper is its own state until a second person confirmed it; a validation was made for good."""

from dataclasses import replace
from datetime import date

from mlops_desktop.core.approval_state import Approval, standing_of, with_reports
from mlops_desktop.core.approvals import Paper, Request
from mlops_desktop.core.rules import Kind

DAY = date(2024, 1, 15)
PAPER = Request("p", "", "production", "from_paper", "clerk", paper=Paper())
REPORT = replace(PAPER, id="v", kind=Kind.VALIDATION_REPORT)


def confirmed(request: Request, *, until: date | None = None) -> Request:
    return replace(request, paper=Paper("second", 9, until))


def rejected(request: Request) -> Request:
    return replace(request, paper=Paper(rejecter="second"))


def shown(*requests: Request) -> Approval:
    permissions = [one for one in requests if one.kind is Kind.PROMOTE]
    return with_reports(standing_of(permissions, DAY), requests, DAY)


def test_what_waits_for_a_second_person_is_neither_under_way_nor_never_validated() -> None:
    assert shown(PAPER) is shown(REPORT) is Approval.AWAITING_CONFIRMATION
    asked = replace(PAPER, paper=None, rule="four_eyes")
    assert shown(PAPER, asked) is Approval.IN_PROGRESS
    lapsed = confirmed(PAPER, until=date(2023, 12, 31))
    assert shown(lapsed, REPORT) is Approval.EXPIRED
    assert shown(lapsed, PAPER) is Approval.AWAITING_CONFIRMATION


def test_a_confirmed_validation_is_never_called_none_even_after_a_change() -> None:
    assert shown(confirmed(REPORT)) is Approval.NEVER_APPROVED
    assert shown(replace(confirmed(REPORT), changed=("model.tier",))) is Approval.NEVER_APPROVED
    assert shown(confirmed(REPORT), confirmed(PAPER)) is Approval.APPROVED


def test_a_paper_that_was_not_confirmed_counts_for_nothing() -> None:
    assert shown(rejected(PAPER)) is shown(rejected(REPORT)) is Approval.NEVER_VALIDATED
    assert shown(rejected(PAPER), REPORT) is Approval.AWAITING_CONFIRMATION
