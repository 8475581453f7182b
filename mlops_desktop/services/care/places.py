"""Where a workspace is put: an empty place, or a file's place, whose content is kept aside."""

from dataclasses import dataclass, field
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import Work
from mlops_desktop.outside import durable
from mlops_desktop.services.care.generations import stamped
from mlops_desktop.services.care.opening import opened
from mlops_desktop.services.examining import examine
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, whole_copies
from mlops_desktop.store.faults import explained
from mlops_desktop.store.occupied import fold_log, is_in_use
from mlops_desktop.store.team.running import is_taken

_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Place:
    """A file or a database for a workspace of this id, and the workspace's key."""

    place: str
    id: str
    key: bytes = field(repr=False)
    database_password: str | None = field(default=None, repr=False)

    @property
    def is_team(self) -> bool:
        """Whether it is a PostgreSQL database."""
        return engines.is_team(self.place)

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.place).absolute()


def check_place(place: Place, *, is_replacing: bool) -> None:
    """Refuse a place that something else lies at, or that somebody is using.

    Raises ``workspace.exists``, ``workspace.no_folder``, ``workspace.on_network_drive``,
    ``place.taken_by_other``, ``place.in_use``; for a database ``workspace.…``.
    """
    if place.is_team:
        _check_empty(place)
        return
    if not place.path.exists():
        files.check_new(place.path)
        return
    shown = str(place.path)
    if not is_replacing:
        raise AppError("place.not_replaced", where=shown, path=shown)
    files.check_local(place.path.parent)
    _check_ours(place)
    if is_in_use(engines.open_file(place.path, place.key, place.id)):
        raise AppError("place.in_use", recovery=Recovery.RETRY, where=shown, path=shown)


def _check_ours(place: Place) -> None:
    """A damaged file may be anything, but another workspace is not to be replaced."""
    try:
        other = files.identify(place.path)
    except AppError:
        return
    if other != place.id:
        shown = str(place.path)
        raise AppError("place.taken_by_other", where=shown, path=shown)


def _check_empty(place: Place) -> None:
    engine = engines.open_team(place.place, place.database_password)
    try:
        with explained(engine), engine.connect() as connection:
            if is_taken(connection):
                shown = engine.url.database or ""
                raise AppError("place.database_taken", where=shown, path=shown)
    finally:
        engine.dispose()


def put_in_place(staged: Path, place: Place, work: Work) -> Path | None:
    """Move a closed, verified file to a place and return where what was there is kept."""
    if place.is_team:
        _fill(staged, place, work)
        return None
    durable.sync(staged)
    aside = _keep_aside(place) if place.path.exists() else None
    staged.replace(place.path)
    durable.sync(place.path.parent)
    return aside


def _keep_aside(place: Place) -> Path:
    """Give what lies at the place a second name; it keeps its own until another file takes it.

    Its log is folded in first, so that whoever is stopped here finds the old file whole. What
    cannot be read keeps its log under the second name, for no log may lie beside another file.
    """
    fold_log(engines.open_file(place.path, place.key, place.id))
    aside = stamped(place.path, clock.now())
    for suffix in ("", *_BESIDE):
        part = place.path.with_name(place.path.name + suffix)
        if part.exists():
            durable.name_also(part, aside.with_name(aside.name + suffix))
    durable.sync(aside.parent)
    for suffix in _BESIDE:
        place.path.with_name(place.path.name + suffix).unlink(missing_ok=True)
    return aside


def _fill(staged: Path, place: Place, work: Work) -> None:
    target = engines.open_team(place.place, place.database_password)
    source = engines.open_file(staged, place.key, place.id)
    try:
        with opened(staged, source) as found, found.read() as view:
            heard = work.heard("care.copying")
            whole_copies.copy_into(view, target, heard, lambda there: examine(there, work.tell))
    finally:
        target.dispose()
