"""Reads every file of a folder once: what it tells, why it was refused, or that nobody knows it.

What is kept of a file is an excerpt with the fields that are read, wherever files carry data of
customers beside results (samples of failed rows, output of tests, extremes of columns, drawings of
distributions, foreign columns of tables). Evidence names the digest of the excerpt, and beside it
that of the whole file: who still has the file can show that it is the one.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.folder.contents import Content, form_of, is_expected, read_content
from mlops_desktop.sources.folder.format import FileFact, Format, Origin, formats
from mlops_desktop.sources.folder.listing import FolderExhausted, Found, Listing
from mlops_desktop.sources.folder.merging import merged
from mlops_desktop.sources.folder.places import escape
from mlops_desktop.sources.folder.refused import LASTING, Code, FileRefused
from mlops_desktop.sources.observations import Refusal


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file of a known format; ``kept`` is the excerpt that evidence names."""

    place: str
    format: Format
    kept: bytes
    request: str
    facts: tuple[FileFact, ...]


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
        """Read all files; raises OSError, FolderExhausted, Cancelled."""
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
        return _told(content, origin, hashlib.sha256(raw).hexdigest())

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


def _told(content: Content, origin: Origin, digest: str) -> ReadFile | None:
    """Return what a content tells, None where no format knows it; raises FileRefused alone."""
    name = content.form.value
    try:
        for known in formats():
            name = known.name
            if content.form in known.forms and known.recognises(content.value, origin):
                return _taken(known, content, origin, digest)
    except (FileRefused, FolderExhausted):
        raise
    except Exception as error:  # a hostile file may fail anywhere inside; it is refused by name
        raise FileRefused(Code.UNEXPECTED, f"{name}: {type(error).__name__}") from error
    return None


def _taken(known: Format, content: Content, origin: Origin, digest: str) -> ReadFile:
    request = f"file {origin.place} sha256:{digest}"
    value, kept = content.value, content.kept
    if known.excerpt is not None and known.dump is not None:
        value = known.excerpt(value, origin)
        kept = known.dump(value)
        request = f"{request} excerpt"
    return ReadFile(origin.place, known, kept, request, _own(known.facts(value, origin)))


def _own(facts: tuple[FileFact, ...]) -> tuple[FileFact, ...]:
    """Return facts under ids that differ: a second one of the same id in a file is numbered."""
    seen: dict[tuple[type, str], int] = {}
    found: list[FileFact] = []
    for fact in facts:
        key = (type(fact.details), fact.native_id)
        seen[key] = seen.get(key, 0) + 1
        is_again = seen[key] > 1 and not hasattr(fact, "times")
        found.append(
            replace(fact, native_id=f"{fact.native_id} ({seen[key]})") if is_again else fact
        )
    return tuple(found)


def _refusal(found: Found, error: FileRefused) -> Refusal:
    place = escape(found.path)
    return Refusal(f"{place}:{error.line}" if error.line else place, error.code, error.detail)
