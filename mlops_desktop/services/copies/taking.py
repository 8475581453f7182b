"""Taking the workspace away: one encrypted file that holds a proven beginning of its history."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import mlops_desktop.ledger.verify as checks
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import Report, unheard
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.verification import StoredCheckpoint
from mlops_desktop.outside import cipher, devices, workspace_key
from mlops_desktop.outside.randomness import new_id, new_travelling_id
from mlops_desktop.services import profile
from mlops_desktop.services.profile import Profile
from mlops_desktop.services.session import Ask, Session
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, log
from mlops_desktop.store.copies import Copy, CopyKind
from mlops_desktop.store.lease import earliest_now
from mlops_desktop.store.taking import Choose, write_file
from mlops_desktop.store.unit_of_work import ReadSession

__all__ = ["CopyKind"]

LEASE_DAYS = 30
LONGEST_LEASE = 365


@dataclass(frozen=True, slots=True)
class Wanted:
    """What copy to make: where, for whom, how long it may be written without a pull.

    With ``key_passphrase`` the file is opened by that alone, wherever it travels; without, its
    key goes where the workspace's key goes. ``person`` (by id) is whose copy it is, unless it is
    who takes it.
    """

    path: Path
    kind: CopyKind = CopyKind.MEMBER
    lease_days: int = LEASE_DAYS
    key_passphrase: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A copy that was made: its id, how many events it holds, until when it may be written."""

    id: str
    path: str
    size: int
    kind: CopyKind
    lease_until: date


def take(
    session: Session,
    wanted: Wanted,
    report: Report = unheard,
    *,
    ask: Ask | None = None,
    choose: Choose | None = None,
) -> Taken:
    """Write the workspace into an encrypted file of its own; nothing stays where it fails.

    The history is verified first. ``ask`` gives the passphrase of the workspace's key where that
    is wrapped; ``choose`` says what goes into an extract. Raises ``copy.of_copy``,
    ``copy.source_unsound``, ``copy.lease_unfit``, ``copy.nobody``, ``copy.only_read``,
    ``workspace.exists``, ….
    """
    check_wanted(session, wanted)
    id, key = _new_key(wanted.key_passphrase)
    engine = engines.open_file(wanted.path, key, id)
    try:
        with session.workspace.read() as view:
            told = _facts(session, wanted, id, view)
            _verify(view, session.workspace.id, report)

            def progress(done: int, total: int) -> None:
                report("copies.taking", done, total)

            write_file(view.connection, engine, session.workspace, told, progress, choose)
        _keep_device(session, told, key, ask)
    except BaseException:
        engine.dispose()
        workspace_key.forget_workspace_key(id)
        discard(wanted.path)
        raise
    engine.dispose()
    return Taken(id, str(wanted.path), told.shared.size, told.kind, told.lease_until)


def discard(path: Path) -> None:
    """Remove what was made of a file and what SQLite puts beside it; what fails is not told."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def check_wanted(session: Session, wanted: Wanted) -> None:
    """Refuse what cannot be made, before anything is recorded; raises as :func:`take`."""
    if session.workspace.copy is not None:
        raise AppError("copy.of_copy", where="--workspace")
    if not session.actor.person:
        raise AppError("copy.nobody", where="--as")
    if wanted.kind is CopyKind.MEMBER and session.workspace.sign_head is None:
        raise AppError("copy.only_read", recovery=Recovery.CONFIGURATION)
    if not 1 <= wanted.lease_days <= LONGEST_LEASE:
        raise AppError("copy.lease_unfit", where="lease", most=LONGEST_LEASE)
    files.check_new(wanted.path)


def _new_key(passphrase: str | None) -> tuple[str, bytes]:
    """Return the id of a new copy and its file's key, kept where it will be looked for."""
    if passphrase is not None:
        id = new_travelling_id()
        return id, workspace_key.travelling_key(id, lambda: passphrase)
    id = new_id()
    try:
        return id, workspace_key.workspace_key(id)
    except AppError as error:
        if error.code != "workspace_key.missing":
            raise
    key = cipher.new_key()
    workspace_key.store_workspace_key(id, key)
    return id, key


def _facts(session: Session, wanted: Wanted, id: str, view: ReadSession) -> Copy:
    now, shared = clock.now(), view.head()
    until = earliest_now(view.connection).date() + timedelta(days=wanted.lease_days)
    place, person = session.workspace.place, wanted.person or session.actor.person
    if not engines.is_team(place):
        place = str(Path(place).resolve())
    return Copy(id, place, shared, person, wanted.kind, now, wanted.lease_days, until, now)


def _verify(view: ReadSession, workspace: str, report: Report) -> None:
    """Refuse to carry away a history that does not hold; nobody could tell later where it broke."""
    report("ledger.verifying_log", 0, view.head().size)
    notes = [StoredCheckpoint(size, note) for size, note in log.read_checkpoints(view.connection)]
    seen = anchor.last_seen(workspace)
    found = checks.verify(log.read_parts(view.connection), notes, seen)
    failure = found.first_failure
    if failure is not None:
        code, position = failure.error.code, failure.position
        raise AppError("copy.source_unsound", recovery=Recovery.BUG, check=code, position=position)


def _keep_device(session: Session, told: Copy, key: bytes, ask: Ask | None) -> None:
    """Let this device sign the copy's heads, as it signs those of the shared workspace."""
    shared = session.workspace.id
    if told.kind is not CopyKind.MEMBER or not devices.has_device_key(shared):
        return
    private = devices.load_device_key(shared, workspace_key.workspace_key(shared, ask))
    devices.keep_device_key(told.id, key, private)
    profile.write_profile(told.id, Profile(told.person, session.actor.device))
