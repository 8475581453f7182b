"""Evidence that rows of a file name: beside the file or in a folder, by path or by digest."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.documents import MOST_BYTES

_DIGEST = re.compile(r"(?:sha-?256:?\s*)?([0-9a-f]{64})", re.IGNORECASE)
_ROOTED = re.compile(r"^([A-Za-z]:|/)")
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows something: its name, its SHA-256, and where it lies unless kept already."""

    name: str
    digest: str
    path: Path | None = None


class Shelf:
    """Finds evidence by what a cell says of it; every file is read once.

    ``is_kept`` tells whether the workspace keeps a file of that digest already.
    """

    def __init__(self, folder: Path | None, is_kept: Callable[[str], bool]) -> None:
        self._folder, self._is_kept = folder, is_kept
        self._found: dict[str, Evidence] = {}

    def find(self, text: str) -> Evidence:
        """Return what a cell names.

        Raises ``import.evidence_not_found``, ``import.evidence_outside`` for a path that leads out
        of the folder, ``import.evidence_not_kept``, ``import.evidence_no_folder``,
        ``import.evidence_empty``, ``import.evidence_too_large``, ``import.evidence_unreadable``.
        """
        if text not in self._found:
            self._found[text] = self._look(text)
        return self._found[text]

    def _look(self, text: str) -> Evidence:
        named = _DIGEST.fullmatch(text.strip())
        if named is not None:
            digest = named[1].lower()
            if not self._is_kept(digest):
                raise AppError("import.evidence_not_kept", value=digest[:12])
            return Evidence(digest[:12], digest)
        if self._folder is None:
            raise AppError("import.evidence_no_folder", value=text)
        path = _path_in(self._folder, text)
        return Evidence(path.name, _digest_of(path), path)


def _path_in(folder: Path, text: str) -> Path:
    plain = text.strip().strip("\"'").replace("\\", "/")
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if _ROOTED.match(plain) or ".." in parts or not parts:
        raise AppError("import.evidence_outside", value=text, folder=folder.name)
    found = folder
    for part in parts:
        found = _entry(found, part, text)
    if not found.is_file():
        raise AppError("import.evidence_not_found", value=text, folder=folder.name)
    if not found.resolve().is_relative_to(folder.resolve()):  # a link leads elsewhere
        raise AppError("import.evidence_outside", value=text, folder=folder.name)
    return found


def _entry(folder: Path, name: str, text: str) -> Path:
    """Return what a folder holds of that name, however letters are composed or written large."""
    exact = folder / name
    if exact.exists():
        return exact
    wanted = _folded(name)
    same = (one for one in folder.iterdir() if _folded(one.name) == wanted)
    found = next(same, None) if folder.is_dir() else None
    if found is None:
        raise AppError("import.evidence_not_found", value=text, folder=folder.name)
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _digest_of(path: Path) -> str:
    try:
        size = path.stat().st_size
        if not size:
            raise AppError("import.evidence_empty", value=path.name)
        if size > MOST_BYTES:
            raise AppError(
                "import.evidence_too_large", value=path.name, most=MOST_BYTES // 1024 // 1024
            )
        made = sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                made.update(block)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError("import.evidence_unreadable", value=path.name, reason=reason) from error
    return made.hexdigest()
