"""Public keys of signed notes: names, key ids and their one text form (vkey).

https://c2sp.org/signed-note, "Verifier keys".
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.encoding import from_base64, to_base64
from mlops_desktop.outside.public_keys import check_ed25519

KEY_ID_BYTES = 4
_KEY_BYTES = 32
_NAME = re.compile("[^\\s+\0-\x1f\ud800-\udfff]+")


class KeyKind(IntEnum):
    """The signature types of signed-note that are understood here."""

    NOTE = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key by which notes are checked; ``public`` is the 32-byte Ed25519 key.

    ``key_id`` are the four bytes that stand before each signature by it.

    Raises AppError ``note.key_malformed`` or ``public_key.weak_point`` when it is made.
    """

    name: str
    public: bytes
    kind: KeyKind = KeyKind.NOTE
    key_id: bytes = field(init=False, compare=False)

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != _KEY_BYTES:
            raise AppError("note.key_malformed")
        check_ed25519(self.public)
        stated = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        object.__setattr__(self, "key_id", sha256(stated).digest()[:KEY_ID_BYTES])

    @classmethod
    def of(cls, name: str, private: Ed25519PrivateKey, kind: KeyKind = KeyKind.NOTE) -> "NoteKey":
        """Return the public side of ``private`` under the key name ``name``."""
        return cls(name, private.public_key().public_bytes_raw(), kind)

    def to_text(self) -> str:
        """Return the verifier key (vkey) of signed-note: name, key id, type and key."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    @classmethod
    def from_text(cls, text: str) -> "NoteKey":
        """Read a vkey; raises AppError as the class does."""
        try:
            name, key_id, encoded = text.split("+", 2)
            material = from_base64(encoded)
            key = cls(name, material[1:], KeyKind(material[0]))
        except (ValueError, IndexError):
            raise AppError("note.key_malformed") from None
        if key.key_id.hex() != key_id:
            raise AppError("note.key_malformed")
        return key


def check_name(name: str) -> None:
    """Raise AppError ``note.key_malformed`` unless a key may be called ``name``."""
    if not _NAME.fullmatch(name):
        raise AppError("note.key_malformed")
