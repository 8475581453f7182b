"""Documents filed for the model: of which kind, where they lie, and their digest."""

from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.profiles import ModelEvidenced
from mlops_desktop.dossier.content import Cell, Chapter, Grid, Missing, Part, Reason
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.profile_facts import list_evidence
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 76
_COLUMNS = ("document_kind", "document_date", "document_reference", "sha256")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return every document filed for the model by then, the earliest first."""
    found = list_evidence(view.connection, as_of, sheet.row.key)
    if not found:
        return Chapter("documents", cells.NONE)
    rows = tuple(_row(at, filed) for at, filed in found)
    return Chapter("documents", (Part("documents", grid=Grid(_COLUMNS, rows)),))


def _row(at: str, filed: ModelEvidenced) -> tuple[Cell, ...]:
    return (
        cells.code(f"evidence.{filed.kind}"),
        cells.day(date.fromisoformat(at[:10])),
        cells.said(filed.reference),
        cells.text(filed.digest) if filed.digest else Missing(Reason.NOT_RECORDED),
    )
