"""Retention rules as they stand, and which texts were erased by which rule."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.retention import RetentionDefined, RetentionEnded, TextErased
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.retention import (
    erased_subjects,
    erasures,
    retention_rules,
)


@projects(RetentionDefined)
def project_definition(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a rule; its id is never given again."""
    payload = happening.payload
    if isinstance(payload, RetentionDefined):
        rows.touched.add(("retention", payload.rule))
        rows.put(
            retention_rules,
            {
                "rule": payload.rule,
                "position": happening.position,
                "person": happening.actor.person,
                "at": clock.to_text(happening.at),
                "record": records.to_text(payload),
            },
        )


@projects(RetentionEnded)
def project_end(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when nothing is erased by a rule any more."""
    payload = happening.payload
    if isinstance(payload, RetentionEnded):
        rows.touched.add(("retention", payload.rule))
        found = rows.get(retention_rules, payload.rule)
        if found is not None:
            ended: Row = {
                "ended_at": clock.to_text(happening.at),
                "ended_position": happening.position,
            }
            rows.put(retention_rules, {**found, **ended})


@projects(TextErased)
def project_erasure(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep by which rule and on which day each text was erased."""
    payload = happening.payload
    if not isinstance(payload, TextErased):
        return
    for kind in ("item", "model", "person"):
        rows.touched.update((kind, subject) for subject in payload.subjects)
    for subject in dict.fromkeys(payload.subjects):
        rows.add(erased_subjects, {"subject": subject, "position": happening.position})
    day = clock.to_text(happening.at)[:10]
    for digest in payload.digests:
        rows.put(
            erasures,
            {
                "digest": digest,
                "rule": payload.rule,
                "day": day,
                "position": happening.position,
            },
        )
