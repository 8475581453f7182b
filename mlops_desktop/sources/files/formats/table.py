"""CSV, Excel, Parquet and JSON rows of measurements, by a mapping of columns set for the folder.

Only mapped columns are kept: such tables often carry others. A row that cannot be read refuses
its file, so that no series has holes nobody sees.
"""

import json
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.refused import Code, FileRefused
from mlops_desktop.sources.files.values import shortened
from mlops_desktop.sources.observations import Stream
from mlops_desktop.sources.tabular import Table, Unread, Wanted, read_table
from mlops_desktop.sources.tabular.mapping import Columns, Row, RowRefused, by_heading, folded
from mlops_desktop.sources.tabular.points import MOST_SERIES, Frame, ManySeries, points_of

_STEM = "column."
_HEAD = 64 * 1024
_PACKED = (".xlsx", ".xlsm", ".parquet", ".pq")
_NOT_OURS = frozenset({"import.no_headings", "import.no_rows", "import.not_rows"})
_LARGE = frozenset({"import.too_large", "import.too_many_rows"})


def _columns(origin: Origin) -> Columns:
    told = ((one.name, one.value) for one in origin.connection.settings if one.value)
    return Columns({n.removeprefix(_STEM): v for n, v in told if n.startswith(_STEM)})


def _recognises(content: Any, origin: Origin) -> bool:
    columns = _columns(origin).by_meaning
    if "value" not in columns or "time" not in columns:
        return False
    needed = {folded(columns[one]) for one in ("value", "time")}
    if not isinstance(content, bytes):
        first = content[0] if isinstance(content, list) and content else None
        return isinstance(first, dict) and needed <= set(map(folded, map(str, first)))
    table = _read_head(content, origin)
    return table is not None and needed <= set(map(folded, table.headings))


def _read_head(content: bytes, origin: Origin) -> Table | None:
    if not origin.name.lower().endswith(_PACKED) and len(content) > _HEAD:
        with suppress(FileRefused):  # a cell of several lines may be cut
            return _read(content[:_HEAD].rpartition(b"\n")[0], origin)
    return _read(content, origin)


def _read(content: bytes, origin: Origin) -> Table | None:
    known = set(map(folded, _columns(origin).headings))
    wanted = Wanted(sheet=origin.connection.setting("sheet") or None)
    try:
        return read_table(origin.name, content, lambda told: folded(told) in known, wanted)
    except AppError as error:
        if error.code in _NOT_OURS:
            return None
        if error.code == Code.NEEDS_PYARROW:
            raise FileRefused(Code.NEEDS_PYARROW) from error
        is_large = error.code in _LARGE
        raise FileRefused(Code.TOO_LARGE if is_large else Code.DAMAGED, error.code) from error


def _excerpt(content: Any, origin: Origin) -> list[Row]:
    """Return the mapped cells of every row, with its line and the language of its numbers."""
    columns, language = _columns(origin), origin.connection.setting("numbers") or None
    if not isinstance(content, bytes):
        lines = ((at, one) for at, one in enumerate(content, 1) if isinstance(one, dict))
        return [_row(at, by_heading(one.items()), "en", columns) for at, one in lines]
    table = _read(content, origin)
    if table is None:
        return []
    language = language or {";": "de", ",": "en"}.get(table.grid.delimiter)
    heads = tuple(map(folded, table.headings))
    return [
        _row(line.number, dict(zip(heads, line.cells, strict=False)), language, columns)
        for line in table.lines
    ]


def _row(line: int, cells: dict[str, Any], language: str | None, columns: Columns) -> Row:
    taken = columns.take(cells)
    return {
        "line": line,
        "language": language,
        **{name: _cell(one, line) for name, one in taken.items()},
    }


def _cell(value: Any, line: int) -> str | int | float | None:
    if isinstance(value, Unread):
        raise FileRefused(Code.UNEXPECTED, value.code, line)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return datetime.combine(value, time()).isoformat()
    if value is None or isinstance(value, (int, float)):
        return value
    return shortened(value.strip()) if isinstance(value, str) else None


def _facts(rows: Any, origin: Origin) -> tuple[FileFact, ...]:
    frame = Frame(
        origin.zone,
        origin.subjects,
        _columns(origin).by_meaning["value"],
        origin.connection.setting("unit"),
        (Pair("format", "table"),),
    )
    try:
        return points_of(rows, frame)
    except RowRefused as error:
        raise FileRefused(Code.UNEXPECTED, error.detail, error.line) from None
    except ManySeries:
        raise FileRefused(Code.TOO_LARGE, f"{MOST_SERIES} series") from None


def _dump(rows: Any) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=True).encode() + b"\n" for one in rows)


FORMAT = Format(
    "table",
    (Form.TABLE, Form.JSON, Form.LINES),
    (Stream.METRICS,),
    _recognises,
    _facts,
    excerpt=_excerpt,
    dump=_dump,
)
