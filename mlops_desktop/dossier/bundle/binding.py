"""Binds parts behind the front: pages with header and footer below them, links, bookmarks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import Told
from mlops_desktop.dossier.bundle.outline import Bookmark, append, nest, target
from mlops_desktop.dossier.bundle.shapes import BoundPart, Following
from mlops_desktop.dossier.typeset.frame import NUMBER, TOP
from mlops_desktop.dossier.typeset.lines import measure
from mlops_desktop.dossier.typeset.safety import safe

Drawn = tuple[int, int]
_FURNITURE = Name("/Furniture")
_PRINTED = 4
_FORM = "/FormXob."
#: How reportlab writes one line of text: where it begins, the font, the characters.
_DRAWN = re.compile(rb"(1 0 0 1 )-?[\d.]+( -?[\d.]+ Tm /\S+ [\d.]+ Tf [\d.]+ TL )\( \d+\)")


def bind(pdf: pikepdf.Pdf, following: Following, told: Told) -> None:
    """Append the parts to the front in ``pdf``; ``told`` hears how many are bound."""
    first = len(pdf.pages) + 1
    with pikepdf.open(BytesIO(following.furniture)) as furniture:
        shared = _share(pdf, furniture)
        for number, part in enumerate(following.parts, 1):
            _append(pdf, part, furniture, shared, first)
            told(number, len(following.parts))
    starts = list(_starts(following.parts, first))
    for link in following.links:
        _link(pdf, link.page, link.box, link.told, target(pdf, starts[link.part], TOP))
    below = [_bookmark(part, at) for part, at in zip(following.parts, starts, strict=True)]
    append(pdf, Bookmark(following.title, first, TOP, nest(below)))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every page names and the file holds once: memory goes by objects, not by bytes."""

    draw: pikepdf.Object
    resources: pikepdf.Object
    box: pikepdf.Object
    no_border: pikepdf.Object


def _share(pdf: pikepdf.Pdf, furniture: pikepdf.Pdf) -> _Shared:
    page = furniture.pages[0].obj
    return _Shared(
        pdf.make_indirect(pikepdf.Stream(pdf, b"q /Furniture Do Q\n")),
        pdf.copy_foreign(furniture.make_indirect(page.Resources)),
        pdf.make_indirect(Array([*page.MediaBox])),
        pdf.make_indirect(Array([0, 0, 0])),
    )


def _append(
    pdf: pikepdf.Pdf, part: BoundPart, furniture: pikepdf.Pdf, shared: _Shared, first: int
) -> None:
    with pikepdf.open(BytesIO(part.printed.pdf)) as source:
        begin, done = len(pdf.pages), set[Drawn]()
        for one in source.pages:
            _lighten(one.obj)
        pdf.pages.extend(source.pages)
    for at in range(begin, len(pdf.pages)):
        page = pdf.pages[at].obj
        for link in page.get("/Annots", ()):
            link.Border = shared.no_border
        resources = page.Resources
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        _renumber(resources.XObject, part, begin, done)
        below = furniture.pages[at + 1 - first].obj.Contents
        resources.XObject[_FURNITURE] = _furniture(pdf, below, shared)
        page.Contents, page.MediaBox = Array([shared.draw, page.Contents]), shared.box


def _lighten(page: pikepdf.Object) -> None:
    """Take away from a page or a form what says nothing: QPDF keeps each word as an object."""
    for name in ("/Rotate", "/Trans"):
        if name in page:
            del page[name]
    if "/ProcSet" in page.get("/Resources", ()):
        del page.Resources.ProcSet


def _furniture(pdf: pikepdf.Pdf, below: pikepdf.Object, shared: _Shared) -> pikepdf.Object:
    drawn = pikepdf.Stream(pdf, below.read_raw_bytes())
    drawn.Type, drawn.Subtype = Name.XObject, Name.Form
    drawn.BBox, drawn.Resources = shared.box, shared.resources
    if "/Filter" in below:
        drawn.Filter = Array([*below.Filter]) if isinstance(below.Filter, Array) else below.Filter
    return drawn


def _renumber(drawn: pikepdf.Object, part: BoundPart, before: int, done: set[Drawn]) -> None:
    """Let references within a part name the page of the whole; once a form, whoever draws it."""
    for name in sorted(drawn.keys()):
        page = part.printed.places.get(name.removeprefix(_FORM))
        form = drawn[name]
        if page is not None and form.objgen not in done:
            form.write(renumber(form.read_bytes(), page + before))
            _lighten(form)
            done.add(form.objgen)


def renumber(content: bytes, page: int) -> bytes:
    """Return how a form draws another number, ending in the same place."""
    words = f" {page}"
    left = -measure(words, NUMBER.font, NUMBER.size)
    told, count = _DRAWN.subn(rf"\g<1>{left:.4f}\g<2>({words})".encode(), content)
    if count != 1:
        raise AppError("dossier.not_bound", recovery=Recovery.BUG, page=page)
    return told


def _starts(parts: tuple[BoundPart, ...], first: int) -> Iterator[int]:
    for part in parts:
        yield first
        first += part.printed.pages


def _bookmark(part: BoundPart, start: int) -> Bookmark:
    below = [Bookmark(one.words, start + one.page - 1, one.top) for one in part.printed.headings]
    return Bookmark(safe(part.name), start, TOP, nest(below))


def _link(
    pdf: pikepdf.Pdf,
    page: int,
    box: tuple[float, float, float, float],
    words: str,
    leads_to: Array,
) -> None:
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(edge, 2) for edge in box]),
        Border=Array([0, 0, 0]),
        F=_PRINTED,
        Contents=String(safe(words)),
        Dest=leads_to,
    )
    held = pdf.pages[page - 1].obj
    if "/Annots" not in held:
        held.Annots = Array()
    held.Annots.append(pdf.make_indirect(annotation))
