"""The recovery key of a new workspace, shown once."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.call import Call

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session


def tell_recovery_key(call: Call, session: "Session") -> None:
    """Print the key once, on stderr and never in a document, unless a variable brought it."""
    from mlops_desktop.services.care.recovery import KeyPlace, recovery_groups
    from mlops_desktop.services.workspace_card import key_keeping

    if key_keeping() is KeyPlace.ENVIRONMENT:
        return
    groups = recovery_groups(session, call.ask_key())
    half = len(groups) // 2
    click.echo("Recovery key, shown this once. Keep it on paper, never beside the file:", err=True)
    click.echo(f"  {' '.join(groups[:half])}\n  {' '.join(groups[half:])}", err=True)
