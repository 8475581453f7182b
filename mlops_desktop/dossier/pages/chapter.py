"""A chapter of governance: parts of fields and grids under their headings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from reportlab.platypus import Flowable

from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Kind, Missing, Part, Reason
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.bars import BarFigure
from mlops_desktop.dossier.typeset.breaks import words_of
from mlops_desktop.dossier.typeset.chart import IntervalFigure, chart_rows
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.flowchart import FlowchartFigure
from mlops_desktop.dossier.typeset.frame import TEXT_WIDTH
from mlops_desktop.dossier.typeset.ink import Align, width_of
from mlops_desktop.dossier.typeset.lines import Aside, PageOf, Pages
from mlops_desktop.dossier.typeset.table import CELL, PAD_X, STRONG, Column, Table


def build(sheet: Sheet, chapter: Chapter, level: int = 1) -> Story:
    """Return the parts of a chapter after its opening sentence, under headings of a level."""
    if isinstance(chapter.parts, Missing):
        return [Text(sheet.language.cell(chapter.name, chapter.parts))]
    story: Story = [sheet.lead(f"{chapter.name}.lead")]
    alike = _alike(sheet, chapter.parts)
    for number, part in enumerate(chapter.parts):
        story += print_part(sheet, part, f"{chapter.name}-{number}", level, alike)
    return story


_Shares: TypeAlias = Mapping[tuple[str, ...], list[float]]


def _alike(sheet: Sheet, parts: Sequence[Part]) -> _Shares:
    """Return the widths of columns: tables of a chapter that are alike have the same ones."""
    rows: dict[tuple[str, ...], list[Sequence[str]]] = {}
    for part in parts:
        if part.grid is not None:
            rows.setdefault(part.grid.columns, []).extend(_told(sheet, part.grid))
    return {columns: _shares([_titles(sheet, columns), *told]) for columns, told in rows.items()}


def _titles(sheet: Sheet, columns: tuple[str, ...]) -> list[str]:
    return [sheet.language.term("column", name) for name in columns]


def _told(sheet: Sheet, grid: Grid) -> list[tuple[str, ...]]:
    columns = grid.columns
    named = (zip(columns, row, strict=True) for row in grid.rows)
    return [tuple(_cell(sheet, *one) for one in row) for row in named]


def print_part(
    sheet: Sheet, part: Part, key: str, level: int = 1, alike: _Shares | None = None
) -> Iterator[Flowable]:
    """Yield a part under its heading, which is reached as ``key``."""
    language, label = sheet.language, part.label
    words = language.either(label) if label is not None else language.term("part", part.name)
    if words:
        yield Heading(words, level, key)
    if part.flowchart is not None:
        yield FlowchartFigure(part.flowchart, sheet.language)
    if part.fields:
        yield _fields(sheet, part.fields)
    yield from chart_rows(part.charts, sheet.language)
    for interval in part.intervals:
        yield IntervalFigure(interval, sheet.language)
    for bars in part.bars:
        yield BarFigure(bars, sheet.language)
    if part.grid is not None and not part.grid.rows:
        yield Text(sheet.say("nothing_here"))
    elif part.grid is not None:
        yield _grid(sheet, part.grid, (alike or {}).get(part.grid.columns))


def _fields(sheet: Sheet, fields: tuple[Field, ...]) -> Table:
    columns = (Column("", 0.3, STRONG), Column("", 0.7, CELL))
    rows = [(_name(sheet, field), _cell(sheet, field.name, field.values)) for field in fields]
    return Table(columns, rows, titles=False)


def _name(sheet: Sheet, field: Field) -> str:
    return field.label if field.label is not None else sheet.language.term("field", field.name)


def _grid(sheet: Sheet, grid: Grid, shares: list[float] | None) -> Table:
    titles, rows = _titles(sheet, grid.columns), _told(sheet, grid)
    shares = shares or _shares([titles, *rows])
    columns = [
        Column(title, share, CELL if at else STRONG, _align(rows, at))
        for at, (title, share) in enumerate(zip(titles, shares, strict=True))
    ]
    return Table(columns, rows)


def _cell(sheet: Sheet, name: str, cell: Cell) -> str:
    """Return a cell in words; references to sections as their pages, in the order printed."""
    if isinstance(cell, Missing) or {one.kind for one in cell} != {Kind.PAGE}:
        return sheet.language.cell(name, cell)
    wanted = {one.text for one in cell}
    printed = [name for name in sheet.sections if name in wanted]
    if not printed:
        return Aside(sheet.language.reason(Missing(Reason.LEFT_OUT)))
    return Pages.to(*(_page(sheet, name) for name in printed))


def _page(sheet: Sheet, name: str) -> PageOf:
    return PageOf(name, sheet.say("page_of", section=sheet.say(f"section.{name}")))


def _align(rows: Sequence[Sequence[str]], at: int) -> Align:
    return Align.RIGHT if any(isinstance(row[at], Pages) for row in rows) else Align.LEFT


_LEAST, _MOST = 12, 36
_LONGEST_WORD = 30
_SHORT_LINE = 16
#: Short lines stay whole while columns need no more than this of the width for it.
_ROOMY = 0.85
_PAGE = "0000"


def _shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return which part of the width each column takes: by its longest line, within bounds.

    None takes less than its longest word: where there is room, no word is broken. Where there is
    more, short lines such as a date or a reference stay whole.
    """
    lines = [
        [line for cell in column for line in _measured(cell).splitlines()]
        for column in zip(*rows, strict=True)
    ]
    longest = [max(map(len, column), default=0) for column in lines]
    wanted = [float(min(max(length, _LEAST), _MOST)) for length in longest]
    words = [max(map(_room_of, column), default=_width_of("")) for column in lines]
    whole = [max(map(_room_of_short, column), default=0.0) for column in lines]
    least = [max(pair) for pair in zip(words, whole, strict=True)]
    roomy = least if sum(least) < _ROOMY else words
    return widened([one / sum(wanted) for one in wanted], roomy)


def _measured(cell: str) -> str:
    return _PAGE if isinstance(cell, Pages) else cell


def _room_of(line: str) -> float:
    """Return the part of the width that the longest word takes; digests and paths may break."""
    words = (word for word in words_of(line) if len(word) <= _LONGEST_WORD)
    return max(map(_width_of, words), default=_width_of(""))


def _room_of_short(line: str) -> float:
    return _width_of(line) if len(line) <= _SHORT_LINE else 0.0


def _width_of(told: str) -> float:
    return (width_of(told, STRONG) + 2 * PAD_X + 1) / TEXT_WIDTH


def lowered(least: list[float]) -> list[float]:
    """Return the parts as wide as they need, the widest cut alike so that all fit: only they break.

    The sum of ``least`` is above 1, that of what is returned is 1.
    """
    rest, parts = 1.0, dict[int, float]()
    for place, at in enumerate(sorted(range(len(least)), key=least.__getitem__)):
        parts[at] = min(least[at], rest / (len(least) - place))
        rest -= parts[at]
    return [parts[at] for at in range(len(least))]


def widened(wanted: list[float], least: list[float]) -> list[float]:
    """Return the parts with none below its least, the others giving in proportion."""
    if sum(least) > 1:
        return lowered(least)
    held: set[int] = set()
    while True:
        rest = 1 - sum(least[at] for at in held)
        free = sum(one for at, one in enumerate(wanted) if at not in held)
        parts = [least[at] if at in held else one * rest / free for at, one in enumerate(wanted)]
        short = {at for at, one in enumerate(parts) if one < least[at] and at not in held}
        if not short:
            return parts
        held |= short
