"""A workspace moved from a file to a server, or back."""

import click

from mlops_desktop.cli.answer import Answer, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.housing import housing_of, housing_options
from mlops_desktop.cli.logins import login_document, shown_login
from mlops_desktop.cli.progress import cancellable, progress
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.errors import AppError


@click.command("move", cls=Command)
@click.option("--to", "target", required=True, metavar="PATH|URL", help="An empty place.")
@housing_options
@pass_call
def command(
    call: Call,
    target: str,
    prefix: str | None,
    login: str | None,
    login_secret_env: str | None,
) -> Answer:
    """Move the workspace to an empty file or PostgreSQL database, everything as it is.

    The copy is verified before it counts: same heads, ids, texts, evidence and series. The old
    place keeps all of it, can still be read, takes no more events and says where the workspace
    went. The password of a database comes from --database-secret-env. With --prefix the database
    gets a team's roles: --to is then its administrator's address, and you are the first keeper.
    Out of a team's database with roles a keeper moves.
    """
    from urllib.parse import urlsplit

    from mlops_desktop.core.work import Work
    from mlops_desktop.services.care.moving import Moving, move_workspace

    if "://" in target and urlsplit(target).password:
        raise AppError(
            "workspace.address_holds_secret", where="--to", option="--database-secret-env"
        )
    wanted = Moving(target, call.database_secret(), housing_of(prefix, login, login_secret_env))
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
    told: list[tuple[str, object]] = [("From", done.source), ("To", done.place)]
    told += [("Events", done.size), ("Root", done.root)]
    if done.login is not None:
        document["login"] = login_document(done.login)
        told += shown_login(done.login)
    return Answer(document, pairs(told))
