"""The register that the sample bank brought from paper on its first day."""

from datetime import date

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import AsOf
from mlops_desktop.services import approvals, imports, items
from mlops_desktop.services.imports.report import Fate
from mlops_desktop.services.session import Session
from tests.services.demo.bank import all_models


def test_the_register_of_the_first_day_is_kept_with_its_report(session: Session) -> None:
    (row,) = imports.list_imports(session)
    shown, report = imports.show_import(session, row.id)
    assert (shown, row.rows, row.papers) == (row, 22, 17)
    assert (report.count(Fate.REPEATED), len(report.gaps)) == (2, 3)
    told = [row for row in approvals.list_requests(session) if row.paper is not None]
    brought = [row for row in told if row.paper and row.paper.intake == shown.key]
    assert len(brought) == 17
    assert all(row.confirmation is not None for row in told)
    assert {row.paper.decided_on.year for row in brought if row.paper} <= set(range(2017, 2024))
    plan = items.show_item(session, row.plan_number or "")
    assert [model.id for model in plan.models] == ["M-00014", "M-00018", "M-00019"]
    assert plan.state.closed == date(2024, 6, 24)


def test_no_model_of_the_first_day_is_called_never_validated(session: Session) -> None:
    papers = {
        row.model_id
        for row in approvals.list_requests(session)
        if row.paper is not None and row.paper.intake is not None
    }
    between = AsOf(known=date(2024, 1, 16), at=date(2024, 1, 16))
    after = AsOf(known=date(2024, 1, 18), at=date(2023, 12, 31))
    waiting, confirmed = all_models(session, between), all_models(session, after)
    assert {waiting[id].approval for id in papers} == {Approval.AWAITING_CONFIRMATION}
    assert all(confirmed[id].is_on_paper for id in papers)
