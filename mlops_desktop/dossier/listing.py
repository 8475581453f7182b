"""A list as it is seen, on paper: A4 on its side, as readable in black and white as in colour.

It is no dossier: nobody sealed it, and it says so on every page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from heapq import nlargest
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
from mlops_desktop.dossier.typeset.landscape import TEXT_WIDTH, ListDocument, ListFurniture
from mlops_desktop.dossier.typeset.lines import Style, measure
from mlops_desktop.dossier.typeset.rows import HEAD, PAD_FIGURE
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.table import CELL, PAD_X, STRONG, Column, Table
from mlops_desktop.dossier.typeset.tagging import TaggedCanvas

MARK = "mlops-desktop list"
_FACT = Style(fonts.REGULAR, 8.5, 12, INK)
_MOST_TAGGED = 5_000
"""Cells are tagged up to so many rows: a larger list would take hundreds of megabytes."""
_ROWS_A_TABLE = 500
_LOOKED_AT, _MEASURED = 2_000, 5
_LETTER, _SPARE = 4.2, 2.0
_WIDEST_WORD, _WIDEST_TEXT = 170.0, 240.0
"""In points: a longer word may break; a longer text takes lines."""


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
    columns = _columns(sheet)
    for start in range(0, max(len(sheet.rows), 1), _ROWS_A_TABLE):
        part = sheet.rows[start : start + _ROWS_A_TABLE]
        story.append(Table(columns, part, titles=True, after=0))
    return story


def _columns(sheet: ListSheet) -> list[Column]:
    """Return columns in which a word fits whole, the rest of the room going to long texts."""
    looks = _looks(sheet, _SHORT_TEXT)
    if sum(look.least for look in looks) > TEXT_WIDTH:
        looks = _looks(sheet, 0)
    left = TEXT_WIDTH - sum(look.least for look in looks)
    wanted = sum(look.wanted - look.least for look in looks)
    more = min(max(left, 0.0) / wanted, 1.0) if wanted else 0.0
    shares = [look.least + (look.wanted - look.least) * more for look in looks]
    return [
        Column(column.title, share, look.style, Align.RIGHT if column.is_numeric else Align.LEFT)
        for column, look, share in zip(sheet.columns, looks, shares, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a column's longest word needs in points, and what its texts want to have."""

    style: Style
    least: float
    wanted: float


#: A date or a number with its unit stays on one line where there is room.
_SHORT_TEXT = 16


def _looks(sheet: ListSheet, short: int) -> list[_Look]:
    return [_look(at, column, sheet.rows, short) for at, column in enumerate(sheet.columns)]


def _look(at: int, column: ListColumn, rows: Sequence[tuple[str, ...]], short: int) -> _Look:
    style, texts = STRONG if at == 0 else CELL, {row[at] for row in rows[:_LOOKED_AT]}
    pad = 2 * PAD_X + (PAD_FIGURE if column.is_numeric else _SPARE)
    words = {word for text in texts for word in text.split()}
    words |= {text for text in texts if len(text) <= short}
    told = max((_width(word, style) for word in _longest(words)), default=0.0)
    title = max((_width(word, HEAD) for word in column.title.split()), default=0.0)
    least = max(min(told, _WIDEST_WORD), title) + pad
    whole = max((_width(text, style) for text in _longest(texts)), default=0.0)
    wanted = max(whole, _width(column.title, HEAD), column.width * _LETTER)
    return _Look(style, least, max(least, min(wanted, _WIDEST_TEXT) + pad))


def _longest(texts: set[str]) -> list[str]:
    return nlargest(_MEASURED, texts, key=len)


def _width(text: str, style: Style) -> float:
    return measure(safe(text), style.font, style.size)


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
