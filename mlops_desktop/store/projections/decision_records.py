"""Decisions that were shown with their personal data: each is a row."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.decision_records import DecisionRevealed
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.decision_records import decision_reveals


@projects(DecisionRevealed)
def project_reveal(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep who saw it and when."""
    payload = happening.payload
    if not isinstance(payload, DecisionRevealed):
        return
    rows.touched.add(("decision", payload.lookup))
    if payload.model is not None:
        rows.touched.add(("model", payload.model))
    rows.add(
        decision_reveals,
        {
            "position": happening.position,
            "lookup": payload.lookup,
            "source": payload.source,
            "model": payload.model,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )
