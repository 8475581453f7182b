"""JSON of files: bounded in values and depth, a key twice in one object refused."""

import json
from typing import Any

from mlops_desktop.sources.files.refused import Code, FileRefused

MOST_DEPTH = 64
_MOST_PARTS = 1_500_000


def is_json(raw: bytes) -> bool:
    """Whether this is a whole JSON text."""
    try:
        parse_json(raw)
    except FileRefused:
        return False
    return True


def parse_json(raw: bytes, line: int | None = None) -> Any:
    """Return the value of a JSON text, all of it or of one ``line``; raises FileRefused."""
    if sum(map(raw.count, (b",", b"[", b"{"))) > _MOST_PARTS:
        raise FileRefused(Code.TOO_LARGE, f"{_MOST_PARTS} values", line)
    try:
        value = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise FileRefused(Code.DAMAGED, error.msg, line or error.lineno) from None
    except UnicodeDecodeError:
        raise FileRefused(Code.DAMAGED, "UTF-8", line) from None
    except ValueError as error:
        raise FileRefused(Code.DAMAGED, str(error)[:80], line) from None
    except RecursionError:
        raise FileRefused(Code.TOO_DEEP, "JSON", line) from None
    _refuse_depth(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("key twice in one object")
    return found


def _refuse_depth(value: Any) -> None:
    level = [value]
    for _ in range(MOST_DEPTH):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                inner.extend(part for part in one.values() if isinstance(part, (dict, list)))
            elif isinstance(one, list):
                inner.extend(part for part in one if isinstance(part, (dict, list)))
        if not inner:
            return
        level = inner
    raise FileRefused(Code.TOO_DEEP, "JSON")
