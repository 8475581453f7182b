"""The files kept in the workspace that a dossier's chapters name by their SHA-256."""

import re
from collections.abc import Iterable, Iterator

from mlops_desktop.dossier.content import Cell, Chapter, EvidenceFile, Missing, Reason
from mlops_desktop.store import evidence
from mlops_desktop.store.unit_of_work import ReadSession

_NAMED = re.compile(r"(?:(?P<name>.+) \(SHA-256 )?(?P<digest>[0-9a-f]{64})\)?")


def find_kept(view: ReadSession, chapters: Iterable[Chapter]) -> tuple[EvidenceFile, ...] | Missing:
    """Return each file once, where it is first named; it is kept, not embedded."""
    named: dict[str, tuple[str, str]] = {}
    for chapter in chapters:
        for text in _texts(chapter):
            found = _NAMED.fullmatch(text)
            if found is not None:
                named.setdefault(found["digest"], (found["name"] or found["digest"], chapter.name))
    sizes = evidence.sizes(view.connection, named)
    files = tuple(
        EvidenceFile(name, digest, sizes[digest], section)
        for digest, (name, section) in named.items()
        if digest in sizes
    )
    return files or Missing(Reason.NONE)


def _texts(chapter: Chapter) -> Iterator[str]:
    for part in chapter.parts if isinstance(chapter.parts, tuple) else ():
        cells: list[Cell] = [field.values for field in part.fields]
        cells += [cell for row in (part.grid.rows if part.grid else ()) for cell in row]
        for cell in cells:
            for value in () if isinstance(cell, Missing) else cell:
                yield from value.text.splitlines()
