"""A list as it is seen, on paper: A4 on its side, as readable in black and white as in colour.

It is no dossier: nobody sealed it, and it says so on every page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.archive import Description, archive
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.press import Printed
from mlops_desktop.dossier.pages.sheet import Story
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import INK, Align
from mlops_desktop.dossier.typeset.landscape import ListDocument, ListFurniture
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table
from mlops_desktop.dossier.typeset.tagging import TaggedCanvas

MARK = "mlops-desktop list"
_FACT = Style(fonts.REGULAR, 8.5, 12, INK)
_NARROWEST = 6
_MOST_TAGGED = 5_000
"""Cells are tagged up to so many rows: a larger list would take hundreds of megabytes."""
_ROWS_A_TABLE = 500
_LOOKED_AT, _LONGEST_WORD, _LONGEST_TEXT = 200, 26, 40


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A visible column: its title, its width in characters, whether figures stand in it."""

    title: str
    width: int
    is_numeric: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list as it is seen: its columns in order, every row that fits, and what it was asked."""

    id: str
    title: str
    workspace: str
    person: str
    printed_at: datetime
    as_of: str
    filter: str
    order: str
    columns: tuple[ListColumn, ...]
    rows: Sequence[tuple[str, ...]]
    generator: str


def print_sheet(sheet: ListSheet, words: Words) -> bytes:
    """Return the list as a PDF in the language of ``words``: PDF/A-3a, a very long one PDF/A-3b."""
    fonts.register()
    language, out = Language(words), BytesIO()
    document = ListDocument(out, _furniture(sheet, language))
    is_tagged = len(sheet.rows) <= _MOST_TAGGED
    document.build(_story(sheet, language), canvasmaker=TaggedCanvas if is_tagged else Canvas)
    printed = Printed(out.getvalue(), (), document.root)
    return archive(printed, (), _describe(sheet, language))


def _story(sheet: ListSheet, language: Language) -> Story:
    number = language.words.text(
        f"list_prints.rows.{'one' if len(sheet.rows) == 1 else 'other'}",
        n=language.integer(len(sheet.rows)),
    )
    facts = [_filter(sheet, language), sheet.order, sheet.as_of, number]
    story: Story = [Heading(sheet.title, 0, "list")]
    story += [Text(fact, _FACT, after=1) for fact in facts if fact]
    story.append(Text(language.words.text("list_prints.unsealed"), _FACT, after=8))
    columns = [_column(at, column, sheet.rows) for at, column in enumerate(sheet.columns)]
    for start in range(0, max(len(sheet.rows), 1), _ROWS_A_TABLE):
        part = sheet.rows[start : start + _ROWS_A_TABLE]
        story.append(Table(columns, part, titles=True, after=0))
    return story


def _column(at: int, column: ListColumn, rows: Sequence[tuple[str, ...]]) -> Column:
    """Return a column as wide as it is seen, or wider for long texts and for whole words."""
    align = Align.RIGHT if column.is_numeric else Align.LEFT
    said = (column.title, *(row[at] for row in rows[:_LOOKED_AT]))
    longest = max(len(word) for words in said for word in (words.split() or [""]))
    usual = min(max(map(len, said)), _LONGEST_TEXT)
    share = max(column.width, usual, _NARROWEST, min(longest + 2, _LONGEST_WORD))
    return Column(column.title, share, STRONG if at == 0 else CELL, align)


def _filter(sheet: ListSheet, language: Language) -> str:
    key = "filter" if sheet.filter else "no_filter"
    return language.words.text(f"list_prints.{key}", filter=sheet.filter)


def _furniture(sheet: ListSheet, language: Language) -> ListFurniture:
    say = language.words.text
    printed = say("list_prints.printed", at=language.moment(sheet.printed_at), person=sheet.person)
    return ListFurniture(
        sheet.title,
        sheet.workspace,
        _filter(sheet, language),
        f"{sheet.as_of} · {printed}",
        say("list_prints.unsealed"),
        say("list_prints.page"),
    )


def _describe(sheet: ListSheet, language: Language) -> Description:
    told = "\n".join("\t".join(row) for row in sheet.rows)
    return Description(
        id=sheet.id,
        title=safe(sheet.title),
        author=safe(sheet.person),
        subject=safe(sheet.as_of),
        language=language.code,
        created_at=sheet.printed_at,
        generator=sheet.generator,
        facts_digest=sha256(told.encode("utf-8")).hexdigest(),
        mark=MARK,
    )
