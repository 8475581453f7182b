"""A row as one decision: what went in, what came out, what contributed how much."""

import json
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from mlops_desktop.core.decision_records import DecisionRecord, strongest_first
from mlops_desktop.core.inventory import Pair
from mlops_desktop.sources.tabular.cells import read_time, read_value
from mlops_desktop.sources.tabular.mapping import Row, RowRefused, family, word

_MOST = 500
_LONGEST = 2_000


def decision_of(row: Row, zone: tzinfo, openly: frozenset[str] = frozenset()) -> DecisionRecord:
    """Return the decision; inputs and contributions may stand in one column each, as JSON.

    Raises RowRefused.
    """
    return DecisionRecord(
        reference=word(row, "reference") or "",
        at=_time(row, zone),
        model=word(row, "model"),
        version=word(row, "version"),
        output=word(row, "output"),
        inputs=tuple(_pairs(row, "input"))[:_MOST],
        contributions=strongest_first(_numbers(row))[:_MOST],
        openly=openly,
    )


def _time(row: Row, zone: tzinfo) -> datetime | None:
    told = word(row, "time")
    try:
        return read_time(told, zone) if told else None
    except ValueError:
        raise RowRefused(row["line"], "time") from None


def _numbers(row: Row) -> Iterator[Pair]:
    """Yield contributions as decimals, however the table's language writes them."""
    for one in _pairs(row, "contribution"):
        try:
            yield Pair(one.name, repr(read_value(one.value, row["language"])))
        except (ValueError, OverflowError):
            yield one


def _pairs(row: Row, noun: str) -> Iterator[Pair]:
    for name, value in family(row, f"{noun}."):
        yield Pair(name, value[:_LONGEST])
    told = word(row, f"{noun}s")
    try:
        document = json.loads(told) if told else {}
    except (ValueError, RecursionError):
        raise RowRefused(row["line"], f"{noun}s") from None
    for name, value in _named(document, row, noun):
        if value is not None and not isinstance(value, dict | list):
            yield Pair(str(name)[:_LONGEST], str(value)[:_LONGEST])


def _named(document: Any, row: Row, noun: str) -> Iterator[tuple[Any, Any]]:
    """Yield names with values of an object, or of a list of objects with name and value."""
    if isinstance(document, dict):
        yield from document.items()
    elif isinstance(document, list) and all(isinstance(one, dict) for one in document):
        yield from ((one.get("name"), one.get("value")) for one in document)
    else:
        raise RowRefused(row["line"], f"{noun}s")
