"""The report to the board: two to four pages without a cover, read from the top."""

from io import BytesIO

from reportlab.platypus import CondPageBreak

from mlops_desktop.dossier.content import Chapter, Missing
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.dossier.pages import chapter
from mlops_desktop.dossier.pages.press import Printed, furniture, with_room
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading, Space, Text
from mlops_desktop.dossier.typeset.frame import Document
from mlops_desktop.dossier.typeset.ink import INK, MUTED, SMALL
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.tagging import TaggedCanvas

_BANK = Style(fonts.BOLD, 9, 12, MUTED)
_DAY = Style(fonts.REGULAR, 10, 14, INK)
_DRAFT = Style(fonts.BOLD, 10, 14, INK)
#: What a heading and its sentence need with what follows: a figure under a heading, or rows.
_DEFINITIONS = "board_definitions"
_FIGURE, _ROWS = 205.0, 135.0


def print_pages(sheet: Sheet) -> Printed:
    """Return the pages; a draft has no place for a signature."""
    fonts.register()
    out = BytesIO()
    document = Document(out, furniture(sheet, title_of(sheet)))
    document.pageTemplates = [one for one in document.pageTemplates if one.id == "body"]
    document.build(_story(sheet), canvasmaker=TaggedCanvas)
    return Printed(out.getvalue(), (), document.root)


def title_of(sheet: Sheet) -> str:
    """Return the report's title in its language."""
    return sheet.language.either(sheet.facts.model_name)


def _story(sheet: Sheet) -> Story:
    story: Story = [*_head(sheet)]
    for found in sheet.facts.chapters:
        heading = Heading(sheet.say(f"section.{found.name}"), 1, found.name)
        story.append(CondPageBreak(_room(found)))
        body = _definitions if found.name == _DEFINITIONS else _chapter
        story += with_room([heading, *body(sheet, found)])
    return [*story, *_proof(sheet)]


def _chapter(sheet: Sheet, found: Chapter) -> Story:
    return chapter.build(sheet, found, level=2)


def _definitions(sheet: Sheet, found: Chapter) -> Story:
    """Return every definition in a line of small type: a table would take a page."""
    parts = () if isinstance(found.parts, Missing) else found.parts
    rows = [row for part in parts if part.grid is not None for row in part.grid.rows]
    told = (": ".join(sheet.language.values(cell) for cell in row) for row in rows)
    return [Text(one, SMALL, after=1.5) for one in told]


def _room(found: Chapter) -> float:
    """Return the room that must be left on a page for a chapter to begin there."""
    parts = () if isinstance(found.parts, Missing) else found.parts
    return _FIGURE if parts and parts[0].bars else _ROWS


def _head(sheet: Sheet) -> Story:
    language, as_of = sheet.language, sheet.facts.as_of
    days = sheet.say(
        "board.days", as_at=language.day(as_of.as_at), as_known=language.day(as_of.as_known.date())
    )
    return [
        Text(sheet.document.workspace, _BANK, after=2, most=2),
        Heading(title_of(sheet), 0, "title"),
        Text(days, _DAY, after=2),
        Text(sheet.say("board.draft"), _DRAFT, after=8),
    ]


def _proof(sheet: Sheet) -> Story:
    """Say what the figures rest on, and what they could not know."""
    facts, language = sheet.facts, sheet.language
    head = facts.ledger.checkpoint.head
    told = sheet.say(
        "board.proof",
        size=language.integer(head.size),
        root=head.root[:16],
        content=facts_digest(facts)[:16],
    )
    blind = (
        [
            sheet.say("board.silent", source=source.name)
            for source in facts.blind_spots.sources
            if not source.reached
        ]
        if isinstance(facts.blind_spots.sources, tuple)
        else []
    )
    return [Space(6), Text(" ".join([*blind, told]), SMALL)]
