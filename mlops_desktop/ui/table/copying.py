"""Rows on the clipboard as a table: tabs for a spreadsheet, HTML for a letter, no formula in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from mlops_desktop.core.numerals import with_hyphen
from mlops_desktop.ui.table.columns import Cell

if TYPE_CHECKING:
    from mlops_desktop.ui.table.view import RowsView

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+\u2212-]?[\d.,   ]*\d(?:[.,]\d+)?[  ]?%?")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_TEXT = r"mso-number-format:'\@'"
"""What keeps Excel from reading a version 1.10 as a number, or a text as a formula."""


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """Visible columns in their order, their titles above, everything as it is shown."""

    titles: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_text(self) -> str:
        """Return lines with tabs between the cells, the titles first."""
        return "\n".join("\t".join(map(_safe, row)) for row in (self.titles, *self.rows))

    def as_html(self) -> str:
        """Return a table as Excel, LibreOffice and Word paste it."""
        head = "".join(f"<th>{escape(_safe(title))}</th>" for title in self.titles)
        body = "".join(f"<tr>{self._row(row)}</tr>" for row in self.rows)
        return (
            '<meta charset="utf-8"><table border="1" style="border-collapse:collapse">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def as_mime(self) -> QMimeData:
        """Return both forms for the clipboard."""
        data = QMimeData()
        data.setText(self.as_text())
        data.setHtml(self.as_html())
        return data

    def _row(self, row: tuple[str, ...]) -> str:
        return "".join(map(_cell, row, self.numeric))


def _cell(text: str, numeric: bool) -> str:
    if numeric and _NUMBER.fullmatch(text):
        return f'<td align="right">{escape(with_hyphen(text))}</td>'
    style = "" if _DAY.fullmatch(text) else f' style="{_TEXT}"'
    return f"<td{style}>{escape(_safe(text))}</td>"


def _safe(text: str) -> str:
    """Return a cell on one line that no program takes for a formula; a number stays a number."""
    flat = " ".join(re.split(r"[\t\r\n]+", text))
    if _NUMBER.fullmatch(flat):
        return with_hyphen(flat)  # no spreadsheet reads the typeset sign
    is_formula = text.lstrip()[:1] in _SIGNS
    return f"'{flat}" if text.strip() and is_formula else flat


def copy_rows(view: "RowsView") -> None:
    """Put the selected rows on the clipboard, those that were never scrolled to as well."""
    shown = view.giving.meant()
    titles = tuple(str(view.rows.headerData(at, Qt.Orientation.Horizontal)) for at in shown)
    numeric = tuple(view.rows.columns[at].numeric for at in shown)

    def put(lines: Sequence[tuple[Cell, ...]]) -> None:
        rows = tuple(tuple(cells[at].text for at in shown) for cells in lines)
        QGuiApplication.clipboard().setMimeData(CopiedTable(titles, numeric, rows).as_mime())
        view.copied.emit(len(rows))

    positions = view.selected_positions()
    if positions:
        view.rows.gather(positions, put)


def copy_cell(view: "RowsView") -> None:
    """Put the text of the cell a person stands on on the clipboard, as it is shown."""
    index = view.currentIndex()
    if index.isValid():
        QGuiApplication.clipboard().setText(str(index.data() or ""))
        view.copied.emit(0)
