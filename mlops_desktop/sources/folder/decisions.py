"""Looks one decision up in the tables of a folder; of the others nothing is kept or told."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from mlops_desktop.core.decision_records import DecisionRecord
from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.files.contents import Form, form_of, read_content
from mlops_desktop.sources.files.refused import FileRefused
from mlops_desktop.sources.folder.listing import Listing
from mlops_desktop.sources.tabular import Unread, Wanted, read_table
from mlops_desktop.sources.tabular.cells import read_zone
from mlops_desktop.sources.tabular.decisions import decision_of
from mlops_desktop.sources.tabular.mapping import Columns, Row, by_heading, folded, word

_STEM = "decision."
_OPEN = "open"


def find_decision(
    listing: Listing, connection: Connection, reference: str
) -> DecisionRecord | None:
    """Return the decision of that reference, from the first table by name that has it.

    Raises OSError, Exhausted, and RowRefused for a row that is it and cannot be read.
    """
    told = {
        one.name.removeprefix(_STEM): one.value
        for one in connection.settings
        if one.name.startswith(_STEM) and one.value
    }
    openly = frozenset(one.strip() for one in told.pop(_OPEN, "").split(",") if one.strip())
    if "reference" not in told:
        return None
    columns, zone = Columns(told), read_zone(connection.setting("zone", "UTC"))
    for _, row in _rows(listing, columns, connection):
        if word(row, "reference") == reference:
            return decision_of(row, zone, openly)
    return None


def count_decisions(listing: Listing, connection: Connection) -> dict[str, int]:
    """Return how many decisions each table of the folder holds, by its place."""
    heading = connection.setting(f"{_STEM}reference")
    counts: dict[str, int] = {}
    for place, row in (
        _rows(listing, Columns({"reference": heading}), connection) if heading else ()
    ):
        if word(row, "reference"):
            counts[place] = counts.get(place, 0) + 1
    return counts


def _rows(listing: Listing, columns: Columns, connection: Connection) -> Iterator[tuple[str, Row]]:
    forms = (Form.TABLE, Form.JSON, Form.LINES)
    for found in listing.files():
        try:
            raw = listing.read(found, lambda head, at=found.path: form_of(at, head) in forms)  # type: ignore[misc] # the path is this file's
            form = form_of(found.path, raw[:512]) if raw else None
            if raw and form is Form.TABLE:
                rows = _table(found.path, raw, columns, connection)
                yield from ((found.path, row) for row in rows)
            elif raw and form is not None:
                content = read_content(form, raw).value
                for at, one in enumerate(content if isinstance(content, list) else (), 1):
                    if isinstance(one, dict):
                        row = _row(at, by_heading(one.items()), columns, "en")
                        yield found.path, row
        except (FileRefused, AppError):
            continue  # the reading of the folder says so


def _table(path: str, raw: bytes, columns: Columns, connection: Connection) -> Iterator[Row]:
    known = set(map(folded, columns.headings))
    wanted = Wanted(sheet=connection.setting("sheet") or None)
    name = path.rpartition("/")[2]
    table = read_table(name, raw, lambda told: folded(told) in known, wanted)
    heads = tuple(map(folded, table.headings))
    told = {";": "de", ",": "en"}.get(table.grid.delimiter)
    language = connection.setting("numbers") or told
    for line in table.lines:
        yield _row(line.number, dict(zip(heads, line.cells, strict=False)), columns, language)


def _row(line: int, cells: dict[str, Any], columns: Columns, language: str | None) -> Row:
    taken = {name: _cell(one) for name, one in columns.take(cells).items()}
    return {**taken, "line": line, "language": language}


def _cell(value: Any) -> Any:
    if isinstance(value, Unread):
        return None
    return value.isoformat() if isinstance(value, datetime | date) else value
