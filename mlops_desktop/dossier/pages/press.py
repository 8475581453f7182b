"""All sections in their order, printed to one PDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from types import ModuleType

from reportlab.platypus import CondPageBreak, Flowable

from mlops_desktop.dossier.bundle.shapes import Following
from mlops_desktop.dossier.pages import (
    approvals,
    attachments,
    blind_spots,
    chapter,
    cover,
    datasets,
    deployments,
    document_control,
    glossary,
    inventory,
    ledger,
    metrics,
    overview,
    signatures,
    summary,
    verification,
    versions,
)
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.chart import ChartRow, IntervalFigure
from mlops_desktop.dossier.typeset.flow import Heading, Place, Text
from mlops_desktop.dossier.typeset.flowchart import FlowchartFigure
from mlops_desktop.dossier.typeset.frame import (
    BOTTOM,
    TEXT_WIDTH,
    TOP,
    Document,
    Field,
    Furniture,
)
from mlops_desktop.dossier.typeset.table import Table
from mlops_desktop.dossier.typeset.tagging import Element, TaggedCanvas

#: Name of the section (``dossier.section.*``) and who prints it; all others are chapters.
PRINTERS: dict[str, ModuleType] = {
    "inventory": inventory,
    "versions": versions,
    "deployments": deployments,
    "datasets": datasets,
    "metrics": metrics,
    "approvals": approvals,
    "ledger": ledger,
    "blind_spots": blind_spots,
    "attachments": attachments,
    "signatures": signatures,
    "glossary": glossary,
    "verification": verification,
    document_control.NAME: document_control,
}
#: Points that must be left on the page for a heading of each level and what follows it.
_ROOM = (190, 120, 80)
_PAGE = TOP - BOTTOM


@dataclass(frozen=True, slots=True)
class Printed:
    """Pages as a PDF that is not yet archival, where signatures are to stand, and its structure.

    Pages without tags have none.
    """

    pdf: bytes
    fields: tuple[Field, ...]
    structure: Element | None
    following: Following | None = None
    """What is bound behind these pages."""


def print_pages(sheet: Sheet) -> Printed:
    """Return the pages; they carry no attachment and no form field yet."""
    fonts.register()
    out = BytesIO()
    document = Document(out, furniture(sheet, title_of(sheet)))
    document.build(_story(sheet), canvasmaker=TaggedCanvas)
    return Printed(out.getvalue(), tuple(document.fields), document.root)


def _story(sheet: Sheet) -> Story:
    sections = build(sheet, sheet.sections)
    story = [*cover.build(sheet), *with_room(overview.build(sheet, [*sections]))]
    return [*story, *in_order(sheet, sections)]


def in_order(sheet: Sheet, sections: Mapping[str, Story]) -> Story:
    """Return sections one after the other, each under its numbered heading."""
    story: Story = []
    for number, (name, section) in enumerate(sections.items(), 1):
        story += with_room([_heading(sheet, number, name), *section])
    return story


def build(sheet: Sheet, names: Iterable[str]) -> dict[str, Story]:
    """Return the sections called so, each as it is printed below its heading."""
    chapters = {found.name: found for found in sheet.facts.chapters}
    built: dict[str, Story] = {}
    for name in names:
        if name in PRINTERS:
            built[name] = PRINTERS[name].build(sheet)
        else:
            printer = summary if name == summary.NAME else chapter
            built[name] = printer.build(sheet, chapters[name])
    return built


_FIGURES = (FlowchartFigure, ChartRow, IntervalFigure, Place)
_SHORT = 80.0
#: Fields of no more than this height stand on the page on which the table after them begins.
_FEW = 110.0


def with_room(story: Story) -> Story:
    """Begin a page where too little room is left below a heading."""
    roomy: Story = []
    for at, flowable in enumerate(story):
        if isinstance(flowable, Heading):
            roomy.append(CondPageBreak(_room(flowable, story[at + 1 : at + 5])))
        roomy.append(flowable)
    return roomy


def _room(heading: Heading, below: Story) -> float:
    """Return what a heading takes with what must follow it: down to the first row or figure."""
    held, kept = heading.height_in(TEXT_WIDTH), 0.0
    for flowable, after in zip_longest(below, below[1:]):
        if isinstance(flowable, Heading) and flowable.level <= heading.level:
            break
        if isinstance(flowable, Heading):
            kept = held + _ROOM[flowable.level]  # what it asks for itself
        leads_on = _leads_on(flowable, after)
        least = _least_of(flowable)
        held += min(least, _SHORT) if isinstance(flowable, Text) and not leads_on else least
        kept = max(held, kept) if held <= _PAGE else kept
        if not leads_on:
            break
        held += 0.0 if isinstance(flowable, Heading) else float(flowable.getSpaceAfter())
    return max(float(_ROOM[heading.level]), kept)


def _least_of(flowable: Flowable) -> float:
    """Return the height below which nothing of it can begin on a page."""
    if isinstance(flowable, Heading):
        return flowable.height_in(TEXT_WIDTH)
    if isinstance(flowable, Table):
        return flowable.least_height(TEXT_WIDTH)
    if isinstance(flowable, (Text, *_FIGURES)):
        return flowable.wrap(TEXT_WIDTH, 0)[1]
    return 0.0


def _leads_on(flowable: Flowable, after: Flowable | None) -> bool:
    """Tell whether it means nothing without what follows: a heading, a sentence, a few fields."""
    if isinstance(flowable, Heading):
        return True
    if isinstance(flowable, Text):
        return isinstance(after, (Heading, Table, *_FIGURES))
    if isinstance(flowable, Table) and not flowable.titles and isinstance(after, Table):
        return flowable.least_height(TEXT_WIDTH) <= _FEW
    return False


def _heading(sheet: Sheet, number: int, name: str) -> Heading:
    title = sheet.say(f"section.{name}")
    return Heading(sheet.say("section_heading", number=number, title=title), 0, name)


def title_of(sheet: Sheet) -> str:
    """Return what the dossier is called in its header and in its metadata."""
    facts, scope = sheet.facts, sheet.document.scope
    name = sheet.language.either(facts.model_name)
    return sheet.say(f"furniture.title_of.{scope}", id=facts.model_id, name=name)


def furniture(sheet: Sheet, title: str) -> Furniture:
    """Return what stands on every page of a dossier called ``title``."""
    document, facts, language = sheet.document, sheet.facts, sheet.language
    return Furniture(
        title=title,
        classification=document.classification,
        document=sheet.say("furniture.document", id=document.id),
        as_of=sheet.say(
            "furniture.as_of",
            as_at=language.day(facts.as_of.as_at),
            as_known=language.day(facts.as_of.as_known.date()),
        ),
        page=sheet.say("furniture.page"),
        seal=sheet.say("cover.draft" if document.is_draft else "cover.seal"),
        watermark=sheet.say("watermark") if document.is_draft else "",
    )
