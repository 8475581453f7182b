"""Incidents of data: a dataset or a pipeline run found bad, and what lies downstream."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.lineage import affected_answer
from mlops_desktop.cli.items import item_group

command = item_group(
    "incident", "Incidents of data: a dataset or a pipeline run found bad, and how it was settled."
)


@click.command("affected", cls=Command)
@click.argument("id")
@as_of_options
@pass_call
def _affected(call: Call, /, id: str, **days: str | None) -> Answer:
    """Show what lies downstream: models that learned from the data, and where they run."""
    from mlops_desktop.services.incidents import affected_by

    with call.session() as session:
        return affected_answer(affected_by(session, id, read_as_of(**days)))


command.add_command(_affected)
