"""A workspace whose key the keyring has lost."""

import click

from mlops_desktop.cli import secrets
from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import KEY, Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.core.errors import AppError

RECOVERY = "--recovery-secret-env"


@click.command("recover", cls=Command)
@click.option(RECOVERY, "variable", metavar="VARIABLE", help="Holds the recovery key.")
@pass_call
def command(call: Call, variable: str | None) -> Answer:
    """Prove the recovery key of the workspace at -w, and keep the key anew.

    A file is opened with it; so is a backup, where its key is lost too. At a server it opens what
    this computer keeps for the workspace: its device key, and the backups made here.

    The recovery key is asked for, or comes from the named variable. The keyring takes the key;
    --key-secret-env names the passphrase of a file that holds it as well, or instead.
    """
    from mlops_desktop.services.care.recovery import recover_key

    place = call.place()
    if place is None:
        raise AppError("workspace.place_missing", where="--workspace")
    typed = secrets.asker(variable, RECOVERY, "Recovery key")()
    passphrase = secrets.read_variable(call.key_secret_env, KEY)
    found = recover_key(place, typed, passphrase, call.database_secret())
    kept = sorted(one.value for one in found)
    return Answer({"place": place, "kept": [*kept]}, f"The key is kept again: {', '.join(kept)}.")
