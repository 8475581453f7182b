"""A dossier about several models: chapters of tables, what proves them, then each part's pages.

It is not tagged: thousands of pages have some hundred thousand cells.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak

from mlops_desktop.dossier.bundle.shapes import BoundPart, Following, PartLink
from mlops_desktop.dossier.pages import cover, document_control, press
from mlops_desktop.dossier.pages.press import Printed
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.contents import ContentsLine, PartLine
from mlops_desktop.dossier.typeset.flow import Heading, Space
from mlops_desktop.dossier.typeset.frame import Document
from mlops_desktop.dossier.typeset.part import furnish

_AFTER = ("ledger", "blind_spots", "attachments", "signatures", "glossary", "verification")


def print_pages(sheet: Sheet, parts: Sequence[BoundPart] = ()) -> Printed:
    """Return the pages; they carry no attachment and no form field yet."""
    fonts.register()
    out = BytesIO()
    document = Document(out, press.furniture(sheet, press.title_of(sheet)))
    document.following = sum(part.printed.pages for part in parts)
    document.later = dict(_later(parts))
    lines = [PartLine("", part.name, _key(at)) for at, part in enumerate(parts)]
    document.build(_story(sheet, lines), canvasmaker=Canvas)
    following = _following(sheet, document, parts, lines) if parts else None
    return Printed(out.getvalue(), tuple(document.fields), None, following)


def _story(sheet: Sheet, lines: Sequence[PartLine]) -> Story:
    told = [one.name for one in sheet.facts.chapters if one.name != document_control.NAME]
    names = [document_control.NAME, *told, *_AFTER]
    front = press.in_order(sheet, press.build(sheet, names))
    return [*cover.build(sheet), *_contents(sheet, names, lines), *front]


def _contents(sheet: Sheet, names: list[str], parts: Sequence[PartLine]) -> Story:
    lines = [
        ContentsLine(str(number), sheet.say(f"section.{name}"), name)
        for number, name in enumerate(names, 1)
    ]
    story: Story = [Heading(sheet.say("contents.title"), 0, "contents"), Space(6), *lines]
    if parts:
        title = Heading(sheet.say("contents.parts"), 1, "contents-parts", outline=False)
        story += [title, *parts]
    return [*story, PageBreak()]


def _later(parts: Sequence[BoundPart]) -> Iterator[tuple[str, int]]:
    pages = 0
    for at, part in enumerate(parts):
        yield _key(at), pages
        pages += part.printed.pages


def _key(at: int) -> str:
    return f"part-{at}"


def _following(
    sheet: Sheet, document: Document, parts: Sequence[BoundPart], lines: Sequence[PartLine]
) -> Following:
    first, pages = document.page + 1, document.following
    furniture = furnish(document.furniture, first, pages, first - 1 + pages)
    links = [PartLink(line.page, line.box, line.words, at) for at, line in enumerate(lines)]
    return Following(sheet.say("contents.parts"), tuple(parts), furniture, tuple(links))
