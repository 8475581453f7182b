"""Rows of a table set for a width: cells in lines, heights, and where each row begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.ink import ACCENT, INK, MUTED
from mlops_desktop.dossier.typeset.lines import Aside, Code, Line, PageOf, Pages, Style, wrap

CELL = Style(fonts.REGULAR, 8, 11.2, INK)
STRONG = Style(fonts.BOLD, 8, 11.2, INK)
HEAD = Style(fonts.BOLD, 7.4, 10.2, ACCENT)
CODE = Style(fonts.MONO, 7, 11.2, INK)
#: Figures end this far before the next column, which begins with words.
PAD_FIGURE = 14.0
_ASIDE = Style(fonts.REGULAR, 8, 11.2, MUTED)
PAD_Y = 3.6


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell set in lines, or the pages it names."""

    lines: tuple[Line, ...]
    style: Style
    pages: tuple[PageOf, ...] = ()


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row set in lines, and its height."""

    cells: tuple[SetCell, ...]
    height: float
    is_band: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All rows set for one width; parts of a split table share it."""

    width: float
    spans: tuple[tuple[float, float], ...]
    head: SetRow | None
    rows: Sequence[SetRow]
    tops: Sequence[float]


def set_cell(words: str, style: Style, room: float) -> SetCell:
    """Return a cell set for ``room`` points: what is missing and what is a code look otherwise."""
    if isinstance(words, Pages):
        return SetCell(wrap(str(words), style, room), style, words.of)
    chosen = _ASIDE if isinstance(words, Aside) else CODE if isinstance(words, Code) else style
    return SetCell(wrap(str(words), chosen, room), chosen)


def set_row(
    cells: Sequence[SetCell], leading: float = CELL.leading, *, is_band: bool = False
) -> SetRow:
    """Return a row as high as its highest cell."""
    lines = max((len(cell.lines) for cell in cells), default=0)
    return SetRow(tuple(cells), lines * leading + 2 * PAD_Y, is_band)


def tops_of(rows: Sequence[SetRow]) -> list[float]:
    """Return how far each row lies below the first, and where the last ends."""
    return list(accumulate((row.height for row in rows), initial=0.0))
