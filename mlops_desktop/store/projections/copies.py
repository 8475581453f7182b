"""Receipts of outboxes, the events they hold back, and conflicts that were settled."""

from mlops_desktop.core.events.copies import ConflictSettled, OutboxReceived
from mlops_desktop.core.events.registry import Envelope, Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.copies import arrivals


@projects(OutboxReceived)
def project_receipt(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep the fate of every event that follows."""
    payload = happening.payload
    if not isinstance(payload, OutboxReceived):
        return
    rows.touched.add(("copy", payload.copy))
    for one in payload.arrivals:
        row: Row = {
            "event": one.event,
            "receipt": happening.position,
            "copy": payload.copy,
            "person": payload.person,
            "fate": one.fate.value,
            "rule": one.rule,
            "against": one.against,
        }
        rows.put(arrivals, row)


def note_held(rows: Rows, position: int, envelope: Envelope) -> None:
    """Keep where an event lies that counts for nothing, and what it is about."""
    found = rows.get(arrivals, envelope.id)
    if found is not None:
        rows.touched.add(("conflict", envelope.id))
        about = subject_of(envelope.payload)
        rows.put(arrivals, {**found, "held": position, "subject": about})


@projects(ConflictSettled)
def project_settlement(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note how a conflict was settled; the first word counts."""
    payload = happening.payload
    if not isinstance(payload, ConflictSettled):
        return
    found = rows.get(arrivals, payload.event)
    if found is None or found["settled"] is not None:
        return
    rows.touched.add(("conflict", payload.event))
    told: Row = {"settlement": payload.settlement.value, "again": payload.again}
    rows.put(arrivals, {**found, **told, "settled": happening.position})
