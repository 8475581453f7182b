"""The history of data: from where it came, what came of it."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.lineage import lineage_answer
from mlops_desktop.core.lineage import Way


@click.command("lineage", cls=Command)
@click.argument("id")
@click.option("--up", "way", flag_value="up", help="Only where it came from.")
@click.option("--down", "way", flag_value="down", help="Only what came of it.")
@click.option("--depth", type=click.IntRange(min=0), help="At most so many steps.")
@click.option("--version", metavar="V", help="One version of a model; also M-00005@7.")
@click.option("--digest", metavar="D", help="One state of a dataset.")
@click.option("--runs", is_flag=True, help="Each run, not the steps of pipelines.")
@as_of_options
@pass_call
def command(
    call: Call,
    /,
    id: str,
    way: str | None,
    depth: int | None,
    version: str | None,
    digest: str | None,
    *,
    runs: bool,
    **days: str | None,
) -> Answer:
    """Trace the history of data from a dataset, pipeline, run, model or version.

    Answers which models learned from this data, and where they run, retired ones included.
    """
    from mlops_desktop.services.lineage import Asked, dependents, trace_lineage

    asked = Asked(
        id,
        version,
        digest,
        Way(way) if way else None,
        depth,
        read_as_of(**days),
        with_runs=runs,
    )
    with call.session() as session:
        found = trace_lineage(session, asked)
    return lineage_answer(found, dependents(found))
