"""Reads a table by the ending of its file's name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TypeAlias

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.tabular.csv_text import read_csv
from mlops_desktop.sources.tabular.grid import Grid, Table
from mlops_desktop.sources.tabular.headings import IsKnown, find_table
from mlops_desktop.sources.tabular.json_rows import read_json
from mlops_desktop.sources.tabular.parquet import MAGIC, read_parquet
from mlops_desktop.sources.tabular.workbook import read_workbook

MOST_BYTES = 64 * 1024 * 1024
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_WORKBOOK = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person said about the file: its sheet, the row of its headings, or headings."""

    sheet: str | None = None
    heading_row: int | None = None
    headings: tuple[str, ...] = ()
    """Stand in for a heading line where the first line is none."""


def read_table(name: str, content: bytes, is_known: IsKnown, wanted: Wanted) -> Table:
    """Return the rows of a file; ``is_known`` tells a heading that means something from a cell.

    Raises ``import.form_unknown``, ``import.too_large``, ``import.old_workbook``,
    ``import.file_damaged``, ``import.encoding_unknown``, ``import.sheet_unknown``,
    ``import.no_headings``, ``import.no_rows``, ``import.too_many_rows``, for CSV
    ``import.quote_inside``, ``import.quote_open``, ``import.rows_joined``, and for Parquet
    ``import.parquet_missing``.
    """
    if len(content) > MOST_BYTES:
        raise AppError("import.too_large", where=name, most=MOST_BYTES // 1024 // 1024)
    grid = _reader(name, content)(name, content, is_known, wanted)
    return find_table(grid, is_known, wanted.heading_row, wanted.headings)


Reader: TypeAlias = Callable[[str, bytes, IsKnown, Wanted], Grid]


def _reader(name: str, content: bytes) -> Reader:
    ending = PurePath(name).suffix.lower()
    if content.startswith(_OLD_WORKBOOK):
        raise AppError("import.old_workbook", where=name)
    if ending not in _READERS:
        known = ", ".join(_READERS)
        raise AppError("import.form_unknown", where=name, ending=ending or "–", known=known)
    is_as_named = content.startswith(_WORKBOOK) is (ending in _ZIPPED)
    if not is_as_named or content.startswith(MAGIC) is not (ending in _PARQUET):
        raise AppError("import.file_damaged", where=name, reason=f"{ending}?")
    return _READERS[ending]


_ZIPPED = (".xlsx", ".xlsm")
_PARQUET = (".parquet", ".pq")
_READERS: dict[str, Reader] = {
    ".csv": lambda name, content, *_: read_csv(name, content),
    ".tsv": lambda name, content, *_: read_csv(name, content),
    ".txt": lambda name, content, *_: read_csv(name, content),
    ".json": lambda name, content, *_: read_json(name, content),
    ".parquet": lambda name, content, known, _: read_parquet(name, content, known),
    ".pq": lambda name, content, known, _: read_parquet(name, content, known),
    ".xlsx": lambda name, content, known, wanted: read_workbook(name, content, known, wanted.sheet),
    ".xlsm": lambda name, content, known, wanted: read_workbook(name, content, known, wanted.sheet),
}
