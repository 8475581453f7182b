"""What a person says of a file before its rows are taken over."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from mlops_desktop.services.imports.mapping import Given


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its name and its bytes."""

    name: str
    content: bytes = field(repr=False)
    folder: Path | None = None
    """Where the evidence lies that its rows name; that of the file unless said."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to read a file and what to take over.

    ``columns`` map headings to fields; ``dates`` says what 03/04/2024 means; ``adds_people`` lets
    unknown persons become known without a certificate, ``adds_entities`` unknown legal entities be
    registered; ``clears`` lets a blank cell empty its
    field; ``leaves_out_refused`` takes over the rest where rows are refused; ``headings`` stand in
    for a heading line where a pasted block has none.
    """

    columns: tuple[Given, ...] = ()
    sheet: str | None = None
    heading_row: int | None = None
    dates: str | None = None
    adds_people: bool = False
    adds_entities: bool = False
    clears: bool = False
    leaves_out_refused: bool = False
    headings: tuple[str, ...] = ()
    language: str = "en"
