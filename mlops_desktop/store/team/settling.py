"""A whole workspace put into a team's database that is just being made."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.work import Told
from mlops_desktop.store import whole_copies
from mlops_desktop.store.tables.ledger import meta
from mlops_desktop.store.team import logins, making, rights
from mlops_desktop.store.team.logins import Login
from mlops_desktop.store.team.names import Roles, quoted
from mlops_desktop.store.unit_of_work import ReadSession
from mlops_desktop.store.whole_copies import Check


@dataclass(frozen=True, slots=True)
class Arriving:
    """A workspace on its way: what is seen of it, who is told how far it is, what checks it."""

    view: ReadSession
    told: Told
    check: Check

    def facts(self, database: str) -> making.Facts:
        """Return what the workspace says of itself."""
        rows = self.view.connection.execute(sa.select(meta))
        found = {row.name: row.value for row in rows}
        return making.Facts(found["id"], found["name"], found["origin"], database)

    def fill(self, there: sa.Connection) -> None:
        """Copy it, and check the copy."""
        whole_copies.fill(self.view, there, self.told, self.check)


def opening(roles: Roles) -> Iterator[str]:
    """Yield what lets the owner fill the tables: the rules of rows wait, the empty head goes."""
    owner = quoted(roles.owner)
    yield f"GRANT {owner} TO CURRENT_USER"
    yield f"SET LOCAL ROLE {owner}"
    for table in ("events", "checkpoints"):
        yield f"ALTER TABLE public.{table} DISABLE ROW LEVEL SECURITY"
    yield "DELETE FROM public.head"


def closing(roles: Roles, first: Login) -> Iterator[str]:
    """Yield what puts all rights back, binds the first login, and ends the owner's acting."""
    yield from rights.statements(roles)
    yield logins.binding(first)
    yield "RESET ROLE"
    yield f"REVOKE {quoted(roles.owner)} FROM CURRENT_USER"
