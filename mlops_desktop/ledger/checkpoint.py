"""Checkpoints (C2SP tlog-checkpoint v1.0): origin, size and root of a ledger, as a signed note.

https://c2sp.org/tlog-checkpoint; other implementations read them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.encoding import from_base64, to_base64
from mlops_desktop.ledger.note import open_note, parse_note, sign_note
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.ledger.tree import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a ledger: ``root`` (32 bytes) of the first ``size`` leaves of ``origin``."""

    origin: str
    size: int
    root: bytes

    def to_text(self) -> str:
        """Return the three lines that are signed; raises AppError ``checkpoint.malformed``."""
        text = f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"
        if Checkpoint.from_text(text) != self:
            raise AppError("checkpoint.malformed")
        return text

    @classmethod
    def from_text(cls, text: str) -> "Checkpoint":
        """Read the three lines; raises AppError ``checkpoint.malformed``.

        Extension lines are refused: this program writes none and could not say what they mean.
        """
        origin, *rest = text.split("\n")
        if not origin or len(rest) != 3 or rest[2] or not _SIZE.fullmatch(rest[0]):
            raise AppError("checkpoint.malformed")
        try:
            root = from_base64(rest[1])
        except ValueError:
            raise AppError("checkpoint.malformed") from None
        if len(root) != HASH_BYTES:
            raise AppError("checkpoint.malformed")
        return cls(origin, int(rest[0]), root)


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint whose signatures by ``signers`` were found good."""

    checkpoint: Checkpoint
    signers: tuple[NoteKey, ...]


def sign(checkpoint: Checkpoint, name: str, private: Ed25519PrivateKey) -> str:
    """Return the checkpoint as a note signed under the key name ``name`` (by custom the origin)."""
    return sign_note(checkpoint.to_text(), name, private)


def open_checkpoint(signed: str, keys: Iterable[NoteKey]) -> SignedCheckpoint:
    """Return the checkpoint that at least one of ``keys`` signed.

    Raises AppError ``note.…`` (see :func:`~mlops_desktop.ledger.note.open_note`) or
    ``checkpoint.malformed``.
    """
    opened = open_note(signed, keys)
    return SignedCheckpoint(Checkpoint.from_text(opened.text), opened.signers)


def read_unverified(signed: str) -> Checkpoint:
    """Return what a signed checkpoint says, with no signature checked."""
    return Checkpoint.from_text(parse_note(signed).text)
