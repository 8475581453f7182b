"""What the login that opened a team's workspace may do in it, and whose it is."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.store.team.functions import HOLD, LOCK
from mlops_desktop.store.team.logins import bound_person

_ASKED = sa.text(
    f"SELECT has_function_privilege('public.{LOCK}(text)', 'EXECUTE'), "
    f"to_regprocedure('public.{HOLD}(bytea, text)') IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The prefix of the team's roles, whose login this is, and whether it may record."""

    prefix: str
    person: str | None
    may_write: bool
    locks_late: bool = False
    """Whether the database knows the function of those who read before they lock."""


def read_standing(connection: sa.Connection, prefix: str) -> Standing:
    """Return the standing of this connection's login."""
    may_write, locks_late = connection.execute(_ASKED).one()
    return Standing(prefix, bound_person(connection), may_write, locks_late)
