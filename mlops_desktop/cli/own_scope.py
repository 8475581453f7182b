"""The option that leaves the models of the acting person's scope alone in a list."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mlops_desktop.services.own_scope import Scopes
    from mlops_desktop.services.session import Session

own_scope_option = click.option(
    "--own-scope",
    "is_own",
    is_flag=True,
    help="Only what is about models of your scope (business line, region).",
)


def own_scopes(session: "Session", *, is_own: bool) -> "Scopes":
    """Return the scopes of the acting person where they are asked for."""
    from mlops_desktop.services.own_scope import read_own_scope

    return read_own_scope(session) if is_own else ()
