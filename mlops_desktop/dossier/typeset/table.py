"""A table that splits between rows and, where a row is taller than a page, inside it.

About seven times as fast as reportlab's own, and its cells hold text, never markup.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import TypeAlias

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Flowable

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.ink import (
    ACCENT,
    HAIRLINE,
    TINT,
    Align,
    baseline,
    draw_lines,
)
from mlops_desktop.dossier.typeset.lines import Style
from mlops_desktop.dossier.typeset.references import Reference, draw_reference, references
from mlops_desktop.dossier.typeset.rows import (
    CELL,
    CODE,
    HEAD,
    PAD_FIGURE,
    PAD_Y,
    STRONG,
    Layout,
    SetCell,
    SetRow,
    set_cell,
    set_row,
    tops_of,
)
from mlops_desktop.dossier.typeset.tagging import (
    Element,
    TaggedCanvas,
    artifact,
    marked,
    place_table,
)

_BAND = Style(fonts.BOLD, 8, 11.2, ACCENT)
PAD_X = 4.0
#: A row taller than this may be cut between lines; every page has more room.
_TALL = 150.0
#: Names and values that take no more than this stay on one page.
_KEPT = 150.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, how its cells look."""

    title: str
    share: float
    style: Style = CELL
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Band:
    """A row across all columns that names the group of rows below it."""

    words: str


__all__ = ["CELL", "CODE", "PAD_X", "STRONG", "Band", "Column", "Row", "Table"]

Row: TypeAlias = "Sequence[str] | Band"


class Table(Flowable):
    """Rows under titled columns; the titles are repeated on every page."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        titles: bool = True,
        after: float = 10.0,
    ) -> None:
        super().__init__()
        self.columns = columns
        self.rows = rows
        self.titles = titles
        self.spaceAfter = after
        self._layout: Layout | None = None
        self._first, self._last = 0, len(rows)
        self._element = Element("Table")
        self._pages: list[Reference] = []
        #: Two rows that were left over together: they are not parted where the page ends.
        self._is_pair = False

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size it takes in ``width``."""
        layout = self._laid_out(width)
        head = layout.head.height if layout.head else 0.0
        self.width = width
        self.height = head + layout.tops[self._last] - layout.tops[self._first]
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the part that fits and the rest; nothing if the next page is better."""
        layout = self._laid_out(width)
        room = height - (layout.head.height if layout.head else 0.0)
        reach = layout.tops[self._first] + room + 0.01
        fitting = bisect_right(layout.tops, reach, self._first, self._last + 1) - 1
        if fitting >= self._last:
            return [self]
        if self._is_kept(layout) or self._is_pair:
            return []
        if fitting == self._last - 1 and fitting - self._first > 1:
            fitting -= 1  # no row stands alone on the next page
        while fitting > self._first and layout.rows[fitting - 1].is_band:
            fitting -= 1
        if fitting > self._first:
            return [
                self._part(layout, self._first, fitting),
                self._part(layout, fitting, self._last),
            ]
        return self._cut(layout, room)

    def least_height(self, width: float) -> float:
        """Return the height below which no row of it can begin on a page."""
        layout = self._laid_out(width)
        if self._is_kept(layout):
            return layout.tops[self._last]
        head = layout.head.height if layout.head else 0.0
        bands = sum(1 for _ in takewhile(lambda row: row.is_band, layout.rows))
        begun = layout.tops[min(bands + 1, len(layout.rows))]
        return head + min(begun, layout.tops[bands] + _TALL)

    def _is_kept(self, layout: Layout) -> bool:
        whole = layout.tops[self._last] - layout.tops[self._first]
        return not self.titles and whole <= _KEPT

    def _cut(self, layout: Layout, room: float) -> list[Flowable]:
        """Cut the first row between its lines."""
        row = layout.rows[self._first]
        lines = int((room - 2 * PAD_Y) // CELL.leading)
        if row.height < _TALL or lines < 4:
            return []
        above = set_row([SetCell(cell.lines[:lines], cell.style) for cell in row.cells])
        below = set_row([SetCell(cell.lines[lines:], cell.style) for cell in row.cells])
        rest = layout.rows[self._first + 1 : self._last]
        return [self._of(layout, [above]), self._of(layout, [below, *rest])]

    def _of(self, layout: Layout, rows: Sequence[SetRow]) -> "Table":
        own = Layout(layout.width, layout.spans, layout.head, rows, tops_of(rows))
        return self._part(own, 0, len(rows))

    def _part(self, layout: Layout, first: int, last: int) -> "Table":
        part = Table(self.columns, (), titles=self.titles, after=self.spaceAfter)
        part._layout, part._first, part._last = layout, first, last
        rows = layout.rows[first:last] if last - first == 2 else ()
        part._is_pair = len(rows) == 2 and not any(row.height > _TALL for row in rows)
        part._element = self._element
        return part

    def _laid_out(self, width: float) -> Layout:
        if self._layout is None or self._layout.width != width:
            self._layout = self._lay_out(width)
        return self._layout

    def _lay_out(self, width: float) -> Layout:
        spans = tuple(self._spans(width))
        head = None
        if self.titles:
            titles = [column.title for column in self.columns]
            cells = [set_cell(t, HEAD, room) for t, (_, room) in zip(titles, spans, strict=True)]
            head = set_row(cells, HEAD.leading)
        rows = [self._set(row, spans, width) for row in self.rows]
        return Layout(width, spans, head, rows, tops_of(rows))

    def _spans(self, width: float) -> Iterator[tuple[float, float]]:
        """Yield where the text of each column begins and how wide it may be."""
        total = sum(column.share for column in self.columns)
        left = 0.0
        for column in self.columns:
            share = width * column.share / total
            is_inner_figure = column.align is Align.RIGHT and column is not self.columns[-1]
            yield left + PAD_X, share - PAD_X - (PAD_FIGURE if is_inner_figure else PAD_X)
            left += share

    def _set(self, row: Row, spans: Sequence[tuple[float, float]], width: float) -> SetRow:
        if isinstance(row, Band):
            return set_row([set_cell(row.words, _BAND, width - 2 * PAD_X)], is_band=True)
        return set_row(
            [
                set_cell(cell, column.style, room)
                for cell, column, (_, room) in zip(row, self.columns, spans, strict=True)
            ]
        )

    def draw(self) -> None:
        """Draw the rules in one path and the text in one text object."""
        layout = self._laid_out(self.width)
        canvas = self.canv
        rows = layout.rows[self._first : self._last]
        top = self.height - (layout.head.height if layout.head else 0.0)
        with artifact(canvas):
            self._draw_rules(canvas, layout, rows, top)
        text = canvas.beginText()
        self._colour: Color | None = None
        if layout.head:
            self._draw_head(text, layout, layout.head)
        place_table(canvas, self._element)
        for row in rows:
            self._draw_cells(text, layout, row, top, self._row(canvas))
            top -= row.height
        canvas.drawText(text)
        while self._pages:
            draw_reference(canvas, self._pages.pop(0))

    def _row(self, canvas: Canvas) -> Element | None:
        """Return the element of a new row; a canvas that keeps no structure needs none."""
        return self._element.add("TR") if isinstance(canvas, TaggedCanvas) else None

    def _draw_head(self, text: PDFTextObject, layout: Layout, head: SetRow) -> None:
        """Draw the titles: content once, an artifact where they are repeated on a page."""
        if self._element.is_placed:
            with artifact(self.canv, text):
                self._draw_cells(text, layout, head, self.height, None)
        else:
            place_table(self.canv, self._element)
            row = self._row(self.canv)
            self._draw_cells(text, layout, head, self.height, row, scope="Column")

    def _draw_rules(
        self, canvas: Canvas, layout: Layout, rows: Sequence[SetRow], top: float
    ) -> None:
        bottoms = [top - reach for reach in accumulate(row.height for row in rows)]
        canvas.setFillColor(TINT)
        for row, bottom in zip(rows, bottoms, strict=True):
            if row.is_band:
                canvas.rect(0, bottom, layout.width, row.height, stroke=0, fill=1)
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.35)
        drawn = " ".join(f"0 {at:.2f} m {layout.width:.2f} {at:.2f} l" for at in bottoms)
        canvas._code.append(f"n {drawn} S")  # type: ignore[attr-defined]  # noqa: SLF001
        if layout.head:
            canvas.setStrokeColor(ACCENT)
            canvas.setLineWidth(0.8)
            canvas.line(0, top, layout.width, top)

    def _draw_cells(
        self,
        text: PDFTextObject,
        layout: Layout,
        row: SetRow,
        top: float,
        tagged: Element | None,
        scope: str = "",
    ) -> None:
        for cell, column, (left, room) in zip(row.cells, self.columns, layout.spans, strict=False):
            if cell.pages:
                at = (left + room, top - PAD_Y - baseline(cell.style))
                within = (tagged or Element("TR")).add("TD")
                self._pages += references(cell.pages, at, cell.style, within)
                continue
            if cell.style.colour is not self._colour:
                self._colour = cell.style.colour
                text.setFillColor(self._colour)
            align = Align.LEFT if row.is_band else column.align
            corner = (left, top - PAD_Y)
            with self._tag(text, tagged, row, column, scope):
                draw_lines(text, cell.lines, corner, cell.style, width=room, align=align)

    def _tag(
        self,
        text: PDFTextObject,
        tagged: Element | None,
        row: SetRow,
        column: Column,
        scope: str,
    ) -> AbstractContextManager[None]:
        """Mark a cell: a title, the name of its row, the name of a group, or a value."""
        if tagged is None:
            return nullcontext()
        names_row = row.is_band or (column.style is STRONG and column is self.columns[0])
        of = scope or ("Row" if names_row else "")
        span = len(self.columns) if row.is_band else 1
        return marked(self.canv, tagged.add("TH" if of else "TD", scope=of, span=span), text)
