"""Values out of files that promise little: what is not there, or of another kind, is nothing."""

from datetime import UTC, datetime, tzinfo
from typing import Any

MOST_TEXT = 500


def at(value: Any, *path: str) -> Any:
    """Return what stands at a path of keys, None where there is nothing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(value: Any, *path: str) -> str | None:
    """Return a text at a path, shortened; a number or truth as text, None for anything else."""
    found = at(value, *path)
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, (int, float)):
        return str(found)
    if not isinstance(found, str):
        return None
    shown = found.strip()
    return shortened(shown) or None


def shortened(told: str, most: int = MOST_TEXT) -> str:
    """Return a text of at most so many characters."""
    return told if len(told) <= most else f"{told[: most - 1]}…"


def items(value: Any, *path: str) -> list[Any]:
    """Return a list at a path, an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def fields(value: Any, *path: str) -> dict[str, Any]:
    """Return an object at a path, an empty one where there is none; YAML's other keys are left."""
    found = at(value, *path)
    if not isinstance(found, dict):
        return {}
    return {key: part for key, part in found.items() if isinstance(key, str)}


def whole(value: Any, *path: str) -> int | None:
    """Return a whole number at a path, that fits where numbers are kept."""
    found = at(value, *path)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 19:
        return int(found)
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return found if is_number and abs(found) < 10**18 else None


def number(value: Any) -> str | None:
    """Return a number as its shortest text, None for anything else; a truth is no number."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value)[:MOST_TEXT] if is_number else None


def moment(told: Any, zone: tzinfo = UTC) -> datetime | None:
    """Return a time in ISO form, in ``zone`` where it says none; None for no time."""
    if not isinstance(told, str) or len(told) > 64:
        return None
    try:
        found = datetime.fromisoformat(told.strip().replace(" UTC", "+00:00"))
        placed = found if found.tzinfo else found.replace(tzinfo=zone)
        return placed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
