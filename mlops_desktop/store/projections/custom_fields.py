"""Fields of the workspace's own; their values are part of the models' own rows."""

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.events.custom_fields import (
    FieldAmended,
    FieldArchived,
    FieldDefined,
    FieldReinstated,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.field_changes import change, field_of
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.custom_fields import custom_field_states, custom_fields


@projects(FieldDefined, FieldAmended, FieldArchived, FieldReinstated)
def project_field(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a field as it is after an event about it."""
    name = field_of(happening.payload)
    known = rows.get(custom_fields, name)
    before = records.from_text(Field, str(known["record"])) if known is not None else None
    after = change(before, happening)
    if after is None or after is before:
        return
    rows.touched.add(("field", name))
    row: Row = {"name": name, "record": records.to_text(after), "position": happening.position}
    rows.put(custom_fields, row)
    rows.add(custom_field_states, row)
