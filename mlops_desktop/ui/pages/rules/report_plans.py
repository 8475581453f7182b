"""Planned reports: what is due when, about which day, for whom, and what was drafted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.people import names_by_id
from mlops_desktop.services.reports.plans import (
    DateRule,
    DraftRow,
    PlanSheet,
    list_plans,
    model_numbers,
)
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_words
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_by, say_when
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[str, Mood] = {"running": "good", "due": "warn", "over": "idle"}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan with what is due, and the names of its person and its model."""

    sheet: PlanSheet
    names: Mapping[str, str]
    model: str

    @property
    def id(self) -> str:
        """The plan's name."""
        return self.sheet.row.name


def is_running(line: PlanLine) -> bool:
    """Whether the plan drafts anything still."""
    return not line.sheet.row.is_ended


def say_every(context: Context, line: PlanLine) -> str:
    """Return how often, and how many working days after the end of a period."""
    plan = line.sheet.row.plan
    every = say(context, f"report_every.{plan.every}")
    form = {0: "none", 1: "one"}.get(plan.after, "other")
    days = context.language.number(plan.after)
    return say(context, f"report_after.{form}", every=every, n=days)


def say_kind(context: Context, line: PlanLine) -> str:
    """Return what is drafted."""
    return say(context, f"report_kind.{line.sheet.row.plan.kind}")


def say_title(context: Context, line: PlanLine) -> str:
    """Return what people call the report, else the name that commands take."""
    title = line.sheet.row.plan.title
    return say_words(context, title) if title is not None else line.id


def _by_title(line: PlanLine) -> str:
    title = line.sheet.row.plan.title
    return ((title.text if title is not None else None) or line.id).casefold()


def say_next(context: Context, line: PlanLine) -> str:
    """Return what is due already, or the next due day."""
    sheet = line.sheet
    if sheet.missed:
        return say(context, "report_missed", on=context.language.date(sheet.missed[0]))
    return context.language.date(sheet.next_due) if sheet.next_due else "–"


def _last(context: Context, line: PlanLine) -> str:
    drafts = line.sheet.drafts
    return say_when(context, drafts[0].at) if drafts else say(context, "gap.not_yet")


def _status(context: Context, line: PlanLine) -> Status:
    stands = "over" if line.sheet.row.is_ended else "due" if line.sheet.missed else "running"
    return Status(_MOODS[stands], say(context, f"report_status.{stands}"))


def _columns(context: Context) -> tuple[Column[PlanLine], ...]:
    return (
        Column(
            "id",
            "oversight.field.report_name",
            partial(say_title, context),
            24,
            strong=True,
            flexible=True,
            key=True,
        ),
        Column(
            "status",
            "oversight.field.status",
            lambda one: _status(context, one).word,
            14,
            status=partial(_status, context),
            key=True,
        ),
        Column("next", "oversight.field.report_next", partial(say_next, context), 17, key=True),
        Column("last", "oversight.field.report_last", partial(_last, context), 15),
        Column("kind", "oversight.field.report_kind", partial(say_kind, context), 16),
    )


def _head(context: Context, line: PlanLine) -> Head:
    under = " · ".join((line.id, say_kind(context, line)))
    return Head(say_title(context, line), under, (_status(context, line),))


def _plan(context: Context, line: PlanLine, _: object) -> tuple[Group, ...]:
    return (
        Group("", tuple(_facts(context, line)), say(context, "report_lead")),
        Group(say(context, "report_target"), tuple(_target(context, line))),
    )


def _facts(context: Context, line: PlanLine) -> Iterator[Fact]:
    sheet, plan = line.sheet, line.sheet.row.plan
    yield fact(context, "report_next", say_next(context, line))
    for day in sheet.missed[1:]:
        yield fact(context, "report_due", context.language.date(day), "warn")
    yield fact(context, "report_every", say_every(context, line))
    yield fact(context, "report_dated", _dated(context, line))
    yield fact(context, "report_known", say(context, f"report_knowledge.{plan.known}"))
    yield fact(context, "report_starts", context.language.date(plan.starts))
    yield fact(context, "report_about", _about(context, line))
    if plan.template:
        yield fact(context, "report_template", plan.template)
    yield fact(context, "defined", say_by(context, line.names, sheet.row.person, sheet.row.at))


def _dated(context: Context, line: PlanLine) -> str:
    plan = line.sheet.row.plan
    if plan.dated is DateRule.FIXED:
        return context.language.date(plan.fixed)
    return say(context, f"report_dated.{plan.dated}")


def _about(context: Context, line: PlanLine) -> str:
    plan = line.sheet.row.plan
    return line.model or plan.filter or say(context, "report_whole")


def _target(context: Context, line: PlanLine) -> Iterator[Fact]:
    plan = line.sheet.row.plan
    languages = ", ".join(say(context, f"report_language.{one}") for one in plan.languages)
    yield fact(context, "report_languages", languages)
    recipients = ", ".join(say_words(context, one) for one in plan.recipients)
    yield fact(context, "report_recipients", recipients or say(context, "nobody"))
    folder = say_words(context, plan.folder) if plan.folder is not None else ""
    yield fact(context, "report_folder", folder or say(context, "gap.not_yet"))
    yield fact(context, "report_pattern", plan.pattern or say(context, "report_usual"))


def _drafts(context: Context, line: PlanLine, _: object) -> tuple[Group, ...]:
    if not line.sheet.drafts:
        return (Group("", lead=say(context, "report_no_drafts")),)
    days = dict.fromkeys(one.due for one in line.sheet.drafts)
    return tuple(
        Group(
            say(context, "report_due_on", on=context.language.date(day)),
            tuple(_draft(context, line, one) for one in line.sheet.drafts if one.due == day),
        )
        for day in days
    )


def _draft(context: Context, line: PlanLine, row: DraftRow) -> Fact:
    if not row.digest:
        return Fact(say(context, "report_nothing"), say_by(context, line.names, row.person, row.at))
    language = say(context, f"report_language.{row.language}")
    named = " · ".join(filter(None, (row.subject, language)))
    return Fact(named, f"{say_when(context, row.at)}\nSHA-256 {row.digest}")


def _fetch(session: Session, as_of: AsOf) -> tuple[PlanLine, ...]:
    sheets, names = list_plans(session, as_of), names_by_id(session)
    numbers = model_numbers(session, tuple(one.row.plan.model for one in sheets))
    return tuple(PlanLine(one, names, numbers.get(one.row.plan.model or "", "")) for one in sheets)


def _words(context: Context, line: PlanLine) -> str:
    plan = line.sheet.row.plan
    title = plan.title.text if plan.title is not None else None
    said = (line.id, title, say_kind(context, line), _status(context, line).word, plan.filter)
    return " ".join(filter(None, (*said, line.model)))


PART: Part[PlanLine] = Part(
    "reports",
    ListSpec(
        "oversight_reports",
        "oversight.section.reports",
        _columns,
        EmptyText("oversight.empty.reports", "report.plan", "dossiers"),
        actions=("report.run", "report.change", "report.end"),
    ),
    _fetch,
    _words,
    _head,
    (("oversight.tab.report_plan", _plan), ("oversight.tab.report_drafts", _drafts)),
    ("report.run", "report.change", "report.end"),
    "report.run",
    keys={
        "id": _by_title,
        "next": lambda one: str((*one.sheet.missed, one.sheet.next_due or "9")[0]),
        "last": lambda one: one.sheet.drafts[0].at if one.sheet.drafts else "",
    },
)
