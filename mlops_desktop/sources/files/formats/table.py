"""CSV, Excel and JSON rows of measurements, by a mapping of columns set for the folder.

Only mapped columns are kept: such tables often carry others. A row that cannot be read refuses
its file, so that no series has holes nobody sees.
"""

import json
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import chain
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.files.cells import read_time, read_value
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.refused import Code, FileRefused
from mlops_desktop.sources.files.values import shortened
from mlops_desktop.sources.observations import ObservedPoints, Stream
from mlops_desktop.sources.tabular import Table, Unread, Wanted, read_table

_STEM = "column."
_SEGMENT = "segment."
_HEAD = 64 * 1024
_NOT_OURS = frozenset({"import.no_headings", "import.no_rows", "import.not_rows"})
_LARGE = frozenset({"import.too_large", "import.too_many_rows"})
_MOST_SERIES = 5_000
Row = dict[str, Any]


def _columns(origin: Origin) -> dict[str, str]:
    """Return the headings by what they mean."""
    settings = origin.connection.settings
    return {
        one.name.removeprefix(_STEM): one.value
        for one in settings
        if one.name.startswith(_STEM) and one.value
    }


def _quoted(heading: str) -> str | None:
    """Return the word that stands for every row: in quotes, it is no heading."""
    is_word = len(heading) > 2 and heading[0] == heading[-1] == '"'
    return heading[1:-1] if is_word else None


def _headings(origin: Origin) -> set[str]:
    return {_folded(one) for one in _columns(origin).values() if _quoted(one) is None}


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _recognises(content: Any, origin: Origin) -> bool:
    columns = _columns(origin)
    if "value" not in columns or "time" not in columns:
        return False
    needed = {_folded(columns[one]) for one in ("value", "time")}
    if not isinstance(content, bytes):
        first = content[0] if isinstance(content, list) and content else None
        return isinstance(first, dict) and needed <= set(map(_folded, map(str, first)))
    if not origin.name.lower().endswith((".xlsx", ".xlsm")) and len(content) > _HEAD:
        content = content[:_HEAD].rpartition(b"\n")[0]
    table = _read(content, origin)
    return table is not None and needed <= set(map(_folded, table.headings))


def _read(content: bytes, origin: Origin) -> Table | None:
    known = _headings(origin)
    wanted = Wanted(sheet=origin.connection.setting("sheet") or None)
    try:
        return read_table(origin.name, content, lambda told: _folded(told) in known, wanted)
    except AppError as error:
        if error.code in _NOT_OURS:
            return None
        is_large = error.code in _LARGE
        raise FileRefused(Code.TOO_LARGE if is_large else Code.DAMAGED, error.code) from error


def _excerpt(content: Any, origin: Origin) -> list[Row]:
    """Return the mapped cells of every row, with its line and the language of its numbers."""
    language = origin.connection.setting("numbers") or None
    if not isinstance(content, bytes):
        lines = ((at, one) for at, one in enumerate(content, 1) if isinstance(one, dict))
        return [_row(at, _by_heading(one.items()), "en", origin) for at, one in lines]
    table = _read(content, origin)
    if table is None:
        return []
    language = language or {";": "de", ",": "en"}.get(table.grid.delimiter)
    heads = tuple(map(_folded, table.headings))
    return [
        _row(line.number, dict(zip(heads, line.cells, strict=False)), language, origin)
        for line in table.lines
    ]


def _by_heading(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    return {_folded(str(name)): value for name, value in pairs}


def _row(line: int, cells: dict[str, Any], language: str | None, origin: Origin) -> Row:
    row: Row = {"line": line, "language": language}
    for name, heading in _columns(origin).items():
        word = _quoted(heading)
        row[name] = word if word is not None else _cell(cells.get(_folded(heading)), line)
    return row


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


Key = tuple[str, str, str, tuple[Pair, ...], str]


def _facts(rows: Any, origin: Origin) -> tuple[FileFact, ...]:
    series: dict[Key, dict[int, float]] = {}
    for row in rows:
        if row.get("value") in (None, ""):
            continue
        at, value = _point(row, origin)
        series.setdefault(_key(row, origin), {})[at] = value
        if len(series) > _MOST_SERIES:
            raise FileRefused(Code.TOO_LARGE, f"{_MOST_SERIES} series", row["line"])
    return tuple(_points(key, points, origin) for key, points in series.items())


def _point(row: Row, origin: Origin) -> tuple[int, float]:
    try:
        at = read_time(str(row["time"]), origin.zone)
        value = read_value(row["value"], row["language"])
    except (ValueError, OverflowError) as error:
        raise FileRefused(Code.UNEXPECTED, str(error)[:40], row["line"]) from None
    return clock.to_milliseconds(at.astimezone(UTC)), value


def _key(row: Row, origin: Origin) -> Key:
    def word(name: str) -> str:
        told = row.get(name)
        return "" if told is None else str(told)

    segments = sorted(name for name in row if name.startswith(_SEGMENT) and word(name))
    labels = tuple(Pair(name.removeprefix(_SEGMENT), word(name)) for name in segments)
    metric = word("metric") or _columns(origin)["value"]
    unit = origin.connection.setting("unit")
    if not unit and isinstance(row["value"], str) and row["value"].endswith("%"):
        unit = "%"
    return metric, word("model"), word("version"), labels, unit


def _points(key: Key, points: dict[int, float], origin: Origin) -> ObservedPoints:
    metric, model, version, segment, unit = key
    times = sorted(points)
    told: Iterator[Pair] = (Pair(n, v) for n, v in (("model", model), ("version", version)) if v)
    id = ",".join(f"{one.name}={one.value}" for one in chain(told, segment))
    # nothing of the file: the next one goes on with the same series
    details = SeriesDetails(
        name=metric,
        subjects=origin.subjects(model or None, version or None),
        labels=(Pair("format", "table"),),
        metric=metric,
        unit=unit or None,
        segment=segment,
    )
    values = array("d", [points[at] for at in times])
    return ObservedPoints(f"{metric}{{{id}}}", details, array("q", times), values)


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
