"""A team's workspace on PostgreSQL: made, upgraded; the logins of its people.

These are acts of the database's administrator, who makes roles; what is done in the workspace is
done by its people with their own logins.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass, field, replace

from mlops_desktop.core.teams import Group
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside import cipher
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import workspaces
from mlops_desktop.services.session import Session
from mlops_desktop.services.workspaces import NewWorkspace
from mlops_desktop.store import engine as engines
from mlops_desktop.store import workspace
from mlops_desktop.store.team import logins, making
from mlops_desktop.store.team.checking import Finding
from mlops_desktop.store.team.database import Database, opened
from mlops_desktop.store.team.logins import Login
from mlops_desktop.store.team.names import Roles, check_name, quoted, roles_of

_PASSWORD_BYTES = 24


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A new team's workspace: ``wanted`` with the administrator's address and password.

    ``login`` is the founder's, a keeper; his password is made where none is given.
    """

    wanted: NewWorkspace
    prefix: str
    login: str
    login_password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NewLogin:
    """A login for a person already known; ``is_there`` where the server has the role."""

    person: str
    login: str | None = None
    group: Group = Group.MEMBER
    password: str | None = field(default=None, repr=False)
    is_there: bool = False


@dataclass(frozen=True, slots=True)
class MadeLogin:
    """A login that was made, and its password where the program chose it: said once."""

    login: Login
    name: str
    password: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class MadeTeam:
    """An open workspace of a new team, and its founder's login."""

    session: Session
    founder: MadeLogin


def prefix_for(name: str) -> str:
    """Return the prefix of roles that a workspace's name suggests."""
    return _plain(name) or "team"


def _plain(name: str) -> str:
    told = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss"))
    plain = re.sub(r"[^a-z0-9]+", "_", told.encode("ascii", "ignore").decode())
    return plain.strip("_").lstrip("0123456789_")[:40].rstrip("_")


def login_for(person: str) -> str:
    """Return the login that a person's name suggests."""
    return _plain(person) or "person"


def print_making(team: NewTeam) -> str:
    """Return what an administrator runs with psql where the program may not: one transaction.

    The founder then runs ``team create`` with his own login.
    """
    roles, named = _named(team)
    founder = replace(named, person=new_id())
    database = str(engines.read_url(team.wanted.place).database)
    name = quoted(founder.login)
    lines = [
        *making.making(roles, _facts(team.wanted.name, database)),
        f"CREATE ROLE {name} LOGIN",
        *logins.adding(roles, founder, None),
        *making.as_owner(roles, (logins.binding(founder),)),
    ]
    text = ";\n".join(lines)
    return f"BEGIN;\n{text};\nCOMMIT;\n-- The founder's password: \\password {name}\n"


def _facts(name: str, database: str) -> making.Facts:
    id = new_id()
    return making.Facts(id, clean_text(name), f"mlops-desktop/{id}", database)


def _named(team: NewTeam) -> tuple[Roles, Login]:
    login = check_name(team.login, "--login")
    return roles_of(team.prefix), Login(login, "", Group.KEEPER)


def create_team(team: NewTeam) -> MadeTeam:
    """Make roles, rights, tables and functions, the founder's login, and found the workspace.

    Nothing is left behind where it fails. In a database that was made from
    :func:`print_making`, the founder's own login founds it. Raises ``workspace.exists``,
    ``team.database_not_empty``, ``team.role_exists``, ``team.admin_needed``,
    ``passphrase.too_short``, ….
    """
    cipher.check_passphrase(team.wanted.passphrase)
    roles, founder = _named(team)
    with opened(team.wanted.place, team.wanted.database_password) as database:
        person = database.find_founder()
        if person is not None:
            founder = Login(database.login, person, Group.KEEPER)
            session = _found(team.wanted, founder, team.wanted.database_password)
            return MadeTeam(session, MadeLogin(founder, team.wanted.person, None))
        return _make(team, database, roles, replace(founder, person=new_id()))


def _make(team: NewTeam, database: Database, roles: Roles, founder: Login) -> MadeTeam:
    password, chosen = choose_password(team.login_password)
    database.make(roles, _facts(team.wanted.name, database.name), founder, password)
    place = engines.with_login(team.wanted.place, founder.login)
    try:
        session = _found(replace(team.wanted, place=place), founder, password)
    except BaseException:
        database.unmake(roles, founder.login)
        raise
    return MadeTeam(session, MadeLogin(founder, team.wanted.person, chosen))


def _found(wanted: NewWorkspace, founder: Login, password: str | None) -> Session:
    made = workspace.load(wanted.place, engines.open_team(wanted.place, password))
    try:
        return workspaces.found_team(made, replace(wanted, name=made.name), founder.person)
    except BaseException:
        made.close()
        raise


def choose_password(given: str | None) -> tuple[str, str | None]:
    """Return a login's password, and once more where it was chosen here and must be said."""
    password = given or secrets.token_urlsafe(_PASSWORD_BYTES)
    remember_secret(password)
    return password, None if given else password


def add_login(place: str, password: str | None, new: NewLogin) -> MadeLogin:
    """Make a login for a person and bind it to him; the administrator's address and password.

    Raises ``person.not_found``, ``person.ambiguous``, ``team.role_exists``, ``team.none_here``,
    ``team.login_taken``, ``team.login_there``, ``team.not_administrator``.
    """
    with opened(place, password) as database:
        person = database.find_person(new.person)
        named = check_name(new.login or login_for(person.name), "--login")
        login = Login(named, person.id, new.group)
        secret, chosen = (None, None) if new.is_there else choose_password(new.password)
        database.add(login, secret)
    return MadeLogin(login, person.name, chosen)


def list_logins(place: str, password: str | None) -> tuple[MadeLogin, ...]:
    """Return every login with the name of its person."""
    with opened(place, password) as database:
        return tuple(MadeLogin(login, name, None) for login, name in database.list())


def drop_login(
    place: str, password: str | None, name: str, *, keeps_role: bool = False
) -> MadeLogin:
    """Take a login's rights and its binding, and remove it; its events stay and stay good.

    Raises ``team.login_unknown``.
    """
    with opened(place, password) as database:
        login, named = database.drop(name, keeps_role=keeps_role)
    return MadeLogin(login, named, None)


def upgrade_team(place: str, password: str | None) -> bool:
    """Bring a team's tables, functions and rights to this program's; False where they were.

    Nobody writes meanwhile. Raises ``team.none_here``, ``workspace.newer_schema``.
    """
    with opened(place, password) as database:
        return database.upgrade()


def check_team(place: str, password: str | None) -> tuple[Finding, ...]:
    """Return every right in a team's database that is wider than it was set up with.

    Asked by any login of the team or by its administrator; a keeper sees most.
    """
    with opened(place, password) as database:
        return database.check()
