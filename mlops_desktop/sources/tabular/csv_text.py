"""CSV: its encoding and its delimiter are found out, its cells stay text."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import StringIO
from itertools import islice

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.tabular.grid import Grid, Line, Remark, remark

MOST_ROWS = 200_000
_MOST_COLUMNS = 500
_LOOKED_AT = 60
_NARROW = 2
"""Prose of several lines with a comma in each looks like rows of so many cells."""
GUARDED = frozenset("=+-@\t'")
_DELIMITERS = (";", ",", "\t")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TWICE_ENCODED = ("Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã„", "Ã–", "Ãœ")


def read_csv(name: str, content: bytes) -> Grid:
    """Return the lines of a CSV text.

    Raises ``import.encoding_unknown``, ``import.file_damaged``, ``import.quote_inside``,
    ``import.quote_open``, ``import.rows_joined`` and ``import.too_many_rows``.
    """
    text, encoding = _decode(name, content)
    if text.startswith("sep=") and "\n" in text:
        first, text = text.split("\n", 1)
        delimiter, before = first.strip()[4:5] or ";", 1
    else:
        delimiter, before = _find_delimiter(text), 0
    lines = _lines(name, text, delimiter, before)
    return Grid(
        lines, "csv", encoding=encoding, delimiter=delimiter, remarks=_remarks(text, encoding)
    )


def _decode(name: str, content: bytes) -> tuple[str, str]:
    """Return the text and its encoding: as marked, else UTF-8, else what German Windows writes."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise AppError("import.encoding_unknown", where=name)


def _remarks(text: str, encoding: str) -> tuple[Remark, ...]:
    found = [remark("windows_1252")] if encoding == "cp1252" and not text.isascii() else []
    spoilt = sum(text.count(mark) for mark in _TWICE_ENCODED)
    if spoilt:
        found.append(remark("twice_encoded", number=spoilt))
    return tuple(found)


def _find_delimiter(text: str) -> str:
    """Return the delimiter that cuts most of the first lines into equally many cells."""
    return max(_DELIMITERS, key=lambda one: _evenness(text, one))


def _evenness(text: str, delimiter: str) -> int:
    head = StringIO(text[: 256 * 1024], newline="")
    widths: Counter[int] = Counter()
    with suppress(csv.Error):  # what stands before a mark that is never closed tells enough
        widths.update(map(len, islice(csv.reader(head, delimiter=delimiter), _LOOKED_AT)))
    # Title rows are short; what most rows agree on is the table.
    return max(((width - 1) * many for width, many in widths.items()), default=0)


def _unguarded(cell: str) -> str:
    """Return a text without the sign by which spreadsheets are told that it is no formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARDED else cell


def _lines(name: str, text: str, delimiter: str, before: int) -> tuple[Line, ...]:
    lines = list(StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    found: list[Line] = []
    widths: Counter[int] = Counter()
    start = 0
    try:
        for number, cells in enumerate(reader, before + 1):
            if number > MOST_ROWS or len(cells) > _MOST_COLUMNS:
                raise AppError("import.too_many_rows", where=name, most=MOST_ROWS)
            taken, start = lines[start : reader.line_num], reader.line_num
            if len(taken) > 1 and _is_joined(taken, len(cells), delimiter, widths):
                place, many = f"{name}:{number}", len(taken)
                raise AppError("import.rows_joined", where=place, row=number, lines=many)
            widths[len(cells)] += 1
            found.append(Line(number, tuple(map(_unguarded, cells))))
    except csv.Error as error:
        row = before + len(found) + 1
        raise _fault(name, row, (before + start, before + reader.line_num), error) from error
    return tuple(found)


def _is_joined(lines: Sequence[str], width: int, delimiter: str, widths: Mapping[int, int]) -> bool:
    """Tell whether a pair of stray marks made one row of several.

    Then the row is shorter than most, or each of its lines is as wide as they are.
    """
    usual = max(widths, key=widths.__getitem__, default=0)
    if width < usual:
        return True
    alone = {len(cells) for cells in csv.reader(lines[1:], delimiter=delimiter)}
    return usual > _NARROW and alone == {usual} and lines[0].count(delimiter) >= usual - 1


def _fault(name: str, row: int, lines: tuple[int, int], error: csv.Error) -> AppError:
    """Return what is wrong with a row; ``lines`` are the last one before it and its last."""
    (before, last), place = lines, f"{name}:{row}"
    told = str(error)
    if "end of data" in told or ("field limit" in told and last - before > 1):
        return AppError("import.quote_open", where=place, row=row)
    if "expected after" in told:
        return AppError("import.quote_inside", where=place, row=row, line=last)
    if "field limit" in told:
        return AppError("import.cell_too_long", where=place, row=row, most=csv.field_size_limit())
    return AppError("import.file_damaged", where=f"{name}:{last}", reason=f"{last}: {error}")
