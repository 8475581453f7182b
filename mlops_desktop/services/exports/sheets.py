"""Plain sheets of texts under heads, as CSV and Excel; no cell becomes a formula."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

_GUARDED = frozenset("=+-@\t'\r")
_Rows = Sequence[Sequence[str]]


def csv_rows(heads: Sequence[str], rows: _Rows, language: str) -> bytes:
    """Return rows as CSV: in German with semicolons and a mark for Excel."""
    out, is_german = StringIO(newline=""), language == "de"
    writer = csv.writer(out, delimiter=";" if is_german else ",")
    for row in (heads, *rows):
        writer.writerow([f"'{cell}" if cell[:1] in _GUARDED else cell for cell in row])
    return out.getvalue().encode("utf-8-sig" if is_german else "utf-8")


def book_rows(title: str, heads: Sequence[str], rows: _Rows, widths: Sequence[int]) -> bytes:
    """Return rows as an Excel workbook of one sheet, a width a column."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book, out = Workbook(write_only=True), BytesIO()
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_text(sheet, head, is_head=True) for head in heads])
    for row in rows:
        sheet.append([_text(sheet, cell) for cell in row])
    book.save(out)
    return out.getvalue()


def _text(sheet: Any, text: str, *, is_head: bool = False) -> Any:
    """Return a cell that is a text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in _GUARDED
    cell.font, cell.alignment = Font(bold=is_head), Alignment(wrap_text=True, vertical="top")
    return cell
