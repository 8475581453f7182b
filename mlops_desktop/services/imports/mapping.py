"""Which column is read as what: as the person says, as remembered, as its heading is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.imports.report import ColumnUse
from mlops_desktop.services.imports.vocabulary import (
    DERIVED,
    ID,
    field_of,
    suggestion_for,
    targets,
)
from mlops_desktop.sources.tabular import Table, letter_of
from mlops_desktop.sources.tabular.grid import plain
from mlops_desktop.store.collation import sort_key

_SHOWN = 60
LEFT_OUT = ""
"""In place of a field: the column is not read."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a column, by heading or letter; an empty field leaves it out."""

    heading: str
    field: str


def map_columns(
    table: Table,
    given: Iterable[Given],
    remembered: Mapping[str, str],
    own: tuple[Field, ...] = (),
) -> tuple[ColumnUse, ...]:
    """Return the use of every column, in the order of the file.

    Raises ``import.column_not_there`` and ``import.field_unknown`` for what was given.
    """
    known = (*targets(own), *DERIVED, LEFT_OUT)
    said = _check_given(table, given, known)
    kept = {heading: field for heading, field in remembered.items() if field in known}
    uses = [_use(at, heading, said, kept, own) for at, heading in enumerate(table.headings)]
    return tuple(
        replace(_settle_id(table, at, use), example=_example(table, at))
        for at, use in enumerate(uses)
    )


def _example(table: Table, at: int) -> str | None:
    texts = (plain(line.cells[at]) for line in table.lines if at < len(line.cells))
    return next((text[:_SHOWN] for text in texts if text), None)


def _check_given(table: Table, given: Iterable[Given], known: tuple[str, ...]) -> dict[int, str]:
    found = {}
    for one in given:
        if one.field not in known:
            raise AppError("import.field_unknown", where=one.heading, field=one.field)
        places = [
            at
            for at, heading in enumerate(table.headings)
            if heading.casefold() == one.heading.strip().casefold()
        ] or [at for at in range(len(table.headings)) if letter_of(at) == one.heading.strip()]
        if not places:
            raise AppError("import.column_not_there", where=one.heading, heading=one.heading)
        found.update(dict.fromkeys(places, one.field))
    return found


def _use(
    at: int,
    heading: str,
    said: Mapping[int, str],
    remembered: Mapping[str, str],
    own: tuple[Field, ...],
) -> ColumnUse:
    plainly = ColumnUse(letter_of(at), heading)
    if at in said:
        return replace(plainly, field=said[at] or None, basis="given")
    kept = remembered.get(sort_key(heading)) if heading else None
    if kept is not None:
        return replace(plainly, field=kept or None, basis="remembered")
    known = field_of(heading, own) if heading else None
    if known is not None:
        return replace(plainly, field=known, basis="known")
    return replace(plainly, suggestion=suggestion_for(heading, own) if heading else None)


def _settle_id(table: Table, at: int, use: ColumnUse) -> ColumnUse:
    """Read a column of ids as the bank's own where not one of them is a number of ours."""
    if use.field != ID or use.basis != "known":
        return use
    texts = (plain(line.cells[at]) for line in table.lines if at < len(line.cells))
    if any(is_number(text) for text in texts):
        return use
    return replace(use, field="register_id")


def is_number(text: str) -> bool:
    """Tell whether a text has the form of a model's number here: M-00042."""
    digits = text.strip().upper().removeprefix("M-")
    return text.strip().upper().startswith("M-") and digits.isascii() and digits.isdigit()
