"""What a workspace calls a bottleneck, a row a setting."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.resource_limits import ResourceLimitsSet
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.resource_limits import resource_limits


@projects(ResourceLimitsSet)
def project_limits(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what was set."""
    row: Row = {
        "position": happening.position,
        "effective": clock.to_text(happening.effective),
        "person": happening.actor.person,
        "record": records.to_text(happening.payload),
    }
    rows.add(resource_limits, row)
    rows.touched.add(("series", "limits"))
