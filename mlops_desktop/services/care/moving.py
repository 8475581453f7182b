"""Moving a workspace: from a file to a server and back, with everything in it as it was."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.outside import durable
from mlops_desktop.services import profile
from mlops_desktop.services.care.housing import Housing, check_housing, house
from mlops_desktop.services.care.opening import engine_for_copy, remove_file
from mlops_desktop.services.care.places import Place, check_place
from mlops_desktop.services.examining import examine
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.teams import MadeLogin
from mlops_desktop.store import engine as engines
from mlops_desktop.store import sql, whole_copies
from mlops_desktop.store.leaving import leaving
from mlops_desktop.store.queries import people
from mlops_desktop.store.team.settling import Arriving
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Moving:
    """Where to, the password of a database there, and the roles of a team to be made there."""

    place: str
    database_password: str | None = None
    housing: Housing | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where from and where to, the head that both have, and a team's first login there."""

    source: str
    place: str
    size: int
    root: str
    login: MadeLogin | None = None


def move_workspace(
    session: Session, wanted: Moving, work: Work = QUIET, ask: Ask | None = None
) -> Moved:
    """Copy the workspace to an empty place, verify it there, and note at the old one that it moved.

    Ids, heads, checkpoints, disclosures, evidence and series are those of before. The source
    keeps everything, takes no more events and says where it went. With ``housing`` an
    administrator's address gets a team's roles, and who moves is its first keeper; out of a
    team's database with roles a keeper moves. A move that was cut off after the copy was whole is
    brought to its end by the same call. Raises ``move.…``, ``place.…``, ``team.…``,
    ``workspace.…``, ``workspace_key.…``, ``backup.unsound``, ``care.cancelled``; then the place
    stays empty and the source as it was.
    """
    source = session.workspace
    place = Place(wanted.place, source.id, b"", wanted.database_password)
    shown, login = place.place if place.is_team else str(place.path), None
    with leaving(source.engine, has_roles=source.team is not None) as departure:
        is_there = wanted.housing is None and _is_there(session, place, work, ask)
        if not is_there:
            _check(session, place, wanted.housing)
        if wanted.housing is None:
            head = _head(session) if is_there else _fill(session, place, work, ask)
        else:
            head, login = _house(session, place, wanted.housing, work)
            shown = engines.with_login(place.place, login.login.login)
        departure.note(engines.with_login(shown, None) if login else shown)
    profile.note_place(shown)
    return Moved(source.place, shown, head.size, head.root().hex(), login)


def _check(session: Session, place: Place, housing: Housing | None) -> None:
    if session.workspace.copy is not None:
        raise AppError("move.not_a_copy", where="--to")
    if housing is not None:
        check_housing(place, housing)
        return
    if not place.is_team and place.path.exists():
        shown = str(place.path)
        raise AppError("move.file_there", where="--to", path=shown)
    check_place(place, is_replacing=False)


def _house(
    session: Session, place: Place, housing: Housing, work: Work
) -> tuple[Frontier, MadeLogin]:
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        check, told = _same_and_sound(view.head(), work), work.heard("care.copying")
        return view.head(), house(place, housing, person, Arriving(view, told, check))


def _is_there(session: Session, place: Place, work: Work, ask: Ask | None) -> bool:
    """Tell whether a move that was cut off left the whole workspace there, checked once more."""
    if session.workspace.copy is not None or not (place.is_team or place.path.exists()):
        return False
    engine, head = _engine(session, place, place.path, ask), _head(session)
    try:
        with suppress(AppError), ReadSession(engine, session.workspace.id) as there:
            identity = sql.fetch(there.connection, "SELECT value FROM meta WHERE name = 'id'")
            is_same = (identity, there.head()) == ([(session.workspace.id,)], head)
            return is_same and examine(there, work.tell).root == head.root()
    finally:
        engine.dispose()
    return False


def _head(session: Session) -> Frontier:
    with session.workspace.read() as view:
        return view.head()


def _engine(session: Session, place: Place, path: Path, ask: Ask | None) -> engines.Engine:
    if place.is_team:
        return engines.open_team(place.place, place.database_password)
    return engine_for_copy(session.workspace, path, ask)


def _fill(session: Session, place: Place, work: Work, ask: Ask | None) -> Frontier:
    """Fill a database in one transaction; a file under another name, so that half is nothing."""
    path = place.path.with_name(f".{place.path.name}.moving")
    engine = _engine(session, place, path, ask)
    try:
        if not place.is_team:
            remove_file(path)
        with session.workspace.read() as view:
            check, head = _same_and_sound(view.head(), work), view.head()
            whole_copies.copy_into(view, engine, work.heard("care.copying"), check)
        engine.dispose()
        if not place.is_team:
            _put(path, place.path)
        return head
    finally:
        engine.dispose()
        if not place.is_team:
            remove_file(path)


def _put(path: Path, place: Path) -> None:
    durable.sync(path)
    path.replace(place)
    durable.sync(place.parent)


def _same_and_sound(head: Frontier, work: Work) -> Callable[[ReadSession], None]:
    def check(there: ReadSession) -> None:
        found = examine(there, work.tell)
        if (found.size, found.root) != (head.size, head.root()):
            raise AppError("move.heads_differ", recovery=Recovery.BUG, size=head.size)

    return check
