"""Options for a team's roles in the database that a workspace comes to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlops_desktop.cli import secrets
from mlops_desktop.cli.logins import LOGIN, login_secret
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.care.housing import Housing

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--prefix", help="Make a team's roles in the database, named like this."),
    click.option("--login", help="Your login there, a keeper's; made of your name unless said."),
    login_secret,
)


def housing_options(function: F) -> F:
    """Add the options of a team's roles."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def housing_of(prefix: str | None, login: str | None, variable: str | None) -> "Housing | None":
    """Return what the options say of roles; None for none. Raises ``team.prefix_missing``."""
    from mlops_desktop.services.care.housing import Housing

    if prefix is None:
        if login or variable:
            raise AppError("team.prefix_missing", where="--prefix")
        return None
    return Housing(prefix, login, secrets.read_variable(variable, LOGIN))
