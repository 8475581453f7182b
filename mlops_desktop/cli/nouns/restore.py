"""A backup put in the place of a workspace."""

from pathlib import Path

import click

from mlops_desktop.cli.answer import Answer, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.housing import housing_of, housing_options
from mlops_desktop.cli.logins import login_document, shown_login
from mlops_desktop.cli.progress import cancellable, progress
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.errors import AppError


@click.command("restore", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reason", required=True, help="Why; kept in the ledger for ever.")
@click.option("--replace", "is_replacing", is_flag=True, help="Put aside the file that is there.")
@housing_options
@pass_call
def command(
    call: Call,
    file: Path,
    reason: str,
    is_replacing: bool,
    prefix: str | None,
    login: str | None,
    login_secret_env: str | None,
) -> Answer:
    """Verify a backup and put it at -w, an empty place or, with --replace, a damaged workspace.

    The restore becomes an event in the ledger, signed with your key. It names what was lost, so
    that it is told apart from somebody cutting off the history. What was there is kept aside. With
    --prefix the empty database gets a team's roles: -w is then its administrator's address, and
    you are the first keeper.
    """
    from mlops_desktop.core.work import Work
    from mlops_desktop.services.care.restores import Asks, Restoring, restore_workspace

    place = call.place()
    if place is None:
        raise AppError("workspace.place_missing", where="--workspace")
    secret = call.database_secret()
    housing = housing_of(prefix, login, login_secret_env)
    wanted = Restoring(file, place, reason, call.acting, is_replacing, secret, housing)
    asks = Asks(call.ask_person(), call.ask_key())
    with progress() as report, cancellable() as is_cancelled:
        done = restore_workspace(wanted, asks, Work(report, is_cancelled, "care.cancelled"))
    lost: list[Json] = [{"size": head.size, "root": head.root} for head in done.lost]
    aside = str(done.aside) if done.aside is not None else None
    document: dict[str, Json] = {"id": done.id, "place": done.place, "size": done.size}
    document |= {"lost": lost, "kept_aside": aside}
    told: list[tuple[str, object]] = [("Workspace", done.place)]
    told.append(("Restored", f"{done.size} events of the backup"))
    if done.login is not None:
        document["login"] = login_document(done.login)
        told += shown_login(done.login)
    if done.lost:
        told.append(("Lost", f"events {done.size} to {done.lost[-1].size - 1}"))
    if aside is not None:
        told.append(("Kept aside", aside))
    return Answer(document, pairs(told))
