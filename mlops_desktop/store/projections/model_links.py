"""Links between models: each saying is a row, folded when it is read."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.model_links import ModelLinked, ModelUnlinked
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.model_links import model_links


@projects(ModelLinked, ModelUnlinked)
def project_link(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what was said; both models changed by it."""
    payload = happening.payload
    if not isinstance(payload, ModelLinked | ModelUnlinked):
        return
    rows.touched.update((("model", payload.model), ("model", payload.other)))
    rows.add(
        model_links,
        {
            "position": happening.position,
            "model": payload.model,
            "kind": payload.kind.value,
            "other": payload.other,
            "holds": int(isinstance(payload, ModelLinked)),
            "effective": clock.to_text(happening.effective),
            "record": records.to_text(payload),
        },
    )
