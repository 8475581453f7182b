"""Backups: a consistent copy taken while others write, verified before it counts."""

import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.ledger.verification import Verification
from mlops_desktop.services.care import generations
from mlops_desktop.services.care.kept import KEEP, LastBackup, keep_plan, read_plan
from mlops_desktop.services.care.opening import engine_for_copy, examine_copy, remove_file
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.store import drives, files, whole_copies
from mlops_desktop.store import engine as engines
from mlops_desktop.store.copying import write_copy

_LEFT = 86_400.0
"""Seconds after which an unfinished copy counts as left behind: no backup takes a day."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup: its file, when and of which head, and every generation now kept."""

    path: Path
    at: datetime
    size: int
    root: str
    kept: tuple[Path, ...]


def make_backup(
    session: Session, target: Path, keep: int = KEEP, work: Work = QUIET, ask: Ask | None = None
) -> Backup:
    """Copy the workspace to an encrypted file while others write, and verify the copy.

    Only then it takes the name; the backup before keeps its content under a name with its date,
    and no more than ``keep`` remain. On PostgreSQL the copy is one REPEATABLE READ view. Raises
    ``backup.…``, ``workspace.…``, ``workspace_key.…``, ``care.cancelled``; whatever happens, the
    good backup before is still there.
    """
    target = target.absolute()
    _check_target(session, target, keep)
    at = clock.now()
    copy = _staging(target) / f".{target.name}.{os.getpid()}.copying"
    _sweep(copy.parent, target)
    try:
        with _of_target(target):
            found = _copy_verified(session, copy, work, ask)
        kept = generations.publish(copy, target, keep)
    finally:
        remove_file(copy)
    workspace, root = session.workspace.own_id, found.root.hex()
    last = LastBackup(str(target), at, found.size, root)
    keep_plan(workspace, replace(read_plan(workspace), place=str(target), keep=keep, last=last))
    return Backup(target, at, found.size, root, kept)


@contextmanager
def _of_target(target: Path) -> Iterator[None]:
    """Say of the target, and not of the workspace, that there is no room."""
    try:
        yield
    except AppError as error:
        if error.code != "workspace.disk_full":
            raise
        shown = str(target)
        raise AppError(error.code, recovery=error.recovery, where=shown, path=shown) from error


def _check_target(session: Session, target: Path, keep: int) -> None:
    """Refuse a place that is the workspace itself, another one's backup, or no place at all."""
    shown = str(target)
    if keep < 1:
        raise AppError("backup.keep_refused", where="keep")
    if target.is_dir() or not target.parent.is_dir():
        raise AppError("backup.no_folder", where=shown, path=str(target.parent))
    place = session.workspace.place
    if not engines.is_team(place) and target.resolve() == Path(place).resolve():
        raise AppError("backup.onto_itself", where=shown, path=shown)
    if target.exists() and _id_of(target) != session.workspace.own_id:
        raise AppError("backup.other_file", where=shown, path=shown)


def _id_of(path: Path) -> str | None:
    try:
        return files.identify(path)
    except AppError:  # something else, which is not ours to replace
        return None


def _staging(target: Path) -> Path:
    """Return where the copy is made and verified: beside its target, on a network drive at home."""
    if drives.network_kind(target.parent) is None:
        return target.parent
    folder = paths.home() / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _sweep(folder: Path, target: Path) -> None:
    """Remove what backups that were killed left half done, a day later."""
    before = clock.now().timestamp() - _LEFT
    for path in folder.glob(f".{glob.escape(target.name)}.*.copying"):
        with suppress(OSError):  # it may be somebody else's; then it stays
            if path.stat().st_mtime < before:
                remove_file(path)


def _copy_verified(session: Session, copy: Path, work: Work, ask: Ask | None) -> Verification:
    remove_file(copy)
    source = session.workspace
    engine = engine_for_copy(source, copy, ask)
    try:
        if engines.is_team(source.place):
            with source.read() as view:
                whole_copies.copy_into(view, engine, work.heard("care.copying"))
        else:
            write_copy(source.engine, copy, work.heard("care.copying"))
        found = examine_copy(copy, engine, work)
    finally:
        engine.dispose()
    _check_prefix(session, found)
    return found


def _check_prefix(session: Session, found: Verification) -> None:
    """The copy is the workspace up to its own head; anything else is no copy of it."""
    with session.workspace.read() as view:
        if view.root_at(found.size) != found.root:
            raise AppError("backup.not_a_prefix", recovery=Recovery.BUG, size=found.size)
