"""Emergency changes, and what was said about permissions."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.emergencies import EmergencyRecorded
from mlops_desktop.core.events.permissions import (
    ObligationMet,
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
)
from mlops_desktop.core.events.registry import Signature, name_of
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.permissions import emergencies, permission_events


@projects(EmergencyRecorded)
def project_emergency(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep an emergency change."""
    payload = happening.payload
    if not isinstance(payload, EmergencyRecorded):
        return
    rows.touched.add(("model", payload.model))
    rows.put(
        emergencies,
        {
            "id": payload.emergency,
            "model": payload.model,
            "since": happening.effective.date().isoformat(),
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
            "position": happening.position,
        },
    )


@projects(PermissionNeeded, PermissionApplied, PermissionAnswered, ObligationMet)
def project_permission(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what was said about a permission."""
    payload = happening.payload
    if not isinstance(
        payload, PermissionNeeded | PermissionApplied | PermissionAnswered | ObligationMet
    ):
        return
    rows.touched.add(("model", payload.model))
    rows.put(
        permission_events,
        {
            "position": happening.position,
            "permission": payload.permission,
            "model": payload.model,
            "kind": name_of(type(payload)),
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )
