"""Results of tests that persons defined, and what tiers ask for."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.version_tests import TestEvaluated, TestsRequired
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.version_tests import test_requirements, test_results


@projects(TestEvaluated)
def project_result(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a result; every one stays."""
    payload = happening.payload
    if not isinstance(payload, TestEvaluated):
        return
    rows.touched.add(("model", payload.model))
    rows.put(
        test_results,
        {
            "position": happening.position,
            "test": payload.test,
            "model": payload.model,
            "version": payload.version,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )


@projects(TestsRequired)
def project_requirement(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what a tier asks for; the newest counts."""
    payload = happening.payload
    if not isinstance(payload, TestsRequired):
        return
    rows.put(
        test_requirements,
        {
            "position": happening.position,
            "tier": payload.tier,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )
