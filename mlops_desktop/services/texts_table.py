"""A table of texts for a spreadsheet, in the form a language's spreadsheets read."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_GUARDED = frozenset("=+-@\t'\r")
_BOM = "\ufeff"


def write_texts(
    heads: Sequence[str], rows: Iterable[Sequence[str]], language: str, plain: Sequence[int] = ()
) -> str:
    """Return the table as CSV; no cell becomes a formula, those of ``plain`` are numbers."""
    is_german = language == "de"
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if is_german else ",")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([cell if at in plain else _guarded(cell) for at, cell in enumerate(row)])
    return (_BOM if is_german else "") + out.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text[:1] in _GUARDED else text
