"""JSON: an array of flat objects, or a document that has one under ``models``."""

import json
from collections.abc import Iterable
from typing import Any

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.tabular.grid import Grid, Line, Unread, Value

_MOST_ROWS = 200_000


def read_json(name: str, content: bytes) -> Grid:
    """Return the objects as lines under the names of their keys, which make the first line.

    Raises ``import.file_damaged``, ``import.not_rows`` and ``import.too_many_rows``.
    """
    document = _parse(name, content)
    rows = document.get("models") if isinstance(document, dict) else document
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise AppError("import.not_rows", where=name)
    if len(rows) > _MOST_ROWS:
        raise AppError("import.too_many_rows", where=name, most=_MOST_ROWS)
    heads = tuple(dict.fromkeys(key for row in rows for key in row))
    lines = [Line(0, heads)]
    lines += [Line(at, tuple(map(_value, _cells(row, heads)))) for at, row in enumerate(rows, 1)]
    return Grid(tuple(lines), "json", encoding="utf-8")


def _parse(name: str, content: bytes) -> Any:
    try:
        return json.loads(content, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise AppError("import.file_damaged", where=name, reason=str(error)[:200]) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _refuse_constant(literal: str) -> Any:
    raise ValueError(f"{literal} is not JSON")


def _cells(row: dict[str, Any], heads: tuple[str, ...]) -> Iterable[Any]:
    return (row.get(head) for head in heads)


def _value(value: Any) -> Value:
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, list) and all(isinstance(part, (str, int)) for part in value):
        return "; ".join(map(str, value))
    return Unread("import.cell_nested", json.dumps(value, ensure_ascii=False)[:60])
