"""Imports out: which files came in, and as what headings were read."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.kinds import item_number, kind_named
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.store.tables.imports import intake_columns, intakes
from mlops_desktop.store.tables.items import items
from mlops_desktop.store.tables.projected import people


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An import as lists show it; ``digest`` is the file's SHA-256, ``report`` its report's."""

    key: str
    id: str
    file: str
    digest: str
    report: str
    rows: int
    created: int
    changed: int
    unchanged: int
    left_out: int
    people: int
    person: str
    at: str
    papers: int = 0
    plan: str | None = None
    """The id of the finding of its onboarding gaps."""
    plan_number: str | None = None
    """What people call that finding."""


def list_imports(connection: sa.Connection) -> tuple[ImportRow, ...]:
    """Return every import, newest first."""
    query = _query().order_by(intakes.c.position.desc())
    return tuple(_row(row) for row in connection.execute(query).mappings())


def find_import(connection: sa.Connection, named: str) -> ImportRow:
    """Return an import by the id people say or its UUID; raises ``import.not_found``."""
    number = whole(named.strip().upper().removeprefix("I-"))
    condition = intakes.c.id == named.strip()
    if number is not None:
        condition = intakes.c.position == number
    row = connection.execute(_query().where(condition)).mappings().first()
    if row is None:
        raise AppError("import.not_found", where="id", id=named)
    return _row(row)


def remembered_columns(connection: sa.Connection) -> dict[str, str]:
    """Return the field each heading was read as last, by the heading's sort key."""
    query = sa.select(intake_columns.c.heading_key, intake_columns.c.field)
    return {row.heading_key: row.field for row in connection.execute(query)}


def _query() -> sa.Select[tuple[object, ...]]:
    joined = intakes.outerjoin(people, people.c.id == intakes.c.person)
    joined = joined.outerjoin(items, items.c.id == intakes.c.plan)
    told = people.c.name.label("printed"), items.c.number.label("plan_number")
    return sa.select(intakes, *told).select_from(joined)


def _row(row: sa.RowMapping) -> ImportRow:
    number: int | None = row["plan_number"]
    return ImportRow(
        key=row["id"],
        id=f"I-{row['position']:05d}",
        file=row["file"],
        digest=row["digest"],
        report=row["report"],
        rows=row["rows"],
        created=row["created"],
        changed=row["changed"],
        unchanged=row["unchanged"],
        left_out=row["left_out"],
        people=row["people"],
        person=row["printed"] or row["person"],
        at=row["at"],
        papers=row["papers"],
        plan=row["plan"],
        plan_number=item_number(kind_named("finding"), number) if number is not None else None,
    )
