"""CSV: its encoding and its delimiter are found out, its cells stay text."""

import csv
from collections import Counter
from io import StringIO
from itertools import islice

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.tabular.grid import Grid, Line, Remark, remark

MOST_ROWS = 200_000
_MOST_COLUMNS = 500
_LOOKED_AT = 60
GUARDED = frozenset("=+-@\t'")
_DELIMITERS = (";", ",", "\t")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TWICE_ENCODED = ("Ã¤", "Ã¶", "Ã¼", "ÃŸ", "Ã„", "Ã–", "Ãœ")


def read_csv(name: str, content: bytes) -> Grid:
    """Return the lines of a CSV text.

    Raises ``import.encoding_unknown``, ``import.file_damaged`` and ``import.too_many_rows``.
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
    try:
        widths = Counter(map(len, islice(csv.reader(head, delimiter=delimiter), _LOOKED_AT)))
    except csv.Error:
        return 0
    # Title rows are short; what most rows agree on is the table.
    return max(((width - 1) * many for width, many in widths.items()), default=0)


def _unguarded(cell: str) -> str:
    """Return a text without the sign by which spreadsheets are told that it is no formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARDED else cell


def _lines(name: str, text: str, delimiter: str, before: int) -> tuple[Line, ...]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    found: list[Line] = []
    try:
        for number, cells in enumerate(reader, before + 1):
            if number > MOST_ROWS or len(cells) > _MOST_COLUMNS:
                raise AppError("import.too_many_rows", where=name, most=MOST_ROWS)
            found.append(Line(number, tuple(map(_unguarded, cells))))
    except csv.Error as error:
        place = before + reader.line_num
        reason = f"{place}: {error}"
        raise AppError("import.file_damaged", where=f"{name}:{place}", reason=reason) from error
    return tuple(found)
