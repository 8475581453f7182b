"""Where the files of dossiers lie on this computer: found by their digest, never by their name."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.services.rows import DossierRow

_FILE = "dossiers.json"
_MOST_BYTES = 64 * 1024 * 1024
_MOST_FILES = 200


class Found(StrEnum):
    """What became of a dossier's file, as far as this computer can tell."""

    SAME = "same"
    EARLIER = "earlier"
    """As it was issued, but without signatures that were given since."""
    LATER = "later"
    """With signatures that were given after the day shown."""
    CHANGED = "changed"
    GONE = "gone"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Place:
    """Whether the file is here as it was issued, and where it lies or lay."""

    found: Found
    path: Path | None = None


@dataclass(slots=True)
class Shelf:
    """Remembers paths by digest, in a file of this profile.

    Asked from both read lanes at once: what is shared is replaced whole, never changed in parts.
    """

    _paths: dict[str, str] | None = None
    _digests: dict[tuple[str, int, int], str] = field(default_factory=dict)

    def keep(self, digest: str, path: Path) -> None:
        """Remember where the file of a digest lies."""
        known = self._read() | {digest: str(path.resolve())}
        self._paths = known
        draft = paths.home() / f"{_FILE}.draft"
        draft.write_text(json.dumps(known, indent=1, sort_keys=True), "utf-8")
        draft.replace(paths.home() / _FILE)

    def look(self, digests: Iterable[str], folder: Path | None) -> dict[str, Place]:
        """Return what became of the files of ``digests``.

        Where a file is not where it was, the folders of the others and ``folder`` are looked
        through, so that moved files are found.
        """
        known = self._read()
        found = {digest: self._where(digest, known.get(digest)) for digest in digests}
        lost = {one for one, place in found.items() if place.found is not Found.SAME}
        if lost:
            here = self._scan({Path(path).parent for path in known.values()}, folder)
            found |= {one: Place(Found.SAME, here[one]) for one in lost & here.keys()}
        return found

    def look_for(self, rows: Sequence[DossierRow], folder: Path | None) -> dict[str, Place]:
        """Return by its key what became of the file of each dossier, whichever state it is in."""
        places = self.look([row.digests[-1] for row in rows], folder)
        lost = [row for row in rows if places[row.digests[-1]].found is not Found.SAME]
        others = [digest for row in lost for digest in (*row.digests[:-1], *row.later)]
        known = self.look(others, folder) if others else {}
        return {row.key: _place(row, places[row.digests[-1]], known) for row in rows}

    def _read(self) -> dict[str, str]:
        if self._paths is None:
            try:
                stored = json.loads((paths.home() / _FILE).read_text("utf-8"))
            except (OSError, ValueError):
                stored = {}
            is_good = isinstance(stored, dict)
            self._paths = {str(key): str(path) for key, path in stored.items()} if is_good else {}
        return self._paths

    def _where(self, digest: str, path: str | None) -> Place:
        if path is None:
            return Place(Found.ELSEWHERE)
        lies = Path(path)
        now = self._digest(lies)
        if now is None:
            return Place(Found.GONE, lies)
        return Place(Found.SAME if now == digest else Found.CHANGED, lies)

    def _scan(self, folders: set[Path], folder: Path | None) -> dict[str, Path]:
        looked = folders | ({folder} if folder is not None else set())
        files: list[Path] = []
        for place in sorted(looked):
            try:
                files += sorted(place.glob("*.pdf"))[:_MOST_FILES]
            except OSError:
                continue
        return {digest: file for file in files if (digest := self._digest(file)) is not None}

    def _digest(self, path: Path) -> str | None:
        try:
            stat = path.stat()
            if stat.st_size > _MOST_BYTES:
                return None
            key = (str(path), stat.st_mtime_ns, stat.st_size)
            if key not in self._digests:
                self._digests[key] = hashlib.sha256(path.read_bytes()).hexdigest()
            return self._digests[key]
        except OSError:
            return None


def _place(row: DossierRow, latest: Place, known: Mapping[str, Place]) -> Place:
    """Return where the file lies in the state shown, else in the nearest that it is found in."""
    if latest.found is Found.SAME:
        return latest
    states = [(one, Found.LATER) for one in row.later]
    states += [(one, Found.EARLIER) for one in reversed(row.digests[:-1])]
    for digest, state in states:
        if known[digest].found is Found.SAME:
            return Place(state, known[digest].path)
    return latest
