"""Proof files (C2SP tlog-proof v1): index, inclusion proof and checkpoint of one event.

https://c2sp.org/tlog-proof; stored with the ending ``.tlog-proof``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.checkpoint import SignedCheckpoint, open_checkpoint
from mlops_desktop.ledger.encoding import from_base64, to_base64
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.ledger.proofs import verify_inclusion
from mlops_desktop.ledger.tree import HASH_BYTES

MAX_HASHES = 64
_TITLE = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TlogProof:
    """Shows that one leaf stands at ``index`` in the ledger of ``checkpoint`` (a signed note).

    ``extra`` is free data that nothing authenticates.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def to_text(self) -> str:
        """Return the content of the proof file."""
        extra = [] if self.extra is None else [f"extra {to_base64(self.extra)}"]
        steps = [to_base64(step) for step in self.hashes]
        return "\n".join([_TITLE, *extra, f"index {self.index}", *steps, "", self.checkpoint])

    @classmethod
    def from_text(cls, text: str) -> "TlogProof":
        """Read a proof file; raises AppError ``tlog_proof.malformed``."""
        head, found, checkpoint = text.partition("\n\n")
        title, *lines = head.split("\n")
        if title != _TITLE or not found:
            raise AppError("tlog_proof.malformed")
        try:
            extra = _take_extra(lines)
            index = _take_index(lines)
            hashes = tuple(from_base64(line) for line in lines)
        except ValueError:
            raise AppError("tlog_proof.malformed") from None
        if len(hashes) > MAX_HASHES or any(len(step) != HASH_BYTES for step in hashes):
            raise AppError("tlog_proof.malformed")
        return cls(index, hashes, checkpoint, extra)


def verify_proof(proof: TlogProof, leaf: bytes, keys: Iterable[NoteKey]) -> SignedCheckpoint:
    """Return the checkpoint under which ``leaf`` (a leaf hash) is proved to stand.

    Raises AppError ``note.…`` or ``checkpoint.malformed`` for the checkpoint, ``proof.…`` for the
    proof.
    """
    signed = open_checkpoint(proof.checkpoint, keys)
    head = signed.checkpoint
    verify_inclusion(leaf, proof.index, head.size, proof.hashes, head.root)
    return signed


def _take_extra(lines: list[str]) -> bytes | None:
    if not lines or not lines[0].startswith("extra "):
        return None
    return from_base64(lines.pop(0).removeprefix("extra "))


def _take_index(lines: list[str]) -> int:
    found = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if not found:
        raise ValueError("no index")
    return int(found[1])
