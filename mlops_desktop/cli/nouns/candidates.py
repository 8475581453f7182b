"""What sources found and nobody has decided yet."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.documents.models import row_document
from mlops_desktop.cli.fields import FieldCommand, read_fields
from mlops_desktop.cli.sheets import row_answer
from mlops_desktop.cli.text import table
from mlops_desktop.core.cells import Day
from mlops_desktop.core.events.candidates import Verdict


@click.group("candidates", cls=Group)
def command() -> None:
    """What sources found and nobody has decided yet."""


@command.command("list")
@pass_call
def list_(call: Call) -> Answer:
    """List the undecided candidates."""
    from mlops_desktop.services.candidates import list_candidates

    with call.session() as session:
        found = list_candidates(session)
    rows = [(row.id, row.name, row.source, row.serving, Day(row.updated_at or "")) for row in found]
    text = table(("ID", "NAME", "SOURCE", "SERVING", "UPDATED"), rows)
    return Answer([row_document(row) for row in found], text)


@command.command(cls=FieldCommand)
@click.argument("id")
@pass_call
def accept(
    call: Call, /, id: str, settings: tuple[str, ...], own: tuple[str, ...], **fields: str | None
) -> Answer:
    """Take a candidate into the inventory as a model, with the fields given."""
    from mlops_desktop.services.candidates import accept_candidate

    texts = read_fields(fields, settings, own)
    with call.session() as session:
        return row_answer(session, accept_candidate(session, id, texts).id)


@command.command()
@click.argument("id")
@click.option(
    "--verdict",
    type=OneOf(Verdict),
    default=Verdict.NOT_A_MODEL,
    show_default=True,
)
@click.option("--reason", default="", help="Why; needed, and kept on record.")
@pass_call
def reject(call: Call, id: str, verdict: Verdict, reason: str) -> Answer:
    """Decide that a candidate is no model of ours; it stays on record."""
    from mlops_desktop.services.candidates import reject_candidate

    with call.session() as session:
        return row_answer(session, reject_candidate(session, id, verdict, reason).id)


@command.command()
@click.argument("id")
@click.argument("model")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def match(call: Call, id: str, model: str, reason: str | None) -> Answer:
    """Decide that a candidate is the same as a model, which takes over its versions."""
    from mlops_desktop.services.candidates import match_candidate

    with call.session() as session:
        return row_answer(session, match_candidate(session, id, model, reason).id)


@command.command()
@click.argument("name")
@click.option("--place", required=True, help="Where it is kept: a folder, a file, a system.")
@click.option("--description", help="What it does.")
@pass_call
def declare(call: Call, name: str, place: str, description: str | None) -> Answer:
    """Report something that may be a model and that no source can find."""
    from mlops_desktop.services.declarations import declare_candidate

    with call.session() as session:
        return row_answer(session, declare_candidate(session, name, place, description).id)
