"""What the login that opened a team's workspace may do in it, and whose it is."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.store.team.functions import LOCK
from mlops_desktop.store.team.logins import bound_person

_MAY = sa.text(f"SELECT has_function_privilege('public.{LOCK}(text)', 'EXECUTE')")


@dataclass(frozen=True, slots=True)
class Standing:
    """The prefix of the team's roles, whose login this is, and whether it may record."""

    prefix: str
    person: str | None
    may_write: bool


def read_standing(connection: sa.Connection, prefix: str) -> Standing:
    """Return the standing of this connection's login."""
    may_write = bool(connection.execute(_MAY).scalar())
    return Standing(prefix, bound_person(connection), may_write)
