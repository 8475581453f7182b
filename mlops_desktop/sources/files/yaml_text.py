"""YAML of files: bounded in size, depth and aliases; texts stay texts, 1.10 is no 1.1."""

from typing import Any

import yaml

from mlops_desktop.sources.files.refused import Code, FileRefused

_MOST_BYTES = 1 << 20
_MOST_ALIASES = 100
_MOST_DEPTH = 32
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def parse_yaml(raw: bytes) -> Any:
    """Return the value of a YAML text; raises FileRefused."""
    if len(raw) > _MOST_BYTES:
        raise FileRefused(Code.TOO_LARGE, f"{_MOST_BYTES >> 20} MiB")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        _refuse_bombs(raw, loader)
        # every scalar stays text: no tag makes an object, no number loses its zeros
        value = yaml.load(raw, Loader=loader)  # noqa: S506 - the base loader makes texts alone
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = str(getattr(error, "problem", None) or type(error).__name__)[:80]
        raise FileRefused(Code.DAMAGED, told, mark.line + 1 if mark else None) from None
    except (ValueError, RecursionError) as error:
        raise FileRefused(Code.DAMAGED, type(error).__name__) from None
    return _without_nulls(value, {})


def _without_nulls(value: Any, seen: dict[int, Any]) -> Any:
    """Return the value with YAML's words for nothing as None; what has aliases is walked once."""
    if isinstance(value, str):
        return None if value in _NULLS else value
    if not isinstance(value, (dict, list)):
        return value
    if id(value) not in seen:
        seen[id(value)] = (
            {key: _without_nulls(part, seen) for key, part in value.items()}
            if isinstance(value, dict)
            else [_without_nulls(part, seen) for part in value]
        )
    return seen[id(value)]


def _line_of(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _refuse_bombs(raw: bytes, loader: Any) -> None:
    """Refuse depth, and aliases inside what is itself an anchor: they multiply."""
    depth = anchored = aliases = 0
    for event in yaml.parse(raw, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
            if anchored or aliases > _MOST_ALIASES:
                raise FileRefused(Code.TOO_LARGE, "YAML aliases", _line_of(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            anchored += bool(anchored or event.anchor)
            if depth > _MOST_DEPTH:
                raise FileRefused(Code.TOO_DEEP, "YAML", _line_of(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            anchored -= bool(anchored)
