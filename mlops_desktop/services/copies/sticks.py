"""Outboxes and updates as files on a stick: encrypted under a passphrase, signed by the device."""

import zlib
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.people import DeviceEnrolled
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.extracts import ANNOTATIONS
from mlops_desktop.ledger.note import open_note
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.outside import cipher, private_files
from mlops_desktop.outside.foreign_files import TooLarge, unpack_within
from mlops_desktop.services.copies.outbox import Outbox, read_outbox
from mlops_desktop.services.session import Session
from mlops_desktop.store import log, transfer
from mlops_desktop.store.arriving import read_foreign
from mlops_desktop.store.forks import read_cuts
from mlops_desktop.store.joining import Update, read_update
from mlops_desktop.store.queries import people
from mlops_desktop.store.unit_of_work import ReadSession

_MIB = 1024 * 1024
MOST_BYTES = 256 * _MIB
MOST_UNPACKED = 512 * _MIB
MOST_OF_NEW_DEVICE = 64 * _MIB
"""What is unpacked before it is known who signed it: his enrolment lies inside."""
_LABEL = "parcel"
_OUTBOX, _UPDATE = "mlops-desktop/outbox/v1", "mlops-desktop/update/v1"
T = TypeVar("T", Outbox, Update)


class _Sealed(msgspec.Struct):
    """What lies inside the encryption: packed content, and a note that names its digest."""

    note: str
    content: bytes


def write_outbox(session: Session, path: Path, passphrase: str) -> int:
    """Write the open copy's outbox into a file and return how many events it holds.

    The copy is left as it is. Raises ``copy.none``, ``copy.file_exists``, ``passphrase.…``,
    ``workspace.no_device``, ``copy.for_auditor``, ``copy.file_too_large``,
    ``copy.file_unpacks_too_large``.
    """
    outbox = read_outbox(session)
    _write(session, path, passphrase, (_OUTBOX, outbox), MOST_UNPACKED)
    return len(outbox.parcel.bodies)


def read_outbox_file(team: Session, path: Path, passphrase: str) -> Outbox:
    """Return the outbox in a file, signed by a device that the shared workspace knows.

    Where a team's roles are set up, it must be a device of the person whose outbox it is, or one
    that was enrolled for his extract, which brings no more than an extract lets him record.
    Nothing is unpacked before its signature is good. Raises ``copy.file_…``, ``copy.read_only``,
    ``copy.outbox_before_restore``, ``passphrase.file_not_opened``, ``file.unreadable``.
    """
    note, content = _read(path, passphrase)
    _check(note, content, _OUTBOX, _keys(team))
    outbox = _unpack(content, Outbox, MOST_UNPACKED)
    if team.workspace.team is not None:
        # There a login proves who acts; whoever brings a file proves it for its author.
        _check_author(team, outbox, note, content)
    _check_restores(team, outbox)
    return outbox


def _check_restores(team: Session, outbox: Outbox) -> None:
    base = outbox.base
    with team.workspace.read() as view:
        cuts = read_cuts(view.connection, base.size)
        if cuts and not transfer.has_head(view.connection, base):
            size = cuts[0].position
            raise AppError("copy.outbox_before_restore", base=base.size, size=size)


def _check_author(team: Session, outbox: Outbox, note: str, content: bytes) -> None:
    own = _keys(team, outbox.person)
    if _is_signed(note, own):
        return
    _check(note, content, _OUTBOX, _keys_for_reader(team, outbox.person))
    opened = outbox.parcel.opened
    for body in outbox.parcel.bodies:
        if name_of(type(read_foreign(body, opened).payload)) not in ANNOTATIONS:
            raise AppError("copy.read_only")


def _keys_for_reader(team: Session, reader: str) -> list[NoteKey]:
    """Return the keys of devices that others enrolled to travel in a reader's extracts."""
    with team.workspace.read() as view:
        places = [one.position for one in people.list_devices(view.connection)]
        stored = [*chain(*(log.read_events(view.connection, at, at + 1) for at in places))]
    told = (read_foreign(one.body, {}).payload for one in stored)
    return [
        NoteKey(team.workspace.origin, bytes.fromhex(one.public_key))
        for one in told
        if isinstance(one, DeviceEnrolled) and one.reader == reader
    ]


def write_update(team: Session, base: int, path: Path, passphrase: str) -> Update:
    """Write what the shared workspace has beyond ``base`` events into a file for a copy.

    Where a restore left it fewer, the file begins at the restore. Raises ``copy.of_copy``,
    ``copy.base_unfit``, ``passphrase.…``, ``copy.file_exists``, and for what the copy would not
    read ``copy.file_too_large``, ``copy.file_unpacks_too_large``.
    """
    if team.workspace.copy is not None:
        raise AppError("copy.of_copy", where="--workspace")
    with team.workspace.read() as view:
        base = _begin(view, base)
        update = read_update(view.connection, base)
        known = people.list_devices(view.connection)
    is_new = not any(one.id == team.actor.device and one.position < base for one in known)
    most = MOST_OF_NEW_DEVICE if is_new else MOST_UNPACKED
    _write(team, path, passphrase, (_UPDATE, update), most)
    return update


def _begin(view: ReadSession, base: int) -> int:
    size = view.head().size
    if base <= size:
        return base
    cuts = read_cuts(view.connection, base)
    if not cuts:
        raise AppError("copy.base_unfit", where="--base", size=base, now=size)
    return cuts[0].position


def read_update_file(session: Session, path: Path, passphrase: str) -> Update:
    """Return the update in a file, signed by a device that the copy knows.

    A device new since then counts where a person's key signed its enrolment: anybody can write an
    enrolment that nobody signed. It lies inside, so what such a device wrote is unpacked before,
    and may be no more than a part as large. Raises as :func:`read_outbox_file`. What it brings is
    verified when it is taken in.
    """
    note, content = _read(path, passphrase)
    is_known = _is_signed(note, _keys(session))
    if is_known:
        _check(note, content, _UPDATE, _keys(session))
    update = _unpack(content, Update, MOST_UNPACKED if is_known else MOST_OF_NEW_DEVICE)
    if not is_known:
        _check(note, content, _UPDATE, _enrolled_in(update, session))
    return update


def _write(
    session: Session, path: Path, passphrase: str, told: tuple[str, object], most: int
) -> None:
    heading, thing = told
    sign = session.workspace.sign_note
    if sign is None:
        raise session.workspace.unsigned()
    plain = msgspec.msgpack.encode(thing)
    content = zlib.compress(plain, 1)
    if len(plain) > most:
        raise _unpacks_too_large(content, most)
    note = sign(f"{heading}\n{session.workspace.id}\n{sha256(content).hexdigest()}\n")
    sealed = cipher.wrap(msgspec.msgpack.encode(_Sealed(note, content)), passphrase, _LABEL)
    if len(sealed) > MOST_BYTES:
        raise _too_large(path, len(sealed))
    if not private_files.create_outside(path, sealed):
        raise AppError("copy.file_exists", where=str(path), path=str(path))


def _read(path: Path, passphrase: str) -> tuple[str, bytes]:
    stored = _stored(path)
    try:
        plain = cipher.unwrap(stored, passphrase, _LABEL)
        sealed = msgspec.msgpack.decode(plain, type=_Sealed)
    except msgspec.MsgspecError:
        raise _unfit() from None
    except AppError as error:
        raise _not_opened(path, error) from None
    return sealed.note, sealed.content


def _not_opened(path: Path, error: AppError) -> AppError:
    """Say of a file that a wrong passphrase and a damaged file cannot be told apart."""
    if error.code == "cipher.not_sealed":
        return _unfit()
    if error.code == "passphrase.wrong":
        return AppError("passphrase.file_not_opened", where=str(path), path=str(path))
    return error


def _stored(path: Path) -> bytes:
    try:
        stored = private_files.read(path, MOST_BYTES)
    except TooLarge:
        raise _too_large(path, path.stat().st_size) from None
    if stored is None:
        raise AppError("copy.file_missing", where=str(path), path=str(path))
    return stored


def _is_signed(note: str, keys: list[NoteKey]) -> bool:
    try:
        open_note(note, keys)
    except AppError as error:
        if error.code != "note.signer_unknown":
            raise AppError("copy.file_unsigned") from None
        return False
    return True


def _check(note: str, content: bytes, heading: str, keys: list[NoteKey]) -> None:
    try:
        text = open_note(note, keys).text
    except AppError:
        raise AppError("copy.file_unsigned") from None
    told, _, digest = text.rstrip("\n").split("\n")
    if told != heading:
        raise _unfit()
    if digest != sha256(content).hexdigest():
        raise AppError("copy.file_unsigned")


def _unpack(content: bytes, kind: type[T], most: int) -> T:
    try:
        return msgspec.msgpack.decode(unpack_within(content, most), type=kind)
    except TooLarge:
        raise _unpacks_too_large(content, most) from None
    except (msgspec.MsgspecError, zlib.error):
        raise _unfit() from None


def _unfit() -> AppError:
    return AppError("copy.file_unfit")


def _too_large(path: Path, size: int) -> AppError:
    told, most = -(-size // _MIB), MOST_BYTES // _MIB
    return AppError("copy.file_too_large", where=str(path), path=str(path), size=told, most=most)


def _keys(session: Session, person: str | None = None) -> list[NoteKey]:
    with session.workspace.read() as view:
        known = people.list_devices(view.connection)
    return [
        NoteKey(session.workspace.origin, bytes.fromhex(one.public_key))
        for one in known
        if person in (None, one.person)
    ]


def _enrolled_in(update: Update, session: Session) -> list[NoteKey]:
    opened = update.parcel.opened
    told = (read_foreign(body, opened) for body in update.parcel.bodies)
    return [
        NoteKey(session.workspace.origin, bytes.fromhex(one.payload.public_key))
        for one in told
        if isinstance(one.payload, DeviceEnrolled) and one.signature is not None
    ]


def _unpacks_too_large(content: bytes, most: int) -> AppError:
    size = -(-len(content) // _MIB)
    return AppError("copy.file_unpacks_too_large", size=size, most=most // _MIB)
