"""The recovery key of a workspace: shown once, printed, and used where the keyring has lost it."""

from pathlib import Path

from mlops_desktop import __version__
from mlops_desktop.core import clock, recovery_key
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.listing import ListColumn, ListSheet, print_sheet
from mlops_desktop.outside import devices, private_files, workspace_key
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.outside.workspace_key import KeyPlace
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, workspace
from mlops_desktop.store.queries import people

__all__ = ["KeyPlace", "new_groups", "recover_key", "recovery_groups", "write_recovery_sheet"]

_ROW = 7


def recovery_groups(session: Session, ask: Ask | None = None) -> tuple[str, ...]:
    """Return the key of the open workspace as groups to be kept on paper.

    Whoever has them can open every copy of it. Raises ``workspace_key.…``.
    """
    groups = recovery_key.to_groups(workspace_key.workspace_key(session.workspace.own_id, ask))
    for told in (" ".join(groups), "-".join(groups)):
        remember_secret(told)
    return groups


def new_groups(session: Session, passphrase: str | None) -> tuple[str, ...]:
    """Return the groups of a workspace just made; none where a variable brought its key.

    ``passphrase`` opens the file that holds the key where nothing else could. Raises
    ``workspace_key.…``.
    """
    if KeyPlace.ENVIRONMENT in workspace_key.places(session.workspace.own_id):
        return ()
    return recovery_groups(session, None if passphrase is None else lambda: passphrase)


def write_recovery_sheet(
    session: Session, path: Path, language: str = "en", ask: Ask | None = None
) -> Path:
    """Write the recovery key as a page to be printed, locked away, and removed from the disk.

    Never beside the workspace: who finds both needs nothing else. Raises
    ``recovery_sheet.beside_workspace``, ``recovery_sheet.exists``, ``file.…``.
    """
    path = path.absolute()
    shown, place = str(path), session.workspace.place
    if path.exists():
        raise AppError("recovery_sheet.exists", where=shown, path=shown)
    if not engines.is_team(place) and path.parent.resolve() == Path(place).resolve().parent:
        raise AppError("recovery_sheet.beside_workspace", where=shown, path=shown)
    private_files.write(path, _sheet(session, recovery_groups(session, ask), language))
    return path


def _sheet(session: Session, groups: tuple[str, ...], language: str) -> bytes:
    words = read_words(language)
    with session.workspace.read() as view:
        person = people.names(view.connection).get(session.actor.person, "")
    numbers = tuple(ListColumn(str(number + 1), 6) for number in range(_ROW))
    rows = tuple(groups[start : start + _ROW] for start in range(0, len(groups), _ROW))
    at = clock.now()
    return print_sheet(
        ListSheet(
            id=new_id(),
            title=words.text("recovery.sheet_title"),
            workspace=f"{session.workspace.name} ({session.workspace.own_id})",
            person=person,
            printed_at=at,
            as_of=Language(words).day(at.date()),
            filter="",
            order=f"{words.text('recovery.sheet_use')} {words.text('recovery.sheet_keep')}",
            columns=numbers,
            rows=rows,
            generator=f"MLOps Desktop {__version__}",
        ),
        words,
    )


def recover_key(
    place: str,
    typed: str,
    passphrase: str | None = None,
    database_password: str | None = None,
) -> frozenset[KeyPlace]:
    """Prove a workspace's recovery key and keep the key anew; return where it is kept.

    A file is opened with it. A server's workspace is opened by one's login; there the key opens
    this profile's device key, and the backups made from this profile. A keyring takes it;
    ``passphrase`` also wraps it in a file at home. Raises ``recovery_key.…``, ``workspace.…``,
    ``workspace.wrong_key`` for the key of another workspace, ``workspace_key.nowhere_to_store``.
    """
    remember_secret(typed)
    key = recovery_key.from_text(typed)
    is_team = engines.is_team(place)
    id = _prove_in_team(place, key, database_password) if is_team else _prove_in_file(place, key)
    return workspace_key.store_workspace_key(id, key, passphrase)


def _prove_in_file(place: str, key: bytes) -> str:
    path = Path(place)
    id = files.read_workspace_id(path)
    workspace.load(place, engines.open_file(path, key, id)).close()
    return id


def _prove_in_team(place: str, key: bytes, database_password: str | None) -> str:
    """A team's profiles have a key each: only what lies under it here tells whether it is this."""
    found = workspace.load(place, engines.open_team(place, database_password))
    found.close()
    if not devices.has_device_key(found.id):
        raise AppError("recovery_key.nothing_here", where="--workspace", path=place)
    try:
        devices.load_device_key(found.id, key)
    except AppError as error:
        code = "recovery_key.of_another_profile"
        raise AppError(code, where="--workspace", path=place) from error
    return found.id
