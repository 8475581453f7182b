"""Report plans: set up, changed, ended, listed with what is due."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.report_plans import (
    ReportPlanChanged,
    ReportPlanEnded,
    ReportPlanSetUp,
)
from mlops_desktop.core.report_plans import (
    DateRule,
    Every,
    Knowledge,
    ReportKind,
    ReportPlan,
    due_days,
    next_due,
)
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.reports.checking import check_plan
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import models as model_queries
from mlops_desktop.store.queries import report_plans as queries
from mlops_desktop.store.queries.report_plans import DraftRow, PlanRow
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

__all__ = ["DateRule", "DraftRow", "Every", "Knowledge", "PlanRow", "ReportKind", "ReportPlan"]

_LONGEST_PAST = timedelta(days=400)
"""So far back a plan may begin: every due day since is drafted at its first run."""
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a plan; what is None stays as it is, "" takes it away."""

    kind: ReportKind | None = None
    every: Every | None = None
    starts: date | None = None
    dated: DateRule | None = None
    after: int | None = None
    known: Knowledge | None = None
    fixed: date | None = None
    title: str | None = None
    model: str | None = None
    filter: str | None = None
    template: str | None = None
    regime: str | None = None
    languages: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    folder: str | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan with when it is due: what is due and not drafted yet, what comes next, its drafts."""

    row: PlanRow
    missed: tuple[date, ...]
    next_due: date | None
    drafts: tuple[DraftRow, ...]

    @property
    def id(self) -> str:
        """The plan's name."""
        return self.row.name


def list_plans(session: Session, as_of: AsOf = NOW, *, ended: bool = True) -> tuple[PlanSheet, ...]:
    """Return the plans with what is due by the day asked for, by name."""
    with session.workspace.read() as view:
        rows = queries.list_plans(view.connection, as_of)
        drafts = queries.list_drafts(view.connection, as_of=as_of)
    return tuple(sheet_of(row, drafts, as_of.day) for row in rows if ended or not row.is_ended)


def show_plan(session: Session, name: str, as_of: AsOf = NOW) -> PlanSheet:
    """Return one plan; raises ``report.unknown_plan``."""
    found = {sheet.row.name: sheet for sheet in list_plans(session, as_of)}
    if name not in found:
        raise AppError("report.unknown_plan", where="NAME", name=name)
    return found[name]


def sheet_of(row: PlanRow, drafts: tuple[DraftRow, ...], today: date) -> PlanSheet:
    """Return a plan with the due days by ``today`` for which nothing was drafted."""
    mine = tuple(one for one in drafts if one.plan == row.name)
    done = {one.due for one in mine}
    if row.is_ended:
        return PlanSheet(row, (), None, mine)
    missed = tuple(day for day in due_days(row.plan, today) if day not in done)
    return PlanSheet(row, missed, next_due(row.plan, today), mine)


def find_plan(view: ReadSession | WriteSession, name: str) -> PlanRow:
    """Return a running plan; raises ``report.unknown_plan``, ``report.plan_ended``."""
    for row in queries.list_plans(view.connection):
        if row.name == name:
            if row.is_ended:
                raise AppError("report.plan_ended", where="NAME", name=name)
            return row
    raise AppError("report.unknown_plan", where="NAME", name=name)


@locks_late
def add_plan(session: Session, name: str, wanted: Wanted) -> Recorded:
    """Set a plan up; a name is given once, so that each draft names one plan only.

    Raises ``report.name_refused``, ``report.name_given``, and as :func:`change_plan`.
    """
    if not _NAME.fullmatch(name):
        raise AppError("report.name_refused", where="NAME", name=name)
    kind, every = wanted.kind or ReportKind.BOARD, wanted.every or Every.QUARTER
    plan = ReportPlan(kind, every, wanted.starts or clock.today())
    with session.workspace.write(session.actor) as work:
        if queries.is_name_given(work.connection, name):
            raise AppError("report.name_given", where="NAME", name=name)
        work.record(ReportPlanSetUp(name, check_plan(work, _merged(work, plan, wanted))))
    return Recorded(name, work.changes)


@locks_late
def change_plan(session: Session, name: str, wanted: Wanted, reason: str | None = None) -> Recorded:
    """Change what a plan says; drafts made before keep theirs.

    Raises ``report.unknown_plan``, ``report.plan_ended``, ``report.nothing_changed``,
    ``report.days_refused``, ``report.day_missing``, ``report.model_and_filter``,
    ``report.no_models``, ``report.regime_missing``, ``report.language_refused``,
    ``report.pattern_refused``, ``report.folder_relative``, ``report.whole_portfolio``,
    ``report.not_of_kind``, ``report.starts_refused``, ``model.not_found``,
    ``profile.not_found``, ``filter.…``, ``dossier.unknown_template``.
    """
    with session.workspace.write(session.actor) as work:
        row = find_plan(work, name)
        plan = check_plan(work, _merged(work, row.plan, wanted))
        if plan == row.plan:
            raise AppError("report.nothing_changed", name=name)
        work.record(ReportPlanChanged(name, plan, commit_text(reason)))
    return Recorded(name, work.changes)


@locks_late
def end_plan(session: Session, name: str, reason: str | None = None) -> Recorded:
    """Let nothing be drafted by a plan any more.

    Raises ``report.unknown_plan``, ``report.plan_ended``.
    """
    with session.workspace.write(session.actor) as work:
        find_plan(work, name)
        work.record(ReportPlanEnded(name, commit_text(reason)))
    return Recorded(name, work.changes)


def _merged(work: WriteSession, plan: ReportPlan, wanted: Wanted) -> ReportPlan:
    if wanted.starts is not None and wanted.starts < clock.today() - _LONGEST_PAST:
        raise AppError("report.starts_refused", where="starts", most=_LONGEST_PAST.days)
    given: dict[str, Any] = {
        field.name: _value(work, plan, field.name, value)
        for field in fields(wanted)
        if (value := getattr(wanted, field.name)) is not None
    }
    return replace(plan, **given)


def _value(work: WriteSession, plan: ReportPlan, name: str, value: object) -> Any:
    """Return what is kept: texts committed, unless they say what is kept already."""
    match name, value:
        case (("title" | "folder"), str(text)):
            before = getattr(plan, name)
            return before if before is not None and before.text == text else commit_text(text)
        case "recipients", tuple(names):
            return _committed(plan.recipients, names)
        case "model", str(text):
            return model_queries.find_model(work.connection, text) if text else None
        case _, "":
            return None
        case _:
            return value


def _committed(before: tuple[Erasable, ...], names: tuple[str, ...]) -> tuple[Erasable, ...]:
    kept = {one.text: one for one in before}
    told = (kept.get(name) or commit_text(name) for name in names)
    return tuple(one for one in told if one is not None)


def list_drafts(session: Session, as_of: AsOf = NOW) -> tuple[DraftRow, ...]:
    """Return every draft made by the day asked for, newest first."""
    with session.workspace.read() as view:
        return queries.list_drafts(view.connection, as_of=as_of)


def model_numbers(session: Session, keys: Iterable[str | None]) -> Mapping[str, str]:
    """Return what people say of models, by their keys."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    with session.workspace.read() as view:
        rows = (model_queries.get_model(view.connection, key).row for key in sorted(wanted))
        return {row.key: row.id for row in rows}
