"""Files that commands write where they are told to."""

from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.files import write_file


def write_text(path: Path, text: str) -> None:
    """Write a text as it is, in UTF-8 with its own line ends, over a text at most.

    Raises ``file.not_written`` and ``file.text_not_replaced``.
    """
    if path.is_file() and not _is_text(path):
        raise AppError("file.text_not_replaced", where=str(path), path=str(path))
    write_file(path, text.encode("utf-8"))


def _is_text(path: Path) -> bool:
    content = path.read_bytes()
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
