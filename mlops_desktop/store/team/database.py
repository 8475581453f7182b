"""A team's database as its administrator opens it: everything done whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
import tenacity

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.store import engine as engines
from mlops_desktop.store import log
from mlops_desktop.store.faults import explained
from mlops_desktop.store.queries import people
from mlops_desktop.store.team import checking, logins, making, running, settling, upgrading
from mlops_desktop.store.team.checking import Finding
from mlops_desktop.store.team.logins import Login
from mlops_desktop.store.team.names import Roles, roles_of
from mlops_desktop.store.team.settling import Arriving

_ATTEMPTS, _PAUSE_SECONDS = 5, 0.5


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, AppError) and error.code == "workspace.busy"


@dataclass(frozen=True, slots=True)
class Database:
    """A database, opened by a login that may make roles."""

    engine: sa.Engine

    @property
    def login(self) -> str:
        """The login of the address."""
        return self.engine.url.username or ""

    @property
    def name(self) -> str:
        """The database's name on its server."""
        return self.engine.url.database or ""

    def find_founder(self) -> str | None:
        """Return whose login this is where tables were made that hold no event; else None."""
        with explained(self.engine), self.engine.connect() as connection:
            if not running.may_read(connection) or log.read_head(connection).size:
                return None
            return logins.bound_person(connection)

    def make(self, roles: Roles, facts: making.Facts, founder: Login, password: str) -> None:
        """Make all a team needs and its founder's login.

        Raises ``workspace.exists``, ``team.database_not_empty``, ``team.role_exists``,
        ``team.admin_needed``.
        """
        with explained(self.engine), self.engine.connect() as connection:
            running.check_empty(connection, roles)
            running.check_free(connection, founder.login)
            secret = logins.verifier(connection, founder.login, password)
            running.run(connection, making.making(roles, facts))
            running.run(connection, logins.adding(roles, founder, secret))
            running.run(connection, making.as_owner(roles, (logins.binding(founder),)))
            connection.commit()

    def check_free(self, roles: Roles, login: str | None) -> None:
        """Raise what keeps :meth:`settle` from making a team here."""
        with explained(self.engine), self.engine.connect() as connection:
            running.check_empty(connection, roles)
            running.check_free(connection, *([login] if login else []))

    def settle(self, roles: Roles, first: Login, password: str, arriving: Arriving) -> None:
        """Make all a team needs and put a workspace there, as it is; the first login's a keeper's.

        Nothing is left behind where it fails. Raises what :meth:`make` does, and what the check
        of what arrived raises.
        """
        with explained(self.engine), self.engine.connect() as connection:
            running.check_empty(connection, roles)
            running.check_free(connection, first.login)
            secret = logins.verifier(connection, first.login, password)
            running.run(connection, making.making(roles, arriving.facts(self.name)))
            running.run(connection, settling.opening(roles))
            arriving.fill(connection)
            running.run(connection, settling.closing(roles, first))
            running.run(connection, logins.adding(roles, first, secret))
            connection.commit()

    def unmake(self, roles: Roles, login: str) -> None:
        """Take back what :meth:`make` did."""
        running.unmake(self.engine, roles, login)

    def find_person(self, named: str) -> Person:
        """Return a person of the workspace; raises ``person.not_found``, ``person.ambiguous``."""
        with running.owning(self.engine, self._roles()) as connection:
            return people.find_person(connection, named)

    def add(self, login: Login, password: str | None) -> None:
        """Bind a login to its person; without a password the server has its role already.

        Raises ``team.role_exists``, ``team.login_taken``, ``team.login_there``.
        """
        roles = self._roles()
        with running.owning(self.engine, roles) as connection:
            logins.check_unbound(connection, login)
            secret = None
            if password is not None:
                running.check_free(connection, login.login)
                secret = logins.verifier(connection, login.login, password)
            running.run(connection, (logins.binding(login), "RESET ROLE"))
            running.run(connection, logins.adding(roles, login, secret))

    def drop(self, name: str, *, keeps_role: bool) -> tuple[Login, str]:
        """Remove a login and return it with its person's name; raises ``team.login_unknown``."""
        roles = self._roles()
        with running.owning(self.engine, roles) as connection:
            found = logins.find_login(connection, roles, name)
            named = people.names(connection).get(found.person, "")
            running.run(connection, logins.dropping(roles, found, keeps_role=keeps_role))
        return found, named

    def list(self) -> list[tuple[Login, str]]:
        """Return every login with its person's name."""
        roles = self._roles()
        with running.owning(self.engine, roles) as connection:
            names = people.names(connection)
            found = logins.list_logins(connection, roles)
        return [(login, names.get(login.person, "")) for login in found]

    @tenacity.retry(
        retry=tenacity.retry_if_exception(_is_busy),
        stop=tenacity.stop_after_attempt(_ATTEMPTS),
        wait=tenacity.wait_random(0, _PAUSE_SECONDS),
        reraise=True,
    )
    def upgrade(self) -> bool:
        """Bring everything to this program's form; False where the tables were so already.

        Whoever reads several tables meanwhile may stand in its way as it does in his: the server
        ends one of the two, and nothing was done; then it is tried again.
        """
        roles = self._roles()
        with running.owning(self.engine, roles) as connection:
            return upgrading.upgrade(connection, roles)

    def check(self) -> tuple[Finding, ...]:
        """Return every right that is too wide, as far as this login sees."""
        roles = self._roles()
        with explained(self.engine), self.engine.connect() as connection:
            return tuple(checking.find_too_wide(connection, roles))

    def _roles(self) -> Roles:
        with explained(self.engine), self.engine.connect() as connection:
            return roles_of(running.prefix_of(connection))


@contextmanager
def opened(place: str, password: str | None) -> Iterator[Database]:
    """Open a database by an administrator's address."""
    engine = engines.open_team(place, password)
    try:
        yield Database(engine)
    finally:
        engine.dispose()
