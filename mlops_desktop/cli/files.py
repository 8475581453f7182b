"""Files that commands write where they are told to."""

from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write a text as it is, in UTF-8 with its own line ends; raises OSError."""
    path.write_bytes(text.encode("utf-8"))
