"""Document control: the dossiers of this model issued before, and how long it is kept."""

from collections.abc import Iterator

import mlops_desktop.store.queries.dossier_history as history
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.retention import AI_ACT_MONTHS, Retained
from mlops_desktop.dossier.content import (
    Cell,
    Chapter,
    Field,
    Grid,
    Kind,
    Missing,
    Part,
    Reason,
    Value,
)
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.profiles.standing import list_active
from mlops_desktop.store.queries.dossier_forms import read_settings
from mlops_desktop.store.queries.dossiers import DossierRow
from mlops_desktop.store.queries.profiles import list_scopes
from mlops_desktop.store.queries.retention import list_rules
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 1
_COLUMNS = (
    "issued_id",
    "issued_on",
    "issued_by",
    "issued_as_of",
    "issued_facts",
    "issued_countersigned",
)
_AI_ACT = "eu-ai-act"


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return how long documents are kept, and every dossier issued by then, newest first."""
    issued = history.list_issued(view.connection, sheet.row.key, as_of)
    keeping = Part("keeping", fields=(_kept(view, sheet, as_of),))
    return Chapter("document_control", (keeping, issued_before(issued, as_of)))


def issued_before(issued: tuple[DossierRow, ...], as_of: AsOf) -> Part:
    """Return the dossiers issued before as a table, or that there are none."""
    rows = tuple(_row(row, as_of) for row in issued)
    if rows:
        return Part("issued_before", grid=Grid(_COLUMNS, rows))
    return Part("issued_before", fields=(Field("issued_before", cells.NONE),))


def _row(row: DossierRow, as_of: AsOf) -> tuple[Cell, ...]:
    return (
        cells.text(row.key),
        cells.moment(row.at),
        cells.text(row.person),
        _dates(row),
        cells.text(row.content),
        tuple(_signed(row, as_of)) or cells.NONE,
    )


def _dates(row: DossierRow) -> Cell:
    # Without dates a dossier says what was known and held when it was issued.
    known = Value(Kind.DATE, row.as_known) if row.as_known else Value(Kind.TIME, row.at)
    return (Value(Kind.DATE, row.as_at or row.at[:10]), known)


def _signed(row: DossierRow, as_of: AsOf) -> Iterator[Value]:
    known = as_of.known_text
    for place in row.places:
        if place.digest is not None and place.at and (known is None or place.at <= known):
            yield Value(Kind.TEXT, place.name)
            yield Value(Kind.TIME, place.at)


def _kept(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Field:
    months = read_settings(view.connection, as_of).retention_months
    if (months or 0) <= AI_ACT_MONTHS and _is_under_ai_act(view, sheet, as_of):
        return Field("kept_for", cells.code("kept_ten_years"))
    known = as_of.known_text or clock.to_text(clock.now())
    if months is not None:
        return Field("kept_dossier_months", cells.count(months))
    for one in reversed(list_rules(view.connection)):
        is_then = one.at <= known and (one.ended_at is None or one.ended_at > known)
        if is_then and one.rule.what is Retained.MODELS:
            return Field("kept_months", cells.count(one.rule.months))
    return Field("kept_for", Missing(Reason.NOT_RECORDED))


def _is_under_ai_act(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> bool:
    """Tell whether the profile is worked by and somebody decided that the model is in scope."""
    if not any(one.profile.regime == _AI_ACT for one in list_active(view, as_of)):
        return False
    found = list_scopes(view.connection, as_of, regime=_AI_ACT, model=sheet.row.key, opens=False)
    return any(row.scoped.is_in for row in found)
