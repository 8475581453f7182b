"""Tables of a draft: a header row that is repeated and read out, rows that stay whole."""

from collections.abc import Sequence

from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.table import CT_Row
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from mlops_desktop.core.hyphens import with_hyphens
from mlops_desktop.dossier.word.plain import plain

WIDTH = 166.0
_TINT = "E8EDF3"
_LONG = 10
"""In letters: a title's word up to here stands in one piece."""


def add_table(
    document: Docx,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
) -> None:
    """Add rows under titled columns; without titles the first column names the second."""
    table = document.add_table(rows=0, cols=len(shares))
    table.style = "Table Grid"
    table.autofit = False
    if titles:
        row = table.add_row()
        _mark_header(row._tr)  # noqa: SLF001 - python-docx has no way to repeat a row
        for cell, title in zip(row.cells, titles, strict=True):
            _write(cell, title, bold=True, is_title=True)
            _tint(cell)
    for told in rows:
        row = table.add_row()
        _keep_whole(row._tr)  # noqa: SLF001
        for at, (cell, text) in enumerate(zip(row.cells, told, strict=True)):
            _write(cell, text, bold=not titles and at == 0)
    _set_widths(table, shares)
    after = document.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.add_run().font.size = Pt(4)


def broken(title: str) -> str:
    """Return a title whose long words may end a line between two syllables, not anywhere."""
    words = plain(title).split(" ")
    return " ".join(with_hyphens(word) if len(word) > _LONG else word for word in words)


def _write(cell: _Cell, text: str, *, bold: bool, is_title: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(broken(text) if is_title else plain(text))
    run.bold, run.font.size = bold, Pt(8.5)


def _mark_header(row: CT_Row) -> None:
    header = OxmlElement("w:tblHeader")
    row.get_or_add_trPr().append(header)


def _keep_whole(row: CT_Row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _tint(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _TINT)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - nor to shade a cell


def _set_widths(table: Table, shares: Sequence[float]) -> None:
    total = sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(WIDTH * share / total)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(WIDTH * share / total)
