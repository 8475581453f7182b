"""Writes a paper: title, facts on top, then each chapter under its heading."""

from collections.abc import Sequence

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Chapter, Field, Grid, Missing, Part
from mlops_desktop.dossier.content.paper import Paper
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.chapter import widened
from mlops_desktop.dossier.word.package import describe, save
from mlops_desktop.dossier.word.plain import plain
from mlops_desktop.dossier.word.styles import LEAD, MARK, prepare
from mlops_desktop.dossier.word.tables import WIDTH, add_table, broken

_MOST, _WORD = 40, 24
_BOLD = 1.19
_SIGN, _MARGIN = 1.9 / WIDTH, 4.2 / WIDTH
"""The shares of the width that a sign of a table and the room around a cell take."""


def write(paper: Paper, words: Words) -> bytes:
    """Return the paper as .docx in the language of ``words``; the same facts, the same bytes."""
    document, language = docx.Document(), Language(words)
    prepare(document, language.code)
    title, name = language.say(f"paper.{paper.kind}.title"), language.either(paper.name)
    _furnish(document, paper, language, f"{title} · {paper.number}")
    document.add_paragraph(plain(title), style="Title")
    document.add_paragraph(plain(f"{paper.number} {name}".strip()), style="Subtitle")
    document.add_paragraph(language.say("paper.mark"), style=MARK)
    _add_fields(document, paper.fields, language)
    for number, chapter in enumerate(paper.chapters, 1):
        _add_chapter(document, number, chapter, language)
    document.add_paragraph(language.say("paper.closing"), style=LEAD)
    subject = f"{paper.workspace} {paper.number} {name}"
    describe(document, plain(title), plain(subject), language.code, paper.known)
    return save(document)


def _furnish(document: Docx, paper: Paper, language: Language, title: str) -> None:
    section = document.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        stops = paragraph.paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.style = MARK
    head.add_run(f"{language.say('paper.mark')}\t{plain(paper.classification)}")
    known = language.day(paper.known.date())
    stand = language.say("paper.known", day=known)
    foot.add_run(f"{plain(paper.workspace)} · {plain(title)} · {stand}\t")
    _add_number(foot, "PAGE")
    foot.add_run(" / ")
    _add_number(foot, "NUMPAGES")


def _add_number(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that the word processor fills: the page, or how many there are."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx knows no fields


def _add_chapter(document: Docx, number: int, chapter: Chapter, language: Language) -> None:
    heading = f"{number} {language.say(f'section.{chapter.name}')}"
    document.add_heading(plain(heading), level=1)
    if isinstance(chapter.parts, Missing):
        document.add_paragraph(language.missing(chapter.parts))
        return
    document.add_paragraph(plain(language.say(f"{chapter.name}.lead")), style=LEAD)
    for part in chapter.parts:
        _add_part(document, part, language)


def _add_part(document: Docx, part: Part, language: Language) -> None:
    label = part.label
    words = language.either(label) if label is not None else language.term("part", part.name)
    if words:
        document.add_heading(plain(words), level=2)
    if part.fields:
        _add_fields(document, part.fields, language)
    if part.grid is not None:
        _add_grid(document, part.grid, language)


def _add_fields(document: Docx, fields: tuple[Field, ...], language: Language) -> None:
    rows = [(_name(field, language), language.values(field.values)) for field in fields]
    add_table(document, (), rows, (0.3, 0.7))


def _name(field: Field, language: Language) -> str:
    if field.label is not None:
        return language.either(field.label)
    return language.term("field", field.name)


def _add_grid(document: Docx, grid: Grid, language: Language) -> None:
    if not grid.rows:
        document.add_paragraph(plain(language.say("nothing_here")))
        return
    titles = [language.term("column", name) for name in grid.columns]
    rows = [tuple(language.values(cell) for cell in row) for row in grid.rows]
    add_table(document, titles, rows, _shares([titles, *rows]))


def _head_room(title: str) -> float:
    """Return the room of a title's longest part: it is bold, and a reader's font may be wide."""
    return _BOLD * max(map(len, broken(title).replace(SOFT_HYPHEN, "- ").split()), default=0)


def _shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the width of each column: by its longest line, none below its longest word."""
    columns = [
        [line for cell in column for line in cell.splitlines()]
        for column in zip(*rows[1:], strict=True)
    ] or [[] for _ in rows[0]]
    heads = [_head_room(title) for title in rows[0]]
    longest = [max(map(len, column), default=0) for column in columns]
    wanted = [float(min(max(pair), _MOST)) for pair in zip(longest, heads, strict=True)]
    least = [
        max(
            head,
            *(len(word) for line in column for word in line.split() if len(word) <= _WORD),
            0,
        )
        for head, column in zip(heads, columns, strict=True)
    ]
    needed = [one * _SIGN + _MARGIN for one in least]
    return widened([one / (sum(wanted) or 1) for one in wanted], needed)
