"""An export as an Excel workbook: the rows, and a sheet about them; every text stays text."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.custom_fields import Choice
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.exports.content import About, Cell, Content
from mlops_desktop.services.imports.vocabulary import name_of, word_of
from mlops_desktop.services.wording import read_words

_LONGEST = 32_767
_EXACT = 15
"""Digits that a number keeps in a spreadsheet."""
_WIDE = {"name": 40, "description": 50, "purpose": 50, "limitations": 50, "assumptions": 50}


def write_workbook(content: Content, language: str) -> bytes:
    """Return the rows and the sheet about them; raises ``export.text_too_long``."""
    from openpyxl import Workbook

    _refuse_long(content)  # before openpyxl begins: half a sheet cannot be thrown away quietly
    words = read_words(language)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(words.text("exports.sheet.models"))
    _lay_out(sheet, content)
    sheet.append([_head(sheet, name_of(name, language, content.own)) for name in content.columns])
    for row in content.rows:
        named = zip(content.columns, row, strict=True)
        sheet.append([_cell(sheet, name, cell, language) for name, cell in named])
    about: Any = book.create_sheet(words.text("exports.sheet.about"))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 34, 90
    for name, text in _about(content.about, language):
        about.append([_text(about, name), _text(about, text)])
    return _saved(book)


def _refuse_long(content: Content) -> None:
    for row in content.rows:
        for name, cell in zip(content.columns, row, strict=True):
            if isinstance(cell, str) and len(cell) > _LONGEST:
                raise AppError("export.text_too_long", field=name, most=_LONGEST)


def _saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(sheet: Any, content: Content) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for at, name in enumerate(content.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDE.get(name, 18)
    last = get_column_letter(len(content.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(content.rows) + 1}"


def _head(sheet: Any, text: str) -> Any:
    from openpyxl.styles import Font

    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, name: str, value: Cell, language: str) -> Any:
    if isinstance(value, StrEnum):
        return _text(sheet, word_of(name, value.value, language))
    if isinstance(value, Choice):
        return _text(sheet, value.labels.say(language))
    if isinstance(value, Decimal):
        return value if len(value.as_tuple().digits) <= _EXACT else _text(sheet, f"{value:f}")
    if isinstance(value, date):
        return _day(sheet, value)
    if isinstance(value, str):
        return _text(sheet, value)
    return value


def _day(sheet: Any, value: date) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
    cell.number_format = "yyyy-mm-dd"  # Excel shows it in the form of the reader's country
    return cell


def _text(sheet: Any, text: str) -> Any:
    """Return a cell that is a text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text[:1] in {"=", "+", "-", "@"}:
        cell.quotePrefix = True
    return cell


def _about(about: About, language: str) -> Iterator[tuple[str, str]]:
    words = read_words(language)
    now = words.text("exports.about.now")
    rows = {
        "workspace": about.workspace,
        "person": about.person,
        "at": clock.to_text(about.at),
        "scope": words.text(f"models.scope.{about.scope}"),
        "filter": about.line or "–",
        "as_known": about.as_known.isoformat() if about.as_known else now,
        "as_at": about.as_at.isoformat() if about.as_at else now,
        "ledger": words.text("exports.about.head", size=about.size, root=about.root),
        "rows": str(about.rows),
    }
    yield from ((words.text(f"exports.about.{name}"), text) for name, text in rows.items())
    for spot in about.blind_spots:
        last = clock.to_text(spot.last_good) if spot.last_good else "–"
        key = "reached" if spot.is_reached else "not_reached"
        told = words.text(f"exports.about.{key}", source=spot.source, at=last)
        yield words.text("exports.about.blind_spot"), told
    if not about.blind_spots:
        yield words.text("exports.about.blind_spot"), words.text("exports.about.no_source")
