"""Thresholds as set and ended, and every evaluation with the bounds it was made by."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.thresholds import SeriesEvaluated, ThresholdEnded, ThresholdSet
from mlops_desktop.core.model_state import Happening
from mlops_desktop.core.monitoring import metric_key
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.monitoring import evaluations, thresholds


@projects(ThresholdSet, ThresholdEnded)
def project_threshold(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a version of a threshold."""
    payload = happening.payload
    if not isinstance(payload, ThresholdSet | ThresholdEnded):
        return
    rows.touched.add(("threshold", payload.threshold))
    rows.touched.add(("model", payload.model))
    row: Row = {
        "position": happening.position,
        "threshold": payload.threshold,
        "model": payload.model,
        "metric_key": metric_key(payload.metric),
        "segment": payload.segment or "",
        "is_ended": int(isinstance(payload, ThresholdEnded)),
        "since": clock.to_text(happening.effective),
        "person": happening.actor.person,
        "at": clock.to_text(happening.at),
        "record": records.to_text(payload),
    }
    rows.put(thresholds, row)


@projects(SeriesEvaluated)
def project_evaluations(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep every evaluation."""
    payload = happening.payload
    if not isinstance(payload, SeriesEvaluated):
        return
    for one in payload.evaluations:
        rows.touched.add(("evaluation", one.series))
        row: Row = {
            "series": one.series,
            "measured": clock.to_text(one.at),
            "against": one.threshold or one.goal or "",
            "position": happening.position,
            "model": one.model,
            "level": one.level.value,
            "record": records.to_text(one),
        }
        rows.put(evaluations, row)
