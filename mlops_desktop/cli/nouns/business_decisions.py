"""Business decisions that models serve."""

from pathlib import Path

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.items import item_group
from mlops_desktop.cli.text import table
from mlops_desktop.core.events.business_decisions import ModelRole

command = item_group("business_decision", "Business decisions that models serve.")


@command.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--model", "models", multiple=True, metavar="ID", help="A model that serves them.")
@click.option("--model-role", type=OneOf(ModelRole), required=True)
@click.option("--human-override", required=True, help="Who may decide otherwise, and how.")
@pass_call
def read(
    call: Call, file: Path, models: tuple[str, ...], model_role: ModelRole, human_override: str
) -> Answer:
    """Take the decisions of a DMN file over, one item each, all or none."""
    from mlops_desktop.services.dmn import read_dmn
    from mlops_desktop.services.items import show_item

    said = {"model_role": model_role.value, "human_override": human_override}
    with call.session() as session:
        made = read_dmn(session, file, models, said)
        found = [show_item(session, id).row for id in made]
    document: list[Document] = [
        {"id": row.number, "title": row.title, "stage": row.stage} for row in found
    ]
    return Answer(document, table(("ID", "TITLE"), [(row.number, row.title) for row in found]))
