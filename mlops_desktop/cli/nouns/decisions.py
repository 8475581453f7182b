"""Single decisions of models, looked up where they are kept."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.cells import Day
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.decision_records import Decision, Shown

_MASK = "•••"


@click.group("decisions", cls=Group)
def command() -> None:
    """Single decisions: looked up at their source, personal data masked."""


@command.command()
@click.argument("reference")
@click.option("--source", help="Only in this source.")
@click.option("--reveal", is_flag=True, help="Show the personal data; who and why is recorded.")
@click.option("--purpose", default="", help="What for; needed with --reveal.")
@pass_call
def show(call: Call, /, reference: str, source: str | None, reveal: bool, purpose: str) -> Answer:
    """Show one decision: inputs, output, and what contributed how much, the strongest first."""
    from mlops_desktop.services import decision_records

    if purpose and not reveal:
        raise AppError("decision.purpose_alone", where="--purpose")
    asked = decision_records.Asked(reference, source, call.source_secret())
    with call.session() as session:
        if not reveal:
            found, lookup = decision_records.look_up(session, asked), None
        else:
            found, done = decision_records.reveal(session, asked, purpose)
            lookup = done.id
    return Answer(_document(found, lookup), _text(found))


@command.command("list")
@click.option("--model", help="Only of this model.")
@as_of_options
@pass_call
def list_(call: Call, /, model: str | None, **days: str | None) -> Answer:
    """List who had a decision shown with its personal data, when and why."""
    from mlops_desktop.services.decision_records import list_shown

    with call.session() as session:
        found = list_shown(session, model, read_as_of(**days))
    documents = [_shown_document(one) for one in found]
    heads = ("SHOWN", "BY", "MODEL", "REFERENCE", "PURPOSE")
    names = ("by", "model", "reference", "purpose")
    rows = [(Day(str(one["at"])), *(str(one[name] or "") for name in names)) for one in documents]
    return Answer(documents, table(heads, rows))


def _document(found: "Decision", lookup: str | None) -> Document:
    return {
        "id": found.reference,
        "reference": found.reference,
        "source": found.source,
        "at": found.at,
        "model": found.model.id if found.model else None,
        "model_name": found.model.name if found.model else found.model_word,
        "version": found.version,
        "output": found.output,
        "inputs": [
            {"name": one.name, "value": one.value, "masked": one.value is None}
            for one in found.inputs
        ],
        "contributions": [{"name": one.name, "value": one.value} for one in found.contributions],
        "lookup": lookup,
    }


def _text(found: "Decision") -> str:
    model = found.model_word
    if found.model is not None:
        model = f"{found.model.id} {found.model.name}"
    shown = [
        ("Reference", found.reference),
        ("Source", found.source),
        ("Time", found.at),
        ("Model", model),
        ("Version", found.version),
        ("Output", found.output),
        *((f"Input: {one.name}", one.value or _MASK) for one in found.inputs),
        *((f"Contribution: {one.name}", one.value) for one in found.contributions),
    ]
    return pairs(shown)


def _shown_document(one: "Shown") -> Document:
    return {
        "id": one.id,
        "at": one.at,
        "by": one.person,
        "source": one.source,
        "model": one.model.id if one.model else None,
        "version": one.version,
        "inputs": list(one.inputs),
        "reference": one.reference,
        "purpose": one.purpose,
    }
