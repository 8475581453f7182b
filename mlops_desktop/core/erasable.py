"""Text that must be erasable: the ledger holds a salted digest, the text lies beside it.

The form is SD-JWT's (RFC 9901, 4.2.2): the disclosure is base64url of ``[salt, value]``,
the digest base64url of its SHA-256, the place holder in the leaf ``{"...": digest}``.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

PLACEHOLDER = "..."


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def digest_of(disclosure: str) -> str:
    """Return the digest that stands in the leaf for ``disclosure``."""
    return _encode(hashlib.sha256(disclosure.encode("ascii")).digest())


@dataclass(frozen=True, slots=True)
class Erasure:
    """When a text was erased (ISO 8601), and by which retention rule.

    ``is_withheld``: it was not given with this extract; ``day`` and ``rule`` say nothing then.
    """

    day: str
    rule: str
    is_withheld: bool = False


WITHHELD = Erasure("", "", is_withheld=True)
"""Stands for a text that whoever made an extract kept back."""


class Openings(dict[str, str]):
    """The disclosures kept, by digest; ``erased`` tells of those erased by rule or withheld."""

    __slots__ = ("erased",)

    def __init__(self) -> None:
        super().__init__()
        self.erased: dict[str, Erasure] = {}


@dataclass(frozen=True, slots=True)
class Erasable:
    """A committed text: its digest for ever, its disclosure until it is erased."""

    digest: str
    disclosure: str | None = None
    erasure: Erasure | None = None

    @property
    def text(self) -> str | None:
        """The text, or None once value and salt have been erased."""
        if self.disclosure is None:
            return None
        value = json.loads(_decode(self.disclosure))[-1]
        return str(value)

    @property
    def is_sound(self) -> bool:
        """Whether the disclosure, if still there, is the one the digest was made from."""
        if self.disclosure is None:
            return True
        return self.disclosure.isascii() and digest_of(self.disclosure) == self.digest


def commit(text: str, salt: bytes) -> Erasable:
    """Return the commitment to ``text`` under ``salt`` (at least 128 random bits)."""
    if len(salt) < 16:
        raise ValueError("a salt has at least 16 bytes")
    disclosure = _encode(json.dumps([_encode(salt), text], ensure_ascii=False).encode("utf-8"))
    return Erasable(digest_of(disclosure), disclosure)
