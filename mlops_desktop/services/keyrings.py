"""Keys of persons at this device: which are here, under which passphrase, kept as a file."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.custody import Custody
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.outside import certificates, cipher, person_keys, private_files
from mlops_desktop.outside.tokens import TokenPlace
from mlops_desktop.services.invitations import list_open
from mlops_desktop.services.people import is_locked, signs_end_of, unlocker
from mlops_desktop.services.session import Session
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.custody import read_custody
from mlops_desktop.store.queries import admissions as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.admissions import AdmissionRow
from mlops_desktop.store.unit_of_work import ReadSession

_SOON_DAYS = 90


class Lies(StrEnum):
    """Where the key lies by which a person signs."""

    NOWHERE = "nowhere"
    ELSEWHERE = "elsewhere"
    HERE = "here"
    TOKEN = "token"  # noqa: S105 - a word for a smart card


class Waits(StrEnum):
    """What somebody waits for: his own request, or a second custodian's signature."""

    INVITED = "invited"
    ADMISSION = "admission"
    REVOCATION = "revocation"


@dataclass(frozen=True, slots=True)
class KeySheet:
    """A person, where his key lies as seen from this device, and until when it certifies him.

    ``waits`` says what is under way, ``by`` who signed first or invited; ``needs_fingerprint``
    whether a new key comes with it. ``needs_two`` tells that custodians sign in this workspace,
    ``is_end_signed`` that whoever acts here is asked for his key to end this person's.
    """

    person: Person
    lies: Lies
    is_locked: bool = False
    ends: datetime | None = None
    token: TokenPlace | None = None
    waits: Waits | None = None
    by: str = ""
    until: date | None = None
    needs_fingerprint: bool = False
    is_custodian: bool = False
    needs_two: bool = False
    is_end_signed: bool = False

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id


def list_key_sheets(session: Session) -> tuple[KeySheet, ...]:
    """Return everybody ever enrolled, by name, with what this device knows of his key.

    Whoever is invited or waits for a second custodian stands among them.
    """
    with session.workspace.read() as view:
        connection = view.connection
        everybody, custody = people.list_people(connection), read_custody(connection)
        acting = people.look_up(connection, session.actor.person)
        waiting = _waiting(view, everybody, custody)
    known = [
        replace(
            waiting.pop(one.id) if one.id in waiting else _sheet(session, one),
            is_custodian=one.id in custody.custodians,
            needs_two=custody.needs_two,
            is_end_signed=custody.needs_two or signs_end_of(acting, one.id),
        )
        for one in everybody
    ]
    found = (*known, *(replace(one, needs_two=custody.needs_two) for one in waiting.values()))
    return tuple(sorted(found, key=lambda one: sort_key(one.person.name)))


def show_key_sheet(session: Session, named: str) -> KeySheet:
    """Return a person's sheet by name or id; raises ``person.not_found``."""
    with session.workspace.read() as view:
        found = people.find_person(view.connection, named)
    return next(one for one in list_key_sheets(session) if one.id == found.id)


def standing_of(sheet: KeySheet) -> str:
    """Return how a person stands: what is waited for, signs, soon, expired, locked, known, …."""
    person = sheet.person
    if sheet.waits is not None:
        return sheet.waits.value
    if person.is_revoked:
        return "left" if person.certificate is None else "revoked"
    if sheet.is_locked:
        return "locked"
    if not person.can_sign or sheet.ends is None:
        return "known"
    left = (sheet.ends - clock.now()).days
    return "expired" if left < 0 else "soon" if left < _SOON_DAYS else "signs"


def _waiting(
    view: ReadSession, everybody: tuple[Person, ...], custody: Custody
) -> dict[str, KeySheet]:
    """Return what is under way, by person."""
    names = {one.id: one for one in everybody}
    by = {one.id: one.name for one in everybody}
    found: dict[str, KeySheet] = {}
    for row in list_open(view):
        told = row.told
        person = Person(told.person, told.name.text or "–", told.roles, scopes=told.scopes)
        sheet = KeySheet(person, Lies.NOWHERE, waits=Waits.INVITED, until=told.expires)
        found[told.person] = replace(sheet, by=by.get(row.by, ""))
    for one in queries.list_admissions(view.connection):
        if one.standing == "waiting":
            found[one.told.person] = _admitted(one, by.get(one.by, ""))
    for removal in custody.removals.values():
        if removal.person in names:
            leaving = KeySheet(names[removal.person], Lies.ELSEWHERE, waits=Waits.REVOCATION)
            found[removal.person] = replace(leaving, by=by.get(removal.by, ""))
    return found


def _admitted(row: AdmissionRow, by: str) -> KeySheet:
    told = row.told
    person = Person(
        told.person, told.name.text or "–", told.roles, told.certificate, told.fingerprint,
        scopes=told.scopes,
    )  # fmt: skip
    has_request = told.request is not None
    return KeySheet(
        person, Lies.ELSEWHERE, waits=Waits.ADMISSION, by=by, needs_fingerprint=has_request
    )


def _sheet(session: Session, person: Person) -> KeySheet:
    if person.certificate is None:
        return KeySheet(person, Lies.NOWHERE)
    ends = certificates.read_certificate(person.certificate).not_valid_after_utc
    workspace = session.workspace.id
    token = person_keys.find_token(workspace, person.id)
    if token is not None:
        return KeySheet(person, Lies.TOKEN, ends=ends, token=token)
    is_here = person_keys.has_person_key(workspace, person.id)
    lies = Lies.HERE if is_here else Lies.ELSEWHERE
    return KeySheet(person, lies, is_here and is_locked(session, person), ends)


def change_passphrase(session: Session, named: str, old: str, new: str) -> Person:
    """Keep a person's key at this device under another passphrase; nothing enters the ledger.

    Raises ``passphrase.too_short``, ``person_key.…``; ``person_key.on_token`` where the token's
    own program changes the PIN.
    """
    person = _find(session, named)
    workspace = session.workspace.id
    if person_keys.find_token(workspace, person.id) is not None:
        raise AppError("person_key.on_token", name=person.name)
    cipher.check_passphrase(new)
    credential = unlocker(session, lambda: old)(person)
    person_keys.store_person_key(workspace, person.id, credential, new)
    return person


def save_key_file(session: Session, named: str, passphrase: str, path: Path) -> Path:
    """Write a person's key, with its certificate, as a PKCS#12 file under its passphrase.

    Raises ``person_key.file_exists``, ``person_key.…``; ``person_key.on_token`` for a key that
    never leaves its token.
    """
    person = _find(session, named)
    workspace = session.workspace.id
    if person_keys.find_token(workspace, person.id) is not None:
        raise AppError("person_key.on_token", name=person.name)
    if path.exists():
        raise AppError("person_key.file_exists", where="path", path=str(path))
    unlocker(session, lambda: passphrase)(person)
    content = person_keys.export_person_key(workspace, person.id, passphrase)
    private_files.write(path, content)
    return path


def _find(session: Session, named: str) -> Person:
    with session.workspace.read() as view:
        return people.find_person(view.connection, named)
