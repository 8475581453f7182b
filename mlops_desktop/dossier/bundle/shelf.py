"""Keeps printed parts on disk, so that what did not change is not set again.

An entry is found by what the part was printed from: the facts, the language, the program and its
words. It is encrypted under a key that follows from the facts themselves: who cannot read the
workspace cannot read it. What was damaged, cut or exchanged does not open and is printed again.
"""

import hashlib
import hmac
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from mlops_desktop import __version__, paths
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.bundle.shapes import PrintedPart
from mlops_desktop.outside import cipher, private_files

_LABEL = "dossier part"
_ENDING = ".part"
_MOST_BYTES = 256 * 1024 * 1024
_PRINTERS = ("reportlab", "matplotlib", "babel")

_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(PrintedPart)


class PartShelf:
    """The entries in one folder."""

    def __init__(self, folder: Path | None = None, most: int = _MOST_BYTES) -> None:
        self._folder = folder if folder is not None else paths.home() / "cache" / "parts"
        self._most = most

    def find(self, facts: bytes, language: str) -> PrintedPart | None:
        """Return the part printed from ``facts``, None where there is none that can be used."""
        name, key = _place(facts, language)
        try:
            sealed = private_files.read(self._folder / name)
            if sealed is None:
                return None
            return _DECODER.decode(cipher.unseal(sealed, key, _label(name)))
        except (AppError, msgspec.MsgspecError):
            return None

    def keep(self, facts: bytes, language: str, part: PrintedPart) -> None:
        """Keep a part; a disk that refuses costs nothing but the next printing."""
        name, key = _place(facts, language)
        with suppress(AppError):
            sealed = cipher.seal(_ENCODER.encode(part), key, _label(name))
            private_files.write(self._folder / name, sealed)

    def tidy(self) -> None:
        """Remove what was used longest ago beyond the room there is."""
        with suppress(OSError):
            found = [(entry.stat(), entry) for entry in self._folder.glob(f"*{_ENDING}")]
            left = self._most
            for told, entry in sorted(found, key=lambda one: -one[0].st_mtime):
                left -= told.st_size
                if left < 0:
                    entry.unlink(missing_ok=True)


def _place(facts: bytes, language: str) -> tuple[str, bytes]:
    """Return the name of an entry and its key; neither leads to the other."""
    told = f"{language}\n{_printer(language)}\n".encode()
    name = hmac.digest(facts, b"name\n" + told, "sha256").hex()
    return name + _ENDING, hmac.digest(facts, b"key\n" + told, "sha256")


def _label(name: str) -> str:
    return f"{_LABEL} {name}"


@cache
def _printer(language: str) -> str:
    """Return a digest of what prints: this program, its words and the libraries that set pages."""
    told = hashlib.sha256(__version__.encode())
    for library in _PRINTERS:
        told.update(f"{library} {version(library)}\n".encode())
    package = Path(__file__).parents[1]
    for folder in (package, paths.resource("wording", language)):
        for file in sorted(folder.rglob("*.py" if folder == package else "*.toml")):
            told.update(file.read_bytes())
    return told.hexdigest()
