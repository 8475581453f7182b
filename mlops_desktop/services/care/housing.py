"""A workspace put into an empty database with a team's roles, not its maker's rights alone."""

from dataclasses import dataclass, field
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.core.teams import Group
from mlops_desktop.core.work import Work
from mlops_desktop.services.care.opening import opened as open_copy
from mlops_desktop.services.care.places import Place
from mlops_desktop.services.examining import examine
from mlops_desktop.services.teams import MadeLogin, choose_password, login_for
from mlops_desktop.store import engine as engines
from mlops_desktop.store.queries import people
from mlops_desktop.store.team.database import opened
from mlops_desktop.store.team.logins import Login
from mlops_desktop.store.team.names import check_name, roles_of
from mlops_desktop.store.team.settling import Arriving


@dataclass(frozen=True, slots=True)
class Housing:
    """What the roles' names begin with, and the login of whoever brings the workspace.

    He is a keeper; his login is made of his name, his password is made, where none is given.
    """

    prefix: str
    login: str | None = None
    login_password: str | None = field(default=None, repr=False)


def check_housing(place: Place, wanted: Housing) -> None:
    """Refuse what would fail, before anything is written.

    Raises ``place.no_server``, ``team.name_refused``, ``workspace.exists``,
    ``team.database_not_empty``, ``team.role_exists``, ``team.admin_needed``.
    """
    roles = roles_of(wanted.prefix)
    if not place.is_team:
        raise AppError("place.no_server", where="--prefix", path=place.place)
    with opened(place.place, place.database_password) as database:
        database.check_free(roles, wanted.login)


def house(place: Place, wanted: Housing, person: Person, arriving: Arriving) -> MadeLogin:
    """Make the roles and put the workspace there, all or nothing; return the first login."""
    login = check_name(wanted.login or login_for(person.name), "--login")
    first = Login(login, person.id, Group.KEEPER)
    password, chosen = choose_password(wanted.login_password)
    with opened(place.place, place.database_password) as database:
        database.settle(roles_of(wanted.prefix), first, password, arriving)
    return MadeLogin(first, person.name, chosen)


def house_file(staged: Path, place: Place, wanted: Housing, person: str, work: Work) -> MadeLogin:
    """Make the roles and put there what a closed, verified file holds; ``person`` brings it."""
    source = engines.open_file(staged, place.key, place.id)
    with open_copy(staged, source) as found, found.read() as view:
        told = work.heard("care.copying")
        arriving = Arriving(view, told, lambda there: examine(there, work.tell))
        return house(place, wanted, people.get_person(view.connection, person), arriving)
