"""Tables out of files: CSV, Excel, JSON; hostile until parsed, bounded, and nothing is executed."""

from mlops_desktop.sources.tabular.grid import Line, Remark, Table, Unread, Value, letter_of
from mlops_desktop.sources.tabular.reading import MOST_BYTES, Wanted, read_table

__all__ = [
    "MOST_BYTES",
    "Line",
    "Remark",
    "Table",
    "Unread",
    "Value",
    "Wanted",
    "letter_of",
    "read_table",
]
