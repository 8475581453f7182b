"""What came in from files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.documents.imports import import_document, report_document
from mlops_desktop.cli.intakes import report_text, write_refusals
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.cells import Day

if TYPE_CHECKING:
    from mlops_desktop.services.rows import ImportRow


@click.group("imports", cls=Group)
def command() -> None:
    """Imports of registers, and the report kept of each."""


@command.command("list")
@pass_call
def list_(call: Call) -> Answer:
    """List the imports, newest first."""
    from mlops_desktop.services.imports import list_imports

    with call.session() as session:
        found = list_imports(session)
    counts = ("ROWS", "NEW", "CHANGED", "UNCHANGED", "LEFT OUT", "PAPERS")
    heads = ("ID", "FILE", *counts, "PLAN", "BY", "AT")
    rows = [
        (row.id, row.file, *_counts(row), row.plan_number, row.person, Day(row.at)) for row in found
    ]
    return Answer([import_document(row) for row in found], table(heads, rows))


def _counts(row: "ImportRow") -> tuple[int, ...]:
    return (row.rows, row.created, row.changed, row.unchanged, row.left_out, row.papers)


@command.command()
@click.argument("id")
@click.option(
    "--refusals",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every refusal to this CSV file.",
)
@pass_call
def show(call: Call, id: str, refusals: Path | None) -> Answer:
    """Open the report of an import again."""
    from mlops_desktop.services.imports import show_import

    with call.session() as session:
        row, report = show_import(session, id)
    if refusals is not None:
        write_refusals(refusals, report)
    told = pairs([("Import", row.id), ("By", row.person), ("At", row.at), ("Report", row.report)])
    document = {**import_document(row), "details": report_document(report)}
    return Answer(document, f"{told}\n\n{report_text(report)}")
