"""Permits: who issued which."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.permits import PermitIssued
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.permits import permits


@projects(PermitIssued)
def project_permit(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a permit."""
    payload = happening.payload
    if not isinstance(payload, PermitIssued):
        return
    rows.touched.add(("model", payload.model))
    rows.put(
        permits,
        {
            "permit": payload.permit,
            "model": payload.model,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
            "position": happening.position,
        },
    )
