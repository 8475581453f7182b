"""The sample's planned reports: one running, with a draft of it, one ended, a draft by hand."""

from dataclasses import replace
from datetime import date

from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.report_plans import (
    ReportDrafted,
    ReportPlanChanged,
    ReportPlanEnded,
    ReportPlanSetUp,
)
from mlops_desktop.core.report_plans import Every, ReportKind, ReportPlan


def _said(text: str) -> Erasable:
    return commit(text, b"0123456789abcdef")


_BOARD = ReportPlan(
    ReportKind.BOARD,
    Every.QUARTER,
    date(2026, 1, 1),
    title=_said("Quartalsbericht an den Vorstand"),
    languages=("en", "de"),
    recipients=(_said("Dr. Ulrich Harms"),),
    folder=_said("/reports/board"),
    pattern="{plan}-{as_at}",
)
_DUE = date(2026, 1, 2)

PLANNED: tuple[Event, ...] = (
    ReportPlanSetUp("board", _BOARD),
    ReportPlanChanged("board", replace(_BOARD, after=10), _said("nach der Sitzung")),
    ReportPlanSetUp("dossiers", ReportPlan(ReportKind.MODEL, Every.YEAR, _DUE, filter="tier:1")),
    ReportPlanEnded("dossiers", _said("ersetzt")),
    ReportDrafted("board", "", "de", "ab" * 32, "cd" * 32, "board", _DUE, _DUE, _DUE, 2, "00" * 32),
    ReportDrafted("validation", "VAL-00001", "en", "ef" * 32, "01" * 32),
)
