"""Reads every file of a folder once: what it tells, why it was refused, or that nobody knows it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.files.contents import Content, form_of, is_expected, read_content
from mlops_desktop.sources.files.format import Origin
from mlops_desktop.sources.files.places import escape
from mlops_desktop.sources.files.refused import LASTING, FileRefused
from mlops_desktop.sources.files.telling import ReadFile, told_of
from mlops_desktop.sources.folder.listing import Found, Listing
from mlops_desktop.sources.folder.merging import merged
from mlops_desktop.sources.observations import Refusal


@dataclass(frozen=True, slots=True)
class Gathered:
    """What lay in the folder; whether all of it that could be ours was read."""

    read: tuple[ReadFile, ...]
    refused: tuple[Refusal, ...]
    unknown: tuple[str, ...]
    is_whole: bool


class Cancelled(Exception):
    """The person stopped it."""


@dataclass(slots=True)
class Gathering:
    """One pass over a folder."""

    listing: Listing
    connection: Connection
    zone: tzinfo
    is_cancelled: Callable[[], bool]
    _read_beside: dict[str, Content | None] = field(default_factory=dict)

    def gather(self) -> Gathered:
        """Read all files; raises OSError, Exhausted, Cancelled."""
        read: list[ReadFile] = []
        refused: list[Refusal] = []
        unknown: list[str] = []
        is_whole = True
        found = self.listing.files()
        by_path = {one.path: one for one in found}
        for one in found:
            if self.is_cancelled():
                raise Cancelled
            try:
                told = self._read(one, by_path)
            except FileRefused as error:
                refused.append(_refusal(one, error))
                is_whole = is_whole and error.code in LASTING
                continue
            if told is None:
                unknown.append(escape(one.path))
            else:
                read.append(told)
        together = merged([one.facts for one in read])
        whole = tuple(replace(one, facts=facts) for one, facts in zip(read, together, strict=True))
        return Gathered(whole, tuple(refused), tuple(unknown), is_whole)

    def _read(self, found: Found, by_path: dict[str, Found]) -> ReadFile | None:
        raw = self.listing.read(found, lambda head: form_of(found.path, head) is not None)
        form = form_of(found.path, raw[:512]) if raw is not None else None
        if raw is None or form is None:
            return None
        try:
            content = read_content(form, raw)
        except FileRefused:
            if is_expected(found.path):
                raise
            return None
        origin = Origin(
            escape(found.path), self.connection, self.zone, self._beside(found, by_path)
        )
        return told_of(content, origin, hashlib.sha256(raw).hexdigest())

    def _beside(self, found: Found, by_path: dict[str, Found]) -> Callable[[str], Content | None]:
        folder = found.path.rpartition("/")[0]

        def beside(name: str) -> Content | None:
            path = f"{folder}/{name}" if folder else name
            if path not in self._read_beside:
                self._read_beside[path] = self._content(by_path.get(path))
            return self._read_beside[path]

        return beside

    def _content(self, found: Found | None) -> Content | None:
        """Return what stands in a file that another asks for; a broken one is told by itself."""
        try:
            raw = self.listing.read(found, lambda _: True) if found else None
            form = form_of(found.path, raw[:512]) if found and raw else None
            return read_content(form, raw) if form and raw else None
        except FileRefused:
            return None


def _refusal(found: Found, error: FileRefused) -> Refusal:
    place = escape(found.path)
    return Refusal(f"{place}:{error.line}" if error.line else place, error.code, error.detail)
