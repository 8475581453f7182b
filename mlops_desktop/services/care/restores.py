"""Restoring: a verified backup put in place, and signed for, so that it looks like no attack."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.restores import LedgerRestored
from mlops_desktop.core.work import QUIET, Work
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.anchor import LastSeen
from mlops_desktop.ledger.restores import Restore
from mlops_desktop.ledger.verification import Verification
from mlops_desktop.outside import private_files, workspace_key
from mlops_desktop.services import profile
from mlops_desktop.services.care.entering import enter_copy
from mlops_desktop.services.care.housing import Housing, check_housing, house_file
from mlops_desktop.services.care.lost import lost_heads
from mlops_desktop.services.care.opening import opened, remove_file
from mlops_desktop.services.care.places import Place, check_place, put_in_place
from mlops_desktop.services.examining import examine
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.session import Ask, must_commit
from mlops_desktop.services.signing import sign_event
from mlops_desktop.services.teams import MadeLogin
from mlops_desktop.store import engine as engines
from mlops_desktop.store import files, log
from mlops_desktop.store.queries import people
from mlops_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Restoring:
    """Which backup goes where, why, and who says so.

    ``is_replacing`` lets it take the place of a file that is there, which is kept aside. With
    ``housing`` the place is an administrator's, and gets a team's roles.
    """

    file: Path
    place: str
    reason: str
    acting: str | None = None
    is_replacing: bool = False
    database_password: str | None = None
    housing: Housing | None = None


@dataclass(frozen=True, slots=True)
class Asks:
    """Asks for secrets: the passphrase of the person's key, and that of the workspace's key."""

    person: Ask
    key: Ask | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: from how many events it goes on, what is lost, where the old file is.

    ``login`` is the first of a team's, where roles were made.
    """

    id: str
    place: str
    size: int
    lost: tuple[Seen, ...]
    aside: Path | None
    login: MadeLogin | None = None


@dataclass(frozen=True, slots=True)
class _Signed:
    """The head after the restore's event, and what the event says."""

    seen: LastSeen
    restore: Restore


def restore_workspace(wanted: Restoring, asks: Asks, work: Work = QUIET) -> Restored:
    """Verify a backup, record that it was restored and what was lost by it, put it in place.

    The event is signed with the person's key. A file that was at the place is kept aside under a
    name with the date. Raises ``restore.…``, ``place.…``, ``backup.unsound``, ``workspace.…``,
    ``workspace_key.…``, ``person_key.…``, ``care.cancelled``; then nothing was changed.
    """
    if not wanted.reason.strip():
        raise AppError("restore.reason_missing", where="reason")
    id = files.identify(wanted.file)
    key = workspace_key.workspace_key(id, asks.key)
    place = Place(wanted.place, id, key, wanted.database_password)
    if wanted.housing is None:
        check_place(place, is_replacing=wanted.is_replacing)
    else:
        check_housing(place, wanted.housing)
    staged, login, aside = _staging(place), None, None
    try:
        private_files.reserve(staged)
        shutil.copyfile(wanted.file, staged)
        signed = _sign(staged, place, wanted, asks.person, work)
        if wanted.housing is None:
            aside = put_in_place(staged, place, work)
        else:
            login = house_file(staged, place, wanted.housing, signed.restore.person, work)
    finally:
        remove_file(staged)
    anchor.go_back(signed.seen, id, [signed.restore])
    shown = engines.with_login(place.place, login.login.login) if login else place.place
    profile.note_place(shown if place.is_team else str(place.path))
    return Restored(id, shown, signed.restore.size, signed.restore.lost, aside, login)


def _staging(place: Place) -> Path:
    """Return a free name in the folder where the file will lie, at home for a database."""
    folder = paths.home() / "backups" if place.is_team else place.path.parent
    folder.mkdir(mode=0o700, exist_ok=True)
    staged = folder / f".{place.id}.{os.getpid()}.restoring"
    remove_file(staged)
    return staged


def _sign(staged: Path, place: Place, wanted: Restoring, ask_person: Ask, work: Work) -> _Signed:
    engine = engines.open_file(staged, place.key, place.id)
    with opened(staged, engine) as found:
        with found.read() as view:
            verified = examine(view, work.tell)
            seen = anchor.last_seen(place.id)
            size = min(seen.size if seen else 0, verified.size)
            known = {size: view.root_at(size) or b""}
        lost = lost_heads(verified, place, known)
        return _record(found, place, wanted, ask_person, (verified, lost))


def _record(
    found: Workspace,
    place: Place,
    wanted: Restoring,
    ask_person: Ask,
    told: tuple[Verification, tuple[Seen, ...]],
) -> _Signed:
    """Record the restore as the next event, and this device after it where it is not known."""
    verified, lost = told
    session, device = enter_copy(found, place.key, wanted.acting)
    with found.read() as view:
        person = people.get_person(view.connection, session.actor.person)
    if not person.can_sign:
        raise AppError("restore.needs_key", where="--as", name=person.name)
    credential = unlocker(session, ask_person)(person)
    seen = Seen(verified.size, verified.root.hex())
    payload = LedgerRestored(seen, lost, must_commit(wanted.reason))
    with session.workspace.write(session.actor) as work:
        envelope = sign_event(work, payload, credential)
        if device is not None:
            work.record(device)
    with found.read() as view:
        head = view.head()
        note = log.read_checkpoint(view.connection, head.size) or ""
    last = LastSeen(note, head.size, head.root(), clock.now())
    return _Signed(last, Restore(verified.size, person.id, envelope.at, lost))
