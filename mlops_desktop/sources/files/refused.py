"""Why one file is not read while the others are, and why no more of them are."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What keeps a file from being read; ``errors.<code>`` says it."""

    DAMAGED = "folder.damaged"
    TOO_DEEP = "folder.too_deep"
    TOO_LARGE = "folder.too_large"
    UNEXPECTED = "folder.unexpected"
    UNREADABLE = "folder.unreadable"
    BEING_WRITTEN = "folder.being_written"
    LEADS_OUT = "folder.leads_out"
    NOT_A_FILE = "folder.not_a_file"
    NEEDS_PYARROW = "import.parquet_missing"


LASTING = frozenset({Code.LEADS_OUT, Code.NOT_A_FILE})
"""What never is a file of this folder, so that its absence keeps nothing from being concluded."""


@dataclass
class FileRefused(Exception):
    """A file is not read; ``detail`` is technical and never quotes the file's data."""

    code: Code
    detail: str = ""
    line: int | None = None


class Exhausted(Exception):
    """All files together go past a limit; ``reason`` has a sentence, ``detail`` the limit."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
