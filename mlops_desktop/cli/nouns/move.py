"""A workspace moved from a file to a server, or back."""

import click

from mlops_desktop.cli.answer import Answer, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.progress import cancellable, progress
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.errors import AppError


@click.command("move", cls=Command)
@click.option("--to", "target", required=True, metavar="PATH|URL", help="An empty place.")
@pass_call
def command(call: Call, target: str) -> Answer:
    """Move the workspace to an empty file or PostgreSQL database, everything as it is.

    The copy is verified before it counts: same heads, ids, texts, evidence and series. The old
    place keeps all of it, can still be read, takes no more events and says where the workspace
    went. The password of a database comes from --database-secret-env.
    """
    from urllib.parse import urlsplit

    from mlops_desktop.core.work import Work
    from mlops_desktop.services.care.moving import Moving, move_workspace

    if "://" in target and urlsplit(target).password:
        raise AppError(
            "workspace.address_holds_secret", where="--to", option="--database-secret-env"
        )
    wanted = Moving(target, call.database_secret())
    with call.session() as session, progress() as report, cancellable() as is_cancelled:
        done = move_workspace(
            session, wanted, Work(report, is_cancelled, "care.cancelled"), call.ask_key()
        )
    document: dict[str, Json] = {
        "from": done.source,
        "to": done.place,
        "size": done.size,
        "root": done.root,
    }
    told = [("From", done.source), ("To", done.place), ("Events", done.size), ("Root", done.root)]
    return Answer(document, pairs(told))
