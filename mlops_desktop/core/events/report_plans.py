"""Planned reports, and the drafts that were made by them."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.report_plans import ReportPlan


@event("report_plan.set_up")
@dataclass(frozen=True, slots=True)
class ReportPlanSetUp:
    """From now on reports are drafted by this plan; its name is never given again."""

    plan: str
    details: ReportPlan


@event("report_plan.changed")
@dataclass(frozen=True, slots=True)
class ReportPlanChanged:
    """From now on the plan says this; ``details`` holds all of it."""

    plan: str
    details: ReportPlan
    reason: Erasable | None = None


@event("report_plan.ended")
@dataclass(frozen=True, slots=True)
class ReportPlanEnded:
    """Nothing is drafted by the plan any more."""

    plan: str
    reason: Erasable | None = None


@event("report.drafted")
@dataclass(frozen=True, slots=True)
class ReportDrafted:
    """A draft was written, unsigned: what it is about, its file's and its facts' digest.

    ``subject`` is what it is about (a model, an item, a meeting), empty for the portfolio;
    ``size`` and ``root`` name the signed head of the day reported on. A draft by hand has no plan.
    """

    kind: str
    subject: str
    language: str
    digest: str
    content: str
    plan: str | None = None
    due: date | None = None
    as_known: date | None = None
    as_at: date | None = None
    size: int = 0
    root: str = ""
