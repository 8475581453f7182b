"""The recovery key on paper."""

from pathlib import Path

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command


@click.command("recovery-sheet", cls=Command)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The PDF; never in the workspace's own folder.",
)
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@pass_call
def command(call: Call, out: Path, lang: str) -> Answer:
    """Write the recovery key as a page: print it, lock it away, remove the file.

    Whoever holds it opens every copy and backup of the workspace.
    """
    from mlops_desktop.services.care.recovery import write_recovery_sheet

    with call.session() as session:
        path = write_recovery_sheet(session, out, lang, call.ask_key())
    text = f"Written: {path}\nPrint it, lock it away, then remove the file."
    return Answer({"path": str(path)}, text)
