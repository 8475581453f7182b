"""Seen in use: which version sources saw serve, between which readings, and who says otherwise."""

from decimal import Decimal

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.serving_history import contradicting
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Kind, Missing, Part, Reason, Value
from mlops_desktop.dossier.language import is_figure
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.versions import DeploymentRow
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 67
_COLUMNS = (
    "serving_version",
    "serving_place",
    "serving_began",
    "serving_ended",
    "serving_source",
    "serving_others",
)


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return what sources told of deployments, and whatever contradicts it."""
    every = sheet.deployments
    told = [row for row in every if row.source or contradicting(row, every)]
    rows = tuple(_row(row, every) for row in told)
    parts = (Part("servings", grid=Grid(_COLUMNS, rows)),) if rows else cells.NOT_YET
    return Chapter("servings", parts)


def _row(row: DeploymentRow, every: tuple[DeploymentRow, ...]) -> tuple[Cell, ...]:
    others = ", ".join(_other(one) for one in contradicting(row, every))
    return (
        cells.text(row.label),
        _place(row),
        _between(row.since_after, row.since),
        _between(row.until_after, row.until) if row.until else cells.code("still_serving"),
        _source(row),
        cells.text(others) if others else cells.NONE,
    )


def _place(row: DeploymentRow) -> Cell:
    where = cells.environment(row.environment)
    told = tuple(Value(Kind.TEXT, part) for part in (row.role, row.region, row.endpoint) if part)
    return where if isinstance(where, Missing) else (*where, *told, *_share(row.share))


def _share(share: str | None) -> tuple[Value, ...]:
    """Return which part of the requests it answers, in percent; a source may tell anything."""
    if not share or not is_figure(share):
        return ()
    percent = f"{(Decimal(share) * 100).normalize():f}"
    return Value(Kind.CODE, "serving_share"), Value(Kind.EXACT, percent), Value(Kind.TEXT, "%")


def _between(first: str | None, then: str) -> Cell:
    """Return the two readings a change lies between; the later one alone where none was before."""
    return tuple(Value(Kind.TIME, at) for at in (first, then) if at)


def _source(row: DeploymentRow) -> Cell:
    told = ": ".join(part for part in (row.source, row.basis) if part)
    parts = (told, row.seen_digest, row.artifact_digest)
    found = tuple(Value(Kind.TEXT, part) for part in parts if part)
    return found or Missing(Reason.NOT_RECORDED)


def _other(row: DeploymentRow) -> str:
    return f"{row.label} ({row.source or '–'})"
