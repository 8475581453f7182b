"""A login of a team as it is printed: its password once, where the program chose it."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Json

if TYPE_CHECKING:
    from mlops_desktop.services.teams import MadeLogin

LOGIN = "--login-secret-env"
login_secret = click.option(
    LOGIN, metavar="VARIABLE", help="The variable that holds the new login's password."
)


def group_of(made: "MadeLogin") -> str | None:
    """Return what a login may do; None where that was taken away."""
    return made.login.group.value if made.login.group else None


def login_document(made: "MadeLogin") -> dict[str, Json]:
    """Return a login as a document."""
    told: dict[str, Json] = {"login": made.login.login, "person": made.name}
    told |= {"person_id": made.login.person, "group": group_of(made)}
    return {**told, "password": made.password} if made.password else told


def shown_login(made: "MadeLogin") -> list[tuple[str, object]]:
    """Return a login as pairs."""
    told: list[tuple[str, object]] = [("Login", made.login.login), ("Group", group_of(made))]
    if made.password:
        told.append(("Password", f"{made.password}   (shown this once)"))
    return told
