"""Answers in the documented form of services that cannot be run here, cut into pages."""

import json
from pathlib import Path
from typing import Any

from tests.sources.hostile_server import Reply

_FOLDER = Path(__file__).parent / "captures" / "contracts"
A_PAGE = 2
Rows = list[dict[str, Any]]


def contract(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def reply(body: object, **headers: str) -> Reply:
    return Reply(json.dumps(body).encode(), headers=headers)


def cut(rows: Rows, token: str) -> tuple[Rows, str]:
    """Return the page that a token names, and the token of the next, empty at the end."""
    start = int(token or 0)
    return rows[start : start + A_PAGE], str(start + A_PAGE) if start + A_PAGE < len(rows) else ""


def page(field: str, rows: Rows, token: str, following: str) -> Reply:
    """Return one page; ``following`` is the field of the next page's token."""
    some, more = cut(rows, token)
    return reply({field: some} | ({following: more} if more else {}))
