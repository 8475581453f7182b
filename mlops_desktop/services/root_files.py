"""Certificates to trust, as files that somebody names: PEM, within bounds."""

from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.foreign_files import TooLarge, read_within

_MOST_MIB = 16


def read_root_file(path: Path, where: str | None = None) -> bytes:
    """Return what a file of roots holds; raises ``file.unreadable``, ``trust.file_too_large``."""
    try:
        return read_within(path, _MOST_MIB * 1024 * 1024)
    except TooLarge:
        raise AppError(
            "trust.file_too_large", where=where, path=str(path), most=_MOST_MIB
        ) from None
    except OSError as error:
        raise AppError(
            "file.unreadable",
            recovery=Recovery.CONFIGURATION,
            where=where,
            path=str(path),
            reason=error.strerror or "",
        ) from error
