"""What an extract says of itself, signed by the device that made it as a C2SP signed note."""

from collections.abc import Iterable
from hashlib import sha256
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.extracts import Extract
from mlops_desktop.ledger.body import Tree, decode, encode
from mlops_desktop.ledger.note import open_note, sign_note
from mlops_desktop.ledger.note_key import NoteKey

_HEADING = "mlops-desktop/extract/v1"


def digest_over(named: Iterable[int | str]) -> str:
    """Return the SHA-256 digest over positions or commitments, each on a line, in their order."""
    return sha256("".join(f"{one}\n" for one in named).encode()).hexdigest()


def sign_extract(extract: Extract, origin: str, device: Ed25519PrivateKey) -> str:
    """Return the statement as a note: a heading, one line of canonical JSON, the signature."""
    line = encode(cast(Tree, codec.to_tree(extract))).decode()
    return sign_note(f"{_HEADING}\n{line}\n", origin, device)


def open_extract(signed: str, keys: Iterable[NoteKey]) -> Extract:
    """Return a statement that one of ``keys`` signed.

    Raises AppError ``note.…`` and ``extract.statement_malformed``.
    """
    heading, _, line = open_note(signed, keys).text.partition("\n")
    if heading != _HEADING:
        raise AppError("extract.statement_malformed")
    try:
        return codec.from_tree(Extract, decode(line.rstrip("\n").encode()), {})
    except (AppError, TypeError, ValueError, KeyError, AttributeError):
        raise AppError("extract.statement_malformed") from None
