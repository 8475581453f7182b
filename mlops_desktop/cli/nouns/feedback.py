"""Experts' feedback: results that miss what the business expects, by ones and by hundreds."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.items import item_answer
from mlops_desktop.cli.documents.sheets import taken_answer
from mlops_desktop.cli.items import item_group
from mlops_desktop.cli.text import table
from mlops_desktop.core.asof import NOW, AsOf, parse_day
from mlops_desktop.core.events.findings import Severity

if TYPE_CHECKING:
    pass

_HEADS = ("CAUSE", "SEGMENT", "CASES", "OPEN")

_named = click.option(
    "--case", "cases", metavar="FB", multiple=True, help="These cases alone; may be repeated."
)

command = item_group("feedback", "Experts' feedback: results that miss what the business expects.")


@click.command("paste", cls=Command)
@click.argument("model")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would happen; record nothing.")
@pass_call
def _paste(call: Call, model: str, file: Path, is_dry: bool) -> Answer:
    """Take in cases from CSV or Excel: a reason each; segment, reference, description if any."""
    from mlops_desktop.services.feedback import take_in
    from mlops_desktop.services.imports import read_file

    with call.session() as session:
        done = take_in(session, model, read_file(file), is_dry=is_dry)
    return taken_answer("cases", done.rows, done.refusals, is_recorded=done.is_recorded)


@click.command("counts", cls=Command)
@click.argument("model")
@as_of_options
@pass_call
def _counts(call: Call, /, model: str, **days: str | None) -> Answer:
    """Count a model's cases by reason and segment, the most frequent first."""
    return _counted(call, model, read_as_of(**days))


def _counted(call: Call, model: str, as_of: AsOf = NOW) -> Answer:
    from mlops_desktop.services.feedback import count_feedback

    with call.session() as session:
        found = count_feedback(session, model, as_of)
    documents: list[Document] = [
        {
            "id": f"{one.cause}/{one.segment}",
            "cause": one.cause,
            "segment": one.segment,
            "cases": one.cases,
            "open": one.open,
        }
        for one in found
    ]
    rows = [(one.cause, one.segment, one.cases, one.open) for one in found]
    return Answer(documents, table(_HEADS, rows))


@click.command("answer-all", cls=Command)
@click.argument("model")
@click.option("--cause", help="Only cases of this reason.")
@click.option("--segment", help="Only cases of this segment.")
@_named
@click.option("--answer", required=True, help="What all of them are answered.")
@pass_call
def _answer_all(
    call: Call,
    model: str,
    cause: str | None,
    segment: str | None,
    cases: tuple[str, ...],
    answer: str,
) -> Answer:
    """Answer many open cases alike."""
    from mlops_desktop.services.feedback import Choice, answer_many

    with call.session() as session:
        answer_many(session, Choice(model, cause, segment, cases), answer)
    return _counted(call, model)


@click.command("to-finding", cls=Command)
@click.argument("model")
@click.option("--cause", help="Only cases of this reason.")
@click.option("--segment", help="Only cases of this segment.")
@_named
@click.option("--title", required=True, help="The pattern behind the cases.")
@click.option("--due", metavar="DATE", required=True, help="By when it is to be mended.")
@click.option("--severity", type=OneOf(Severity), default=Severity.MEDIUM, show_default=True)
@pass_call
def _to_finding(
    call: Call,
    model: str,
    cause: str | None,
    segment: str | None,
    cases: tuple[str, ...],
    title: str,
    due: str,
    severity: Severity,
) -> Answer:
    """Open one finding for many open cases, which it takes up."""
    from mlops_desktop.services.feedback import Choice, make_finding
    from mlops_desktop.services.items import show_item

    choice = Choice(model, cause, segment, cases)
    with call.session() as session:
        done = make_finding(session, choice, title, parse_day(due, "--due"), severity)
        return item_answer(show_item(session, done.id))


for _command in (_paste, _counts, _answer_all, _to_finding):
    command.add_command(_command)
