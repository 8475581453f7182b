"""Keys of persons at this device: which are here, under which passphrase, kept as a file."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.outside import certificates, cipher, person_keys, private_files
from mlops_desktop.outside.tokens import TokenPlace
from mlops_desktop.services.people import is_locked, unlocker
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people


class Lies(StrEnum):
    """Where the key lies by which a person signs."""

    NOWHERE = "nowhere"
    ELSEWHERE = "elsewhere"
    HERE = "here"
    TOKEN = "token"  # noqa: S105 - a word for a smart card


@dataclass(frozen=True, slots=True)
class KeySheet:
    """A person, where his key lies as seen from this device, and until when it certifies him."""

    person: Person
    lies: Lies
    is_locked: bool = False
    ends: datetime | None = None
    token: TokenPlace | None = None

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.id


def list_key_sheets(session: Session) -> tuple[KeySheet, ...]:
    """Return everybody ever enrolled, by name, with what this device knows of his key."""
    with session.workspace.read() as view:
        everybody = people.list_people(view.connection)
    return tuple(_sheet(session, one) for one in everybody)


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
