"""A new workspace."""

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import secrets
from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import PERSON, Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.recovery import tell_recovery_key
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session
    from mlops_desktop.services.workspaces import NewWorkspace


@click.command("init", cls=Command)
@click.argument("place", metavar="[PATH|URL]", required=False)
@click.option("--name", help="The name of the workspace; the file's name unless said.")
@click.option("--person", metavar="NAME", help="The first person; the same as --as.")
@pass_call
def command(call: Call, place: str | None, name: str | None, person: str | None) -> Answer:
    """Make a workspace, its authority and its first person.

    The first person can sign and enrols the others. The passphrase of the person's key comes
    from --person-secret-env or a prompt; it also opens the authority's key. The key of the
    workspace goes to the keyring, or is the one in MLOPS_DESKTOP_WORKSPACE_KEY, or is wrapped
    with the passphrase of --key-secret-env.
    """
    from mlops_desktop.services.people import list_people
    from mlops_desktop.services.workspaces import NewWorkspace

    if call.authority_secret_env is not None:
        raise click.UsageError(f"A new authority is opened by the passphrase of {PERSON}.")
    call.workspace = place or call.workspace
    target = call.place()
    if target is None:
        raise AppError("workspace.place_missing", where="--workspace")
    wanted = NewWorkspace(
        place=target,
        name=name or PurePath(target.partition("?")[0]).stem,
        person=_first_person(person or call.acting),
        passphrase=call.ask_person("Passphrase for your new key", twice=True)(),
        key_passphrase=secrets.read_variable(call.key_secret_env, "--key-secret-env"),
        database_password=call.database_secret(),
    )
    session = _create(call, wanted)
    try:
        tell_recovery_key(call, session)
        return _answer(session, list_people(session)[0].name)
    finally:
        session.workspace.close()


def _first_person(named: str | None) -> str:
    if named:
        return named
    if not secrets.can_ask():
        raise AppError("person.name_missing", where="--person")
    answered: str = click.prompt("Your name", err=True)
    return answered


def _create(call: Call, wanted: "NewWorkspace") -> "Session":
    """Make it; where nothing can keep its key, ask for a passphrase that wraps it."""
    from dataclasses import replace

    from mlops_desktop.services.workspaces import create_workspace

    try:
        return create_workspace(wanted)
    except AppError as error:
        nowhere = error.code == "workspace_key.nowhere_to_store"
        if not nowhere or not secrets.can_ask():
            raise
    return create_workspace(replace(wanted, key_passphrase=call.ask_key(twice=True)()))


def _answer(session: "Session", person: str) -> Answer:
    workspace = session.workspace
    told = {"id": workspace.id, "name": workspace.name, "place": workspace.place}
    told |= {"origin": workspace.origin, "person": person}
    text = pairs([("Workspace", workspace.name), ("Place", workspace.place), ("Person", person)])
    return Answer(told, f"{text}\nNext: mlops-desktop people enrol NAME {PERSON} VARIABLE")
