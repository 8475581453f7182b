"""Planned reports as of any date, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf, on
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.report_plans import (
    ReportDrafted,
    ReportPlanChanged,
    ReportPlanEnded,
    ReportPlanSetUp,
)
from mlops_desktop.core.report_plans import Every, ReportKind, ReportPlan
from mlops_desktop.store.queries.report_plans import is_name_given, list_drafts, list_plans
from tests.store.desks import Desk

_TITLE = commit("Quartalsbericht", b"0123456789abcdef")
_PLAN = ReportPlan(ReportKind.BOARD, Every.QUARTER, date(2026, 1, 1), title=_TITLE)


def _at(month: int) -> datetime:
    return datetime(2026, month, 10, 12, tzinfo=UTC)


def test_a_plan_is_read_as_of_any_date(desk: Desk) -> None:
    with clock.reading(lambda: _at(2)):
        desk.record(ReportPlanSetUp("board", _PLAN))
    with clock.reading(lambda: _at(4)):
        desk.record(ReportPlanChanged("board", replace(_PLAN, after=10)))
    with clock.reading(lambda: _at(6)):
        # Known in June, held from May on: "as at" and "as known" differ.
        desk.record(ReportPlanEnded("board"), effective=_at(5))
        desk.record(ReportDrafted("board", "", "en", "ab", "cd", "board", date(2026, 4, 1)))
    with desk.workspace.read() as view:
        ask = view.connection
        assert list_plans(ask, on(date(2026, 1, 1))) == ()
        (early,) = list_plans(ask, on(date(2026, 3, 1)))
        assert (early.plan.after, early.is_ended) == (1, False)
        assert early.plan.title is not None
        assert early.plan.title.text == "Quartalsbericht"
        (known,) = list_plans(ask, AsOf(known=date(2026, 5, 20)))
        assert (known.plan.after, known.is_ended) == (10, False)
        (held,) = list_plans(ask, AsOf(at=date(2026, 5, 20)))
        assert (held.plan.after, held.is_ended) == (10, True)
        (now,) = list_plans(ask)
        assert now == held
        assert is_name_given(ask, "board")
        assert not is_name_given(ask, "boards")
        (draft,) = list_drafts(ask, "board")
        assert (draft.due, draft.language) == (date(2026, 4, 1), "en")
        assert list_drafts(ask, "boards") == ()
        assert list_drafts(ask, as_of=on(date(2026, 5, 1))) == ()
