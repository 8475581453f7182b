"""Planned reports and drafts."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.report_plans import (
    ReportDrafted,
    ReportPlanChanged,
    ReportPlanEnded,
    ReportPlanSetUp,
)
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.report_plans import report_drafts, report_plans


@projects(ReportPlanSetUp, ReportPlanChanged, ReportPlanEnded)
def project_plan(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what was said about a plan; an end has no record."""
    payload = happening.payload
    if not isinstance(payload, ReportPlanSetUp | ReportPlanChanged | ReportPlanEnded):
        return
    said = None if isinstance(payload, ReportPlanEnded) else records.to_text(payload.details)
    row: Row = {
        "position": happening.position,
        "plan": payload.plan,
        "effective": clock.to_text(happening.effective),
        "at": clock.to_text(happening.at),
        "person": happening.actor.person,
        "record": said,
    }
    rows.add(report_plans, row)
    rows.touched.add(("report_plan", payload.plan))


@projects(ReportDrafted)
def project_draft(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a draft."""
    payload = happening.payload
    if not isinstance(payload, ReportDrafted):
        return
    row: Row = {
        "position": happening.position,
        "plan": payload.plan,
        "due": payload.due.isoformat() if payload.due else None,
        "kind": payload.kind,
        "subject": payload.subject,
        "language": payload.language,
        "digest": payload.digest,
        "content": payload.content,
        "as_known": payload.as_known.isoformat() if payload.as_known else None,
        "as_at": payload.as_at.isoformat() if payload.as_at else None,
        "at": clock.to_text(happening.at),
        "person": happening.actor.person,
    }
    rows.add(report_drafts, row)
    rows.touched.add(("report_plan", payload.plan or ""))
