"""Experiments: champion against challenger, fixed beforehand, concluded with an uncertainty."""

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.items import item_group

command = item_group("experiment", "Experiments: champion against challenger, fixed beforehand.")


@click.command("result", cls=Command)
@click.argument("id")
@as_of_options
@pass_call
def _result(call: Call, /, id: str, **days: str | None) -> Answer:
    """Say what the result shows: better, worse or undecided."""
    from mlops_desktop.services.experiments import read_effect

    with call.session() as session:
        effect = read_effect(session, id, read_as_of(**days))
    if effect is None:
        return Answer({"id": id, "outcome": None}, "not concluded")
    value, lower, upper, needed = (
        format(one, "f") for one in (effect.value, effect.lower, effect.upper, effect.needed)
    )
    document: Document = {
        "id": id,
        "outcome": effect.outcome.value,
        "difference": value,
        "lower": lower,
        "upper": upper,
        "needed": needed,
    }
    said = f"{effect.outcome.value}: {value} [{lower}; {upper}], criterion {needed}"
    return Answer(document, said)


@click.command("promote", cls=Command)
@click.argument("id")
@click.option("--environment", default="production", show_default=True)
@click.option("--comment", help="What else the signers should know.")
@pass_call
def _promote(call: Call, id: str, environment: str, comment: str | None) -> Answer:
    """Ask for the approval of the challenger, with the result in the request."""
    from mlops_desktop.services.approvals import show_request
    from mlops_desktop.services.experiments import request_promotion

    with call.session() as session:
        done = request_promotion(session, id, environment, comment)
        row = show_request(session, done.id)
    document: Document = {
        "id": row.id,
        "model": row.model_id,
        "version": row.label,
        "environment": row.environment,
        "status": row.status.value,
    }
    return Answer(document, f"{row.id}: {row.model_id} version {row.label} to {row.environment}")


for _command in (_result, _promote):
    command.add_command(_command)
