"""Offers to take over: each saying is a row, folded when it is read."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.handovers import (
    HandoverAccepted,
    HandoverOffered,
    HandoverRefused,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.handovers import HandoverState
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.handovers import handover_events

_STATES = {
    HandoverOffered: HandoverState.OFFERED,
    HandoverAccepted: HandoverState.ACCEPTED,
    HandoverRefused: HandoverState.REFUSED,
}


@projects(*_STATES)
def project_handover(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what was said."""
    payload = happening.payload
    if not isinstance(payload, HandoverOffered | HandoverAccepted | HandoverRefused):
        return
    rows.touched.add(("handover", payload.handover))
    rows.add(
        handover_events,
        {
            "position": happening.position,
            "handover": payload.handover,
            "state": _STATES[type(payload)].value,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )
