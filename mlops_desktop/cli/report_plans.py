"""What report plans are told by, and how they are printed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.cells import Code, Day, Said
from mlops_desktop.core.report_plans import DateRule, Every, Knowledge, ReportKind

if TYPE_CHECKING:
    from mlops_desktop.services.reports.plans import DraftRow, PlanSheet, Wanted

F_ = TypeVar("F_", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--kind", type=OneOf(ReportKind), help="What is drafted."),
    click.option("--every", type=OneOf(Every), help="How often; quarter unless said."),
    click.option("--after", type=int, help="Working days from the period's end to the due day."),
    click.option("--dated", type=OneOf(DateRule), help="Which day it is about, seen from there."),
    click.option("--fixed", metavar="DATE", help="The day it is about, for --dated fixed."),
    click.option("--known", type=OneOf(Knowledge), help="As known then, or on the due day."),
    click.option("--starts", metavar="DATE", help="From which day it is due; today unless said."),
    click.option("--title", help="What people call it."),
    click.option("--model", metavar="ID", help="About this model."),
    click.option("--filter", "filter_", metavar="TEXT", help="About the models of a filter line."),
    click.option("--template", metavar="NAME", help="The sections of a saved template."),
    click.option("--regime", metavar="PROFILE", help="The profile of a regulator's view."),
    click.option("--lang", "languages", multiple=True, help="en or de; may come again."),
    click.option("--to", "recipients", multiple=True, metavar="NAME", help="Who gets it."),
    click.option("--folder", metavar="DIR", help="Where drafts go, as a whole path."),
    click.option("--pattern", help="File names, of {plan} {subject} {as_at} {due} {language}."),
)

_ENDED = Said("ended", "list_columns.said.ended")


def plan_options(function: F_) -> F_:
    """Give a command what a plan says."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def read_wanted(given: dict[str, Any]) -> "Wanted":
    """Return what was said; what was left out stays as it is, "" takes it away."""
    from mlops_desktop.cli.dates import read_day
    from mlops_desktop.services.reports.plans import Wanted

    told = dict(given)
    return Wanted(
        filter=told.pop("filter_"),
        fixed=read_day(told.pop("fixed"), "--fixed"),
        starts=read_day(told.pop("starts"), "--starts"),
        languages=told.pop("languages") or None,
        recipients=told.pop("recipients") or None,
        **told,
    )


def plans_answer(sheets: "tuple[PlanSheet, ...]") -> Answer:
    """Return plans in a line each."""
    rows = [
        (
            sheet.row.name,
            Code(sheet.row.plan.kind.value, ("oversight.report_kind",)),
            Code(sheet.row.plan.every.value, ("oversight.report_every",)),
            len(sheet.missed) or "",
            sheet.next_due or (_ENDED if sheet.row.is_ended else ""),
            Day(sheet.drafts[0].at if sheet.drafts else ""),
        )
        for sheet in sheets
    ]
    heads = ("NAME", "KIND", "EVERY", "TO DRAFT", "NEXT DUE", "LAST DRAFT")
    return Answer([plan_document(sheet) for sheet in sheets], table(heads, rows))


def plan_answer(sheet: "PlanSheet") -> Answer:
    """Return one plan whole, with its drafts."""
    document = plan_document(sheet)
    told = [
        (name.replace("_", " ").capitalize(), _plain(value)) for name, value in document.items()
    ]
    drafts = [draft_document(one) for one in sheet.drafts]
    rows = [(one["due"], one["subject"], one["language"], one["sha256"]) for one in drafts]
    listed = table(("DUE", "ABOUT", "LANGUAGE", "SHA-256"), rows)
    return Answer({**document, "drafts": drafts}, pairs(told) + section("Drafts", listed))


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def plan_document(sheet: "PlanSheet") -> Document:
    """Return a plan as a document."""
    row, plan = sheet.row, sheet.row.plan
    return {
        "id": row.name,
        "title": plan.title.text if plan.title else None,
        "kind": plan.kind.value,
        "every": plan.every.value,
        "after": plan.after,
        "starts": plan.starts.isoformat(),
        "dated": plan.dated.value,
        "fixed": plan.fixed.isoformat() if plan.fixed else None,
        "known": plan.known.value,
        "model": plan.model,
        "filter": plan.filter,
        "template": plan.template,
        "regime": plan.regime,
        "languages": list(plan.languages),
        "recipients": [one.text for one in plan.recipients],
        "folder": plan.folder.text if plan.folder else None,
        "pattern": plan.pattern,
        "ended": row.is_ended,
        "to_draft": [day.isoformat() for day in sheet.missed],
        "next_due": sheet.next_due.isoformat() if sheet.next_due else None,
        "last_draft": sheet.drafts[0].at if sheet.drafts else None,
    }


def draft_document(row: "DraftRow") -> Document:
    """Return a draft on record as a document."""
    return {
        "id": row.digest or None,
        "plan": row.plan,
        "due": row.due.isoformat() if row.due else None,
        "kind": row.kind,
        "subject": row.subject or None,
        "language": row.language or None,
        "sha256": row.digest or None,
        "content": row.content or None,
        "as_known": row.as_known,
        "as_at": row.as_at,
        "at": row.at,
    }
