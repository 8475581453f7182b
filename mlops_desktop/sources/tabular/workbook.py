"""Excel workbooks through openpyxl, read only: no formula is worked out, no macro runs."""

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.tabular.grid import Grid, Line, Remark, Unread, Value, plain, remark
from mlops_desktop.sources.tabular.headings import IsKnown

MOST_ROWS = 200_000
_MOST_CELLS = 20_000_000
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_PARTS = 5_000
_MOST_PACKED = 400
_LOOKED_AT = 40
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_FAULTS = frozenset({
    "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#GETTING_DATA",
})  # fmt: skip


def read_workbook(name: str, content: bytes, is_known: IsKnown, sheet: str | None) -> Grid:
    """Return the lines of the sheet named, else of the one with the most known headings.

    A formula gives the value it had when the file was saved. Raises ``import.file_damaged``,
    ``import.sheet_unknown``, ``import.too_large``, ``import.too_many_rows``.
    """
    _check_package(name, content)
    with _opened(name, content, values=True) as book:
        chosen = _choose(name, book, is_known, sheet)
        lines = _lines(name, chosen.iter_rows(values_only=True))
        remarks = _other_sheets(book, chosen)
        title = str(chosen.title)
    formulas = _formulas(name, content, title) if _has_formulas(content) else frozenset()
    lines, used = _without_blind_formulas(lines, formulas)
    if used:
        remarks = (*remarks, remark("formulas", number=used))
    return Grid(lines, "xlsx", sheet=title, remarks=remarks)


def _check_package(name: str, content: bytes) -> None:
    """Refuse a package that unpacks to more than a register can be; declared sizes are kept to."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
    except (BadZipFile, ValueError, OSError) as error:
        raise AppError("import.file_damaged", where=name, reason=str(error)) from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_bomb = unpacked > 1024 * 1024 and unpacked > packed * _MOST_PACKED
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or is_bomb:
        raise AppError("import.too_large", where=name, most=_MOST_UNPACKED // 1024 // 1024)


@contextmanager
def _opened(name: str, content: bytes, *, values: bool) -> Iterator[Any]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that nobody reads here
            book = load_workbook(
                BytesIO(content), read_only=True, data_only=values, keep_links=False
            )
            try:
                yield book
            finally:
                book.close()
    except AppError:
        raise
    except Exception as error:  # a hostile workbook fails anywhere inside the parser
        reason = f"{type(error).__name__}: {error}"[:200]
        raise AppError("import.file_damaged", where=name, reason=reason) from error


def _choose(name: str, book: Any, is_known: IsKnown, wanted: str | None) -> Any:
    for found in book.worksheets:
        found.reset_dimensions()  # the file's own word about its size is not to be relied on
    if wanted is not None:
        for found in book.worksheets:
            if found.title.casefold() == wanted.strip().casefold():
                return found
        known = ", ".join(found.title for found in book.worksheets)
        raise AppError("import.sheet_unknown", where=name, sheet=wanted, known=known)
    visible = [found for found in book.worksheets if found.sheet_state == "visible"]
    if not visible:
        raise AppError("import.no_headings", where=name)
    return max(visible, key=lambda found: _likeness(found, is_known))


def _likeness(sheet: Any, is_known: IsKnown) -> int:
    rows = sheet.iter_rows(values_only=True, max_row=_LOOKED_AT)
    return max(
        (sum(is_known(plain(cell)) for cell in row if isinstance(cell, str)) for row in rows),
        default=0,
    )


def _other_sheets(book: Any, chosen: Any) -> tuple[Remark, ...]:
    others = [found for found in book.worksheets if found is not chosen]
    shown = [found.title for found in others if found.sheet_state == "visible"]
    hidden = [found.title for found in others if found.sheet_state != "visible"]
    told = (("other_sheets", shown), ("hidden_sheets", hidden))
    return tuple(remark(code, sheets=", ".join(names)) for code, names in told if names)


def _lines(name: str, rows: Iterable[tuple[Any, ...]]) -> tuple[Line, ...]:
    found, width = [], 0
    for number, cells in enumerate(rows, 1):
        width += len(cells)
        if number > MOST_ROWS or width > _MOST_CELLS:
            raise AppError("import.too_many_rows", where=name, most=MOST_ROWS)
        found.append(Line(number, tuple(map(_value, cells))))
    return tuple(found)


def _value(value: Any) -> Value:
    kind = type(value)
    if value is None or kind is int or kind is float:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return Unread("import.cell_faulty", value) if value in _FAULTS else value
    if kind is datetime:
        return value.date() if value.time() == time() else value  # type: ignore[no-any-return]
    if isinstance(value, (date, int, float)):
        return value
    return str(value)


def _has_formulas(content: bytes) -> bool:
    with ZipFile(BytesIO(content)) as package:
        sheets = [part for part in package.namelist() if part.startswith("xl/worksheets/")]
        return any(_FORMULA.search(package.read(part)) for part in sheets if part.endswith(".xml"))


def _formulas(name: str, content: bytes, title: str) -> frozenset[tuple[int, int]]:
    """Return row and column of every formula of a sheet."""
    with _opened(name, content, values=False) as book:
        sheet = book[title]
        sheet.reset_dimensions()
        return frozenset(
            (number, place)
            for number, row in enumerate(sheet.iter_rows(), 1)
            for place, cell in enumerate(row)
            if cell.data_type == "f"
        )


def _without_blind_formulas(
    lines: tuple[Line, ...], formulas: frozenset[tuple[int, int]]
) -> tuple[tuple[Line, ...], int]:
    """Mark every formula that the file holds no value for; return how many others there are."""
    by_row: dict[int, set[int]] = {}
    for number, place in formulas:
        by_row.setdefault(number, set()).add(place)
    used, marked = 0, []
    for line in lines:
        places = by_row.get(line.number, set())
        blind = {place for place in places if line.cells[place] is None}
        used += len(places) - len(blind)
        marked.append(_marked(line, blind) if blind else line)
    return tuple(marked), used


def _marked(line: Line, blind: set[int]) -> Line:
    missing = Unread("import.formula_without_value", "=…")
    cells = (missing if at in blind else cell for at, cell in enumerate(line.cells))
    return Line(line.number, tuple(cells))
