"""Backups of the workspace."""

from pathlib import Path

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import COUNT
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.documents.values import moment
from mlops_desktop.cli.progress import cancellable, progress
from mlops_desktop.cli.text import pairs


@click.command("backup", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--keep",
    type=COUNT,
    default=7,
    show_default=True,
    help="How many generations to keep, the newest included.",
)
@pass_call
def command(call: Call, file: Path, keep: int) -> Answer:
    """Copy the workspace to an encrypted file and verify the copy; others may go on writing.

    FILE is always the newest verified backup; the one before keeps its content under a name with
    its date. The copy opens with the workspace's own key. PostgreSQL is copied in one consistent
    view. Put this command into cron or the task scheduler; exit 3 means no new backup was made,
    and the last good one is still there.
    """
    from mlops_desktop.core.work import Work
    from mlops_desktop.services.care.backups import make_backup

    with call.session() as session, progress() as report, cancellable() as is_cancelled:
        made = make_backup(
            session, file, keep, Work(report, is_cancelled, "care.cancelled"), call.ask_key()
        )
    document = {
        "path": str(made.path),
        "at": moment(made.at),
        "size": made.size,
        "root": made.root,
        "verified": True,
        "kept": [str(path) for path in made.kept],
    }
    told = [("Backup", made.path), ("Events", made.size), ("Root", made.root)]
    kept = "\n".join(path.name for path in made.kept)
    return Answer(document, pairs([*told, ("Verified", "yes"), ("Kept", kept)]))
