"""What a report plan must say to be run: refused when it is set up, not when it is due."""

from pathlib import PurePosixPath, PureWindowsPath

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.report_plans import DateRule, ReportKind, ReportPlan
from mlops_desktop.services.dossiers.templates import find_template
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.profiles.library import find_profile
from mlops_desktop.services.reports.naming import check_pattern
from mlops_desktop.services.wording import LANGUAGES
from mlops_desktop.store.unit_of_work import WriteSession

_MOST_DAYS = 60
_OF_ALL = frozenset({ReportKind.BOARD, ReportKind.COMMITTEE})
_OF_MODELS = frozenset({ReportKind.MODEL, ReportKind.VALIDATION})
_IN_SECTIONS = frozenset({ReportKind.MODEL, ReportKind.PORTFOLIO})


def check_plan(work: WriteSession, plan: ReportPlan) -> ReportPlan:
    """Return the plan; raises what :func:`plans.change_plan` names."""
    if not 0 <= plan.after <= _MOST_DAYS:
        raise AppError("report.days_refused", where="after", most=_MOST_DAYS)
    if plan.dated is DateRule.FIXED and plan.fixed is None:
        raise AppError("report.day_missing", where="fixed")
    if not plan.languages or not set(plan.languages) <= set(LANGUAGES):
        raise AppError("report.language_refused", where="languages", known=", ".join(LANGUAGES))
    _check_subject(work, plan)
    _check_sections(work, plan)
    _check_target(plan)
    return plan


def _check_subject(work: WriteSession, plan: ReportPlan) -> None:
    if plan.model and plan.filter:
        raise AppError("report.model_and_filter", where="filter")
    if plan.kind not in _OF_MODELS and (plan.model or (plan.kind in _OF_ALL and plan.filter)):
        raise AppError("report.whole_portfolio", where="model")
    if plan.kind in _OF_MODELS and not plan.model and not plan.filter:
        raise AppError("report.no_models", where="model")
    if plan.filter:
        parse_filter(plan.filter)
    if plan.kind is ReportKind.REGULATOR and not plan.regime:
        raise AppError("report.regime_missing", where="regime")
    if plan.regime and plan.kind is not ReportKind.REGULATOR:
        raise AppError("report.not_of_kind", where="regime")
    if plan.regime:
        find_profile(work, plan.regime, NOW)


def _check_sections(work: WriteSession, plan: ReportPlan) -> None:
    if plan.template and plan.kind not in _IN_SECTIONS:
        raise AppError("report.not_of_kind", where="template")
    if plan.template:
        find_template(work, plan.template)


def _check_target(plan: ReportPlan) -> None:
    if plan.pattern:
        check_pattern(plan.pattern)
    folder = plan.folder.text if plan.folder is not None else None
    # Cron and the task scheduler begin in a folder of their own.
    is_whole = folder is None or any(
        kind(folder).is_absolute() for kind in (PurePosixPath, PureWindowsPath)
    )
    if not is_whole:
        raise AppError("report.folder_relative", where="folder")
