"""Planned reports out, as of any date, and the drafts made by them."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.report_plans import ReportPlan
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.lineage_keys import newest_of
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.report_plans import report_drafts, report_plans


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as it was last said, by whom and when; ``is_ended`` tells that it drafts no more."""

    name: str
    plan: ReportPlan
    person: str
    at: str
    is_ended: bool


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft: by which plan and due day, what it is about, what was written and when."""

    plan: str | None
    due: date | None
    kind: str
    subject: str
    language: str
    digest: str
    content: str
    as_known: str | None
    as_at: str | None
    at: str
    person: str


def list_plans(connection: sa.Connection, as_of: AsOf = NOW) -> tuple[PlanRow, ...]:
    """Return every plan that was set up by the dates asked for, by name; ended ones too."""
    newest = newest_of(connection, report_plans, "plan", as_of)
    last = connection.execute(sa.select(report_plans).where(*newest)).mappings().all()
    said = {row["plan"]: row for row in _with_record(connection, as_of)}
    opened = log.open_commitments(
        connection, {one for row in said.values() for one in records.digests_in(row["record"])}
    )
    found = (
        PlanRow(
            row["plan"],
            records.from_text(ReportPlan, said[row["plan"]]["record"], opened),
            row["person"],
            row["at"],
            row["record"] is None,
        )
        for row in last
        if row["plan"] in said
    )
    return tuple(sorted(found, key=lambda one: one.name))


def _with_record(connection: sa.Connection, as_of: AsOf) -> list[sa.RowMapping]:
    """Return what was last said of each plan, ends aside: what an ended plan was."""
    c = report_plans.c
    told = sa.select(report_plans).where(c.record.is_not(None)).subquery()
    newest = newest_of(connection, told, "plan", as_of)
    return list(connection.execute(sa.select(told).where(*newest)).mappings())


def is_name_given(connection: sa.Connection, name: str) -> bool:
    """Tell whether a plan of this name was ever set up."""
    query = sa.select(report_plans.c.plan).where(report_plans.c.plan == name)
    return connection.execute(query.limit(1)).first() is not None


def list_drafts(
    connection: sa.Connection, plan: str | None = None, as_of: AsOf = NOW
) -> tuple[DraftRow, ...]:
    """Return the drafts made, newest first; ``plan`` names whose."""
    c = report_drafts.c
    only = [] if plan is None else [c.plan == plan]
    if not as_of.is_now:
        only.append(c.position < known_size(connection, as_of))
    query = sa.select(report_drafts).where(*only).order_by(c.position.desc())
    return tuple(_draft(row) for row in connection.execute(query).mappings())


def _draft(row: sa.RowMapping) -> DraftRow:
    given = {name: row[name] for name in DraftRow.__dataclass_fields__}
    due = date.fromisoformat(row["due"]) if row["due"] else None
    return DraftRow(**{**given, "due": due})
