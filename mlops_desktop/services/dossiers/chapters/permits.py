"""Permits: what the gate let pass for delivery pipelines, signed by whom, until when."""

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.clock import to_text
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Part
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.permits import PermitRow, list_permits
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 74
_COLUMNS = (
    "permit_id",
    "permit_version",
    "permit_place",
    "permit_artifact",
    "permit_expires",
    "permit_by",
)


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return every permit issued for a version of the model, the newest first."""
    labels = {version.key: version.details.version for version in sheet.versions}
    found = list_permits(view.connection, sheet.row.key, as_of)
    rows = tuple(_row(sheet, labels, one) for one in found)
    parts = (Part("permits", grid=Grid(_COLUMNS, rows)),) if rows else cells.NOT_YET
    return Chapter("permits", parts)


def _row(sheet: ModelSheet, labels: dict[str, str], row: PermitRow) -> tuple[Cell, ...]:
    told = row.issued
    return (
        cells.text(told.permit),
        cells.text(labels.get(told.version, told.version)),
        cells.environment(told.environment),
        cells.text(told.digest),
        cells.moment(to_text(told.expires)),
        cells.person(sheet.names, row.person),
    )
