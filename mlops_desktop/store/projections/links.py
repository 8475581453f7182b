"""Entries that a person linked to a model: known before their source is read."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.links import EntryLinked
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.inventory import Entry
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.projected import entries


@projects(EntryLinked)
def project_link(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep the entry by its name alone; the next reading fills it."""
    payload = happening.payload
    if not isinstance(payload, EntryLinked):
        return
    rows.touched.add(("model", payload.model))
    entry = Entry(payload.source, payload.native_id, payload.native_id)
    rows.put(
        entries,
        {
            "source": payload.source,
            "native_id": payload.native_id,
            "model": payload.model,
            "name": payload.native_id,
            "record": records.to_text(entry),
            "seen_digest": "",
            "seen_at": clock.to_text(happening.at),
            "position": happening.position,
        },
    )
