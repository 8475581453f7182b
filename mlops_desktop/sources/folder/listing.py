"""Lists and reads the files of a folder: bounded, never through a link that leads out of it."""

import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mlops_desktop.sources.files.refused import Code, Exhausted, FileRefused

_MEBI = 1 << 20
_HEAD = 512
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a folder is read: files, bytes of one and of all, seconds, levels."""

    files: int = 5_000
    file_bytes: int = 32 * _MEBI
    all_bytes: int = 256 * _MEBI
    seconds: float = 120.0
    depth: int = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What a file was when it was looked at: another look that differs means it is written."""

    size: int
    changed: int

    @classmethod
    def of(cls, told: os.stat_result) -> "Look":
        """Return the look that a call to the system gave."""
        return cls(told.st_size, told.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the folder, or why what lies there is none; ``path`` is relative, with slashes."""

    path: str
    look: Look | None = None
    refused: Code | None = None


@dataclass(slots=True)
class Listing:
    """The files of one folder, read within limits that hold for all of them together."""

    root: Path
    limits: Limits = field(default_factory=Limits)
    _bytes: int = 0
    _ends: float = 0.0

    def files(self) -> list[Found]:
        """Return what lies in the folder, by path; names with a dot in front are left out.

        Raises OSError for a folder that cannot be listed and Exhausted.
        """
        self._ends = time.monotonic() + self.limits.seconds
        self._bytes = 0
        os.scandir(self.root).close()
        found: list[Found] = []
        for one in self._walk(self.root, "", 0):
            found.append(one)
            self._check_time()
            if len(found) > self.limits.files:
                raise Exhausted("many_files", str(self.limits.files))
        return sorted(found, key=lambda one: one.path)

    def _walk(self, folder: Path, above: str, depth: int) -> Iterator[Found]:
        try:
            with os.scandir(folder) as entries:
                seen = [entry for entry in entries if not entry.name.startswith((".", "~$"))]
        except OSError:
            yield Found(above or ".", refused=Code.UNREADABLE)
            return
        for entry in seen:
            path = f"{above}/{entry.name}" if above else entry.name
            if not entry.is_dir(follow_symlinks=False):
                one = self._look(entry, path)
                if one is not None:
                    yield one
            elif depth < self.limits.depth:
                yield from self._walk(Path(entry.path), path, depth + 1)
            else:
                yield Found(path, refused=Code.TOO_DEEP)

    def _look(self, entry: "os.DirEntry[str]", path: str) -> Found | None:
        if entry.is_symlink() and not self._is_inside(entry.path):
            return Found(path, refused=Code.LEADS_OUT)
        try:
            told = entry.stat()
        except OSError:
            return Found(path, refused=Code.UNREADABLE)
        if stat.S_ISDIR(told.st_mode):
            return None  # a link to a folder in here, whose files are found where they lie
        is_file = stat.S_ISREG(told.st_mode)
        return Found(path, Look.of(told)) if is_file else Found(path, refused=Code.NOT_A_FILE)

    def _is_inside(self, path: str | Path) -> bool:
        try:
            return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.root))
        except (OSError, ValueError):
            return False

    def read(self, found: Found, is_wanted: Callable[[bytes], bool]) -> bytes | None:
        """Return a file's bytes, None where its first ones are not wanted.

        Raises FileRefused, and Exhausted where all files together go past a limit.
        """
        self._check_time()
        if found.refused is not None or found.look is None:
            raise FileRefused(found.refused or Code.UNREADABLE)
        real = Path(os.path.realpath(self.root / found.path))
        if not self._is_inside(real):
            raise FileRefused(Code.LEADS_OUT)
        try:
            with os.fdopen(os.open(real, _FLAGS), "rb") as file:
                content = self._read(file.fileno(), found.look, is_wanted)
        except OSError as error:
            raise FileRefused(Code.UNREADABLE, error.strerror or "") from None
        self._bytes += len(content or b"")
        if self._bytes > self.limits.all_bytes:
            raise Exhausted("folder_too_large", f"{self.limits.all_bytes // _MEBI} MiB")
        return content

    def _read(self, file: int, look: Look, is_wanted: Callable[[bytes], bool]) -> bytes | None:
        told = os.fstat(file)
        if not stat.S_ISREG(told.st_mode):
            raise FileRefused(Code.NOT_A_FILE)
        if Look.of(told) != look:
            raise FileRefused(Code.BEING_WRITTEN)
        head = os.read(file, _HEAD)
        if not is_wanted(head):
            return None
        if look.size > self.limits.file_bytes:
            raise FileRefused(Code.TOO_LARGE, f"{self.limits.file_bytes // _MEBI} MiB")
        parts = [head]
        # one byte more than there were, so that growing is seen and never followed
        left = look.size + 1 - len(head)
        while left > 0 and (part := os.read(file, min(left, _MEBI))):
            parts.append(part)
            left -= len(part)
        content = b"".join(parts)
        if Look.of(os.fstat(file)) != look or len(content) != look.size:
            raise FileRefused(Code.BEING_WRITTEN)
        return content

    def _check_time(self) -> None:
        if time.monotonic() > self._ends:
            raise Exhausted("deadline", f"{self.limits.seconds:g} s")
