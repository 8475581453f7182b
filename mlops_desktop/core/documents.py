"""Files kept as evidence: named by the SHA-256 of their bytes."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable


@dataclass(frozen=True, slots=True)
class Document:
    """A file kept in the workspace: SHA-256 (hexadecimal) of its bytes, and what it was called."""

    file: str
    name: Erasable
