"""A dossier about several models: chapters of tables, then what proves them. Not tagged."""

from io import BytesIO
from types import ModuleType

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak

from mlops_desktop.dossier.pages import (
    attachments,
    blind_spots,
    chapter,
    cover,
    document_control,
    glossary,
    ledger,
    press,
    signatures,
    verification,
)
from mlops_desktop.dossier.pages.press import Printed
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.contents import ContentsLine
from mlops_desktop.dossier.typeset.flow import Heading, Space
from mlops_desktop.dossier.typeset.frame import Document

_AFTER: tuple[tuple[str, ModuleType], ...] = (
    ("ledger", ledger),
    ("blind_spots", blind_spots),
    ("attachments", attachments),
    ("signatures", signatures),
    ("glossary", glossary),
    ("verification", verification),
)


def print_pages(sheet: Sheet) -> Printed:
    """Return the pages; they carry no attachment and no form field yet."""
    fonts.register()
    out = BytesIO()
    document = Document(out, press.furniture(sheet, press.title_of(sheet)))
    document.build(_story(sheet), canvasmaker=Canvas)
    return Printed(out.getvalue(), tuple(document.fields), None)


def _story(sheet: Sheet) -> Story:
    sections = _sections(sheet)
    return [*cover.build(sheet), *_contents(sheet, [*sections]), *press.in_order(sheet, sections)]


def _sections(sheet: Sheet) -> dict[str, Story]:
    control = document_control.NAME
    told = [one for one in sheet.facts.chapters if one.name != control]
    return {
        control: document_control.build(sheet),
        **{one.name: chapter.build(sheet, one) for one in told},
        **{name: section.build(sheet) for name, section in _AFTER},
    }


def _contents(sheet: Sheet, names: list[str]) -> Story:
    lines = [
        ContentsLine(str(number), sheet.say(f"section.{name}"), name)
        for number, name in enumerate(names, 1)
    ]
    heading = Heading(sheet.say("contents.title"), 0, "contents")
    return [heading, Space(6), *lines, PageBreak()]
