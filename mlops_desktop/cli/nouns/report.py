"""Planned reports, run from cron or the task scheduler; drafts that go on being written."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlops_desktop.cli.answer import DONE, FAILED, NO, WRONG_INPUT, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of, read_day
from mlops_desktop.cli.failures import failure_of
from mlops_desktop.cli.report_plans import (
    draft_document,
    plan_answer,
    plan_options,
    plans_answer,
    read_wanted,
)
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.cells import Kinds
from mlops_desktop.core.errors import Recovery
from mlops_desktop.core.report_plans import ReportKind

if TYPE_CHECKING:
    from mlops_desktop.services.reports.running import Run

_FOLDER = click.Path(path_type=Path, file_okay=False)
_OUT = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The .docx."
)
_LANGUAGE = click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
_REASON = click.option("--reason", help="Why; kept with the event.")

_KINDS = Kinds(
    {"kind": ("oversight.report_kind",), "language": ("list_columns.code",)},
    frozenset({"due", "as_at", "at"}),
)


@click.group("report", cls=Group)
def command() -> None:
    """Planned reports as drafts: unsigned, marked, on record; no person's key is needed."""


@command.group("plan", cls=Group)
def plan() -> None:
    """What is reported about which day, when it is due, for whom."""


@plan.command()
@click.argument("name")
@plan_options
@pass_call
def add(call: Call, /, name: str, **given: Any) -> Answer:
    """Set a plan up; unless said otherwise the board's, due after each quarter."""
    from mlops_desktop.services.reports.plans import add_plan, show_plan

    with call.session() as session:
        add_plan(session, name, read_wanted(given))
        return plan_answer(show_plan(session, name))


@plan.command("list")
@as_of_options
@pass_call
def list_plans(call: Call, /, **days: str | None) -> Answer:
    """List the plans with what is due and not drafted yet, ended ones too."""
    from mlops_desktop.services.reports import plans

    with call.session() as session:
        return plans_answer(plans.list_plans(session, read_as_of(**days)))


@plan.command()
@click.argument("name")
@as_of_options
@pass_call
def show(call: Call, /, name: str, **days: str | None) -> Answer:
    """Show one plan and every draft made by it."""
    from mlops_desktop.services.reports.plans import show_plan

    with call.session() as session:
        return plan_answer(show_plan(session, name, read_as_of(**days)))


@plan.command()
@click.argument("name")
@plan_options
@_REASON
@pass_call
def change(call: Call, /, name: str, reason: str | None, **given: Any) -> Answer:
    """Change what a plan says; an empty text takes it away."""
    from mlops_desktop.services.reports.plans import change_plan, show_plan

    with call.session() as session:
        change_plan(session, name, read_wanted(given), reason)
        return plan_answer(show_plan(session, name))


@plan.command()
@click.argument("name")
@_REASON
@pass_call
def end(call: Call, name: str, reason: str | None) -> Answer:
    """Let nothing be drafted by a plan any more."""
    from mlops_desktop.services.reports.plans import end_plan, show_plan

    with call.session() as session:
        end_plan(session, name, reason)
        return plan_answer(show_plan(session, name))


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List every draft made, newest first."""
    from mlops_desktop.services.reports.plans import list_drafts

    with call.session() as session:
        found = [draft_document(row) for row in list_drafts(session, read_as_of(**days))]
    names = ("plan", "due", "kind", "subject", "language", "as_at", "at")
    rows = [[_KINDS.cell(name, one[name]) for name in names] for one in found]
    return Answer(found, table([name.upper().replace("_", " ") for name in names], rows))


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME…]")
@click.option("--due", "only_due", is_flag=True, help="Only what is due and not drafted yet.")
@click.option("--out", type=_FOLDER, help="The folder; each plan's own unless said.")
@click.option("--on", metavar="DATE", help="As if it were this day; today unless said.")
@pass_call
def run(
    call: Call, names: tuple[str, ...], only_due: bool, out: Path | None, on: str | None
) -> Answer:
    """Draft what is due: nothing twice, what was missed too. A NAME without --due: now.

    Exit 0: drafted, or nothing was due; 1: some were drafted, another was refused; 2: all were
    refused; 3: the surroundings failed. The next run tries again what is missing.
    """
    from mlops_desktop.services.reports.running import run_due, run_now

    day = read_day(on, "--on")
    with call.session() as session:
        if names and not only_due:
            runs = run_now(session, names, day, out)
        else:
            runs = run_due(session, names, day, out)
    rows = [(one.plan, one.due, _outcome(one), ", ".join(map(str, one.files))) for one in runs]
    told = table(("PLAN", "DUE", "OUTCOME", "FILES"), rows) if runs else "Nothing is due."
    failures = [failure_of(one.error).answer().text for one in runs if one.error is not None]
    return Answer([_document(one) for one in runs], "\n\n".join((told, *failures)), _code(runs))


@command.group("draft", cls=Group)
def draft() -> None:
    """Drafts as .docx that go on being written, unsigned and marked so on every page."""


@draft.command()
@click.argument("item")
@_OUT
@_LANGUAGE
@as_of_options
@pass_call
def validation(call: Call, /, item: str, out: Path, lang: str, **days: str | None) -> Answer:
    """Write the report of a validation: scope, lights by area, findings, conclusion."""
    return _draft(call, ReportKind.VALIDATION, item, out, lang, days)


@draft.command()
@click.argument("item")
@_OUT
@_LANGUAGE
@as_of_options
@pass_call
def meeting(call: Call, /, item: str, out: Path, lang: str, **days: str | None) -> Answer:
    """Write the paper of a meeting: each request with what it changes and what is open."""
    return _draft(call, ReportKind.COMMITTEE, item, out, lang, days)


def _draft(
    call: Call, kind: ReportKind, item: str, out: Path, lang: str, days: dict[str, str | None]
) -> Answer:
    from mlops_desktop.services.reports.documents import PaperOrder, draft_paper

    as_of = read_as_of(**days)
    with call.session() as session:
        done = draft_paper(session, PaperOrder(kind, item, out, lang, as_of))
    document: Document = {
        "id": item,
        "kind": kind.value,
        "path": str(done.path),
        "sha256": done.digest,
        "content": done.content,
        "language": lang,
    }
    return Answer(document, pairs([("Draft, unsigned", done.path), ("SHA-256", done.digest)]))


def _outcome(one: "Run") -> str:
    if one.error is not None:
        return "failed"
    if one.is_done_before:
        return "done before"
    return "drafted" if one.files else "nothing to report on"


def _document(one: "Run") -> Document:
    failed = failure_of(one.error).document()["error"] if one.error is not None else None
    return {
        "id": one.plan,
        "due": one.due.isoformat(),
        "outcome": _outcome(one).replace(" ", "_"),
        "files": [str(path) for path in one.files],
        "error": failed,
    }


def _code(runs: "tuple[Run, ...]") -> int:
    errors = [one.error for one in runs if one.error is not None]
    if not errors:
        return DONE
    if any(error.recovery is not Recovery.USER for error in errors):
        return FAILED
    return WRONG_INPUT if len(errors) == len(runs) else NO
