"""What was said about meetings."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.meetings import (
    MeetingCalled,
    MeetingItemAdded,
    MeetingMinuted,
    ResolutionSigned,
)
from mlops_desktop.core.events.registry import Signature, name_of
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.meetings import meeting_events

_TOLD = MeetingCalled | MeetingItemAdded | MeetingMinuted | ResolutionSigned


@projects(MeetingCalled, MeetingItemAdded, MeetingMinuted, ResolutionSigned)
def project_meeting(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what was said about a meeting."""
    payload = happening.payload
    if not isinstance(payload, _TOLD):
        return
    rows.touched.add(("meeting", payload.meeting))
    rows.put(
        meeting_events,
        {
            "position": happening.position,
            "meeting": payload.meeting,
            "kind": name_of(type(payload)),
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )
