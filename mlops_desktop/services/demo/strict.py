"""Data files of the sample bank: typed, and refused where something in them is unknown."""

from pathlib import Path
from typing import TypeVar

import msgspec

from mlops_desktop.core.errors import AppError, Recovery

T = TypeVar("T")


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a data file; days are texts that :class:`Calendar` reads."""


def read_file(path: Path, kind: type[T]) -> T:
    """Return what a file holds; raises ``demo.file_malformed``."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except (OSError, ValueError) as error:
        raise AppError(
            "demo.file_malformed",
            recovery=Recovery.CONFIGURATION,
            where=str(path),
            path=str(path),
            reason=str(error),
        ) from error
