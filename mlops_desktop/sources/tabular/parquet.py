"""Parquet through pyarrow, an extra: only the columns that mean something are unpacked."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.sources.tabular.grid import Grid, Line, Unread, Value
from mlops_desktop.sources.tabular.headings import IsKnown

MAGIC = b"PAR1"
_MOST_ROWS = 200_000
_MOST_COLUMNS = 2_000
_MOST_UNPACKED = 256 * 1024 * 1024
_AT_ONCE = 10_000


def read_parquet(name: str, content: bytes, is_known: IsKnown) -> Grid:
    """Return the known columns as lines, the headings of all of them first.

    Raises ``import.parquet_missing`` where pyarrow is not installed, ``import.file_damaged``,
    ``import.no_headings``, ``import.too_large``, ``import.too_many_rows``.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        raise AppError(
            "import.parquet_missing", where=name, recovery=Recovery.CONFIGURATION
        ) from None
    try:
        file = parquet.ParquetFile(BytesIO(content), memory_map=False)
        wanted = _check(name, file.metadata, list(file.schema_arrow.names), is_known)
        lines = [Line(0, tuple(wanted)), *_lines(file, wanted)]
    except AppError:
        raise
    except Exception as error:  # a hostile file fails anywhere inside the parser
        raise AppError("import.file_damaged", where=name, reason=type(error).__name__) from error
    return Grid(tuple(lines), "parquet")


def _check(name: str, metadata: Any, there: list[str], is_known: IsKnown) -> list[str]:
    """Return the columns to read; sizes are judged before anything is unpacked."""
    if len(there) > _MOST_COLUMNS or metadata.num_columns > _MOST_COLUMNS:
        raise AppError("import.too_large", where=name, most=_MOST_UNPACKED >> 20)
    if metadata.num_rows > _MOST_ROWS:
        raise AppError("import.too_many_rows", where=name, most=_MOST_ROWS)
    wanted = [one for one in there if is_known(one)]
    if not wanted:
        raise AppError("import.no_headings", where=name)
    unpacked = 0
    for group in range(metadata.num_row_groups):
        row = metadata.row_group(group)
        for at in range(row.num_columns):
            column = row.column(at)
            if column.path_in_schema.partition(".")[0] in wanted:
                unpacked += column.total_uncompressed_size
    if unpacked > _MOST_UNPACKED:
        raise AppError("import.too_large", where=name, most=_MOST_UNPACKED >> 20)
    return wanted


def _lines(file: Any, wanted: list[str]) -> Iterator[Line]:
    number = 0
    for batch in file.iter_batches(batch_size=_AT_ONCE, columns=wanted, use_threads=False):
        columns = [batch.column(one).to_pylist() for one in wanted]
        for cells in zip(*columns, strict=True):
            number += 1
            yield Line(number, tuple(map(_value, cells)))


def _value(value: Any) -> Value:
    if value is None or isinstance(value, (str, int, float, datetime, date)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    return Unread("import.cell_nested", type(value).__name__)
