"""Imports with their counts, and as what each heading was read last."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.imports import ImportApplied
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.imports import intake_columns, intakes


@projects(ImportApplied)
def project_import(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep an import, and remember its mapping."""
    payload = happening.payload
    if not isinstance(payload, ImportApplied):
        return
    rows.touched.add(("import", payload.intake))
    rows.put(
        intakes,
        {
            "id": payload.intake,
            "file": payload.file.text or "",
            "digest": payload.digest,
            "report": payload.report.digest,
            "rows": payload.rows,
            "created": payload.created,
            "changed": payload.changed,
            "unchanged": payload.unchanged,
            "left_out": payload.left_out,
            "people": payload.people,
            "papers": payload.papers,
            "plan": payload.plan,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "position": happening.position,
        },
    )
    _remember(rows, payload, happening.position)


def _remember(rows: Rows, payload: ImportApplied, position: int) -> None:
    for column in payload.columns:
        rows.put(
            intake_columns,
            {
                "heading_key": sort_key(column.heading),
                "heading": column.heading,
                "field": column.field,
                "position": position,
            },
        )
