"""Recusals: who declared himself partial about which request, signed, and why."""

from collections.abc import Iterator

import mlops_desktop.store.queries.approvals as requests
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.approvals import ApprovalRecused
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Part
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 72
_COLUMNS = ("recusal_request", "recusal_by", "recusal_on", "recusal_why")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return every declaration of partiality about requests of the model, by request."""
    asked = requests.list_requests(view.connection, model=sheet.row.key, as_of=as_of)
    rows = tuple(cell for row in reversed(asked) for cell in _recusals(sheet, row))
    parts = (Part("recusals", grid=Grid(_COLUMNS, rows)),) if rows else cells.NOT_YET
    return Chapter("recusals", parts)


def _recusals(sheet: ModelSheet, row: RequestRow) -> Iterator[tuple[Cell, ...]]:
    for mark in row.marks:
        if isinstance(mark.payload, ApprovalRecused):
            yield (
                cells.text(row.id),
                cells.person(sheet.names, mark.person),
                cells.moment(mark.at),
                cells.said(mark.payload.reason),
            )
