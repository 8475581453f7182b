"""Signed notes (C2SP signed-note v1.0): a text and the Ed25519 signatures below it.

https://c2sp.org/signed-note; cosignature/v1 follows https://c2sp.org/tlog-cosignature.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.encoding import from_base64, to_base64
from mlops_desktop.ledger.note_key import KEY_ID_BYTES, KeyKind, NoteKey, check_name

MAX_CHARACTERS = 1_000_000
MAX_SIGNATURES = 100
_DASH = "— "
_FORBIDDEN = re.compile("[\0-\x09\x0b-\x1f\ud800-\udfff]")
_TIME_BYTES = 8


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: who it says signed, and what he wrote."""

    name: str
    key_id: bytes
    value: bytes

    def to_text(self) -> str:
        """Return the line, with its newline."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text (ending in a newline) and its signatures, not yet checked."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def to_text(self) -> str:
        """Return the signed note as it is stored and handed on."""
        return self.text + "\n" + "".join(line.to_text() for line in self.signatures)


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note's text and the known keys whose signatures below it are good."""

    text: str
    signers: tuple[NoteKey, ...]


def sign_note(text: str, name: str, private: Ed25519PrivateKey) -> str:
    """Return ``text`` as a note signed by ``private`` under the key name ``name``."""
    return signer(name, private)(text)


def signer(name: str, private: Ed25519PrivateKey) -> Callable[[str], str]:
    """Return what signs texts as notes by one key, which is looked at once for all of them."""
    key = NoteKey.of(name, private)

    def sign(text: str) -> str:
        _check_text(text)
        made = NoteSignature(name, key.key_id, private.sign(text.encode()))
        return Note(text, (made,)).to_text()

    return sign


def add_signature(signed: str, name: str, private: Ed25519PrivateKey) -> str:
    """Return the signed note with one more signature below the others."""
    note = parse_note(signed)
    return signed + _sign(note.text, name, private).to_text()


def cosign(signed: str, name: str, private: Ed25519PrivateKey, at: datetime) -> str:
    """Return the signed checkpoint with a timestamped cosignature/v1 below it."""
    note = parse_note(signed)
    stamp = int(at.timestamp())
    key = NoteKey.of(name, private, KeyKind.COSIGNATURE)
    value = stamp.to_bytes(_TIME_BYTES, "big") + private.sign(_cosigned(note.text, stamp))
    return signed + NoteSignature(name, key.key_id, value).to_text()


def parse_note(signed: str) -> Note:
    """Read a signed note without checking who signed; raises AppError ``note.malformed``."""
    text, found, below = signed.rpartition("\n\n")
    lines = below.split("\n")
    if not found or len(signed) > MAX_CHARACTERS or lines.pop() or not lines:
        raise AppError("note.malformed")
    if len(lines) > MAX_SIGNATURES:
        raise AppError("note.malformed")
    _check_text(text + "\n")
    return Note(text + "\n", tuple(_parse_line(line) for line in lines))


def open_note(signed: str, keys: Iterable[NoteKey]) -> OpenedNote:
    """Return the text and who of ``keys`` signed it.

    Signatures by other keys are ignored. Raises AppError ``note.malformed``,
    ``note.signature_wrong`` when a known key's signature fails, ``note.signer_unknown`` when no
    known key signed.
    """
    note = parse_note(signed)
    known = list(keys)
    signers: list[NoteKey] = []
    for line in note.signatures:
        signer = _signer(note.text, line, known)
        if signer and signer not in signers:
            signers.append(signer)
    if not signers:
        raise AppError("note.signer_unknown")
    return OpenedNote(note.text, tuple(signers))


def _signer(text: str, line: NoteSignature, known: list[NoteKey]) -> NoteKey | None:
    named = [key for key in known if key.name == line.name and key.key_id == line.key_id]
    for key in named:  # four bytes can collide: any of the keys may have signed
        if _is_good(text, line, key):
            return key
    if named:
        raise AppError("note.signature_wrong", name=line.name)
    return None


def _is_good(text: str, line: NoteSignature, key: NoteKey) -> bool:
    value, message = line.value, text.encode()
    if key.kind is KeyKind.COSIGNATURE:
        stamp = int.from_bytes(value[:_TIME_BYTES], "big")
        value, message = value[_TIME_BYTES:], _cosigned(text, stamp)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, message)
    except InvalidSignature:
        return False
    return True


def _sign(text: str, name: str, private: Ed25519PrivateKey) -> NoteSignature:
    key = NoteKey.of(name, private)
    return NoteSignature(name, key.key_id, private.sign(text.encode()))


def _cosigned(text: str, stamp: int) -> bytes:
    return f"cosignature/v1\ntime {stamp}\n{text}".encode()


def _check_text(text: str) -> None:
    if not text.endswith("\n") or _FORBIDDEN.search(text):
        raise AppError("note.malformed")


def _parse_line(line: str) -> NoteSignature:
    name, found, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not found:
        raise AppError("note.malformed")
    try:
        check_name(name)
        value = from_base64(encoded)
    except (ValueError, AppError):
        raise AppError("note.malformed") from None
    if len(value) <= KEY_ID_BYTES:
        raise AppError("note.malformed")
    return NoteSignature(name, value[:KEY_ID_BYTES], value[KEY_ID_BYTES:])
