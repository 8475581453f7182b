"""The sample bank's data: what a bad dataset reaches, which pipeline is late or fails."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.quality import completeness
from mlops_desktop.services import incidents, lineage_names, pipelines
from mlops_desktop.services.pipeline_filtering import filter_pipelines
from mlops_desktop.services.session import Session


def test_the_bad_dataset_reaches_three_models_of_which_two_serve(session: Session) -> None:
    affected = incidents.affected_by(session, "I-00001")
    assert [one.model.id for one in affected.models] == ["M-00005", "M-00006", "M-00025"]
    serving = [one.model.id for one in affected.serving]
    assert serving == ["M-00005", "M-00006", "M-00025"], "the third is retired, and still called"
    assert affected.models[2].model.state == State.RETIRED
    then = AsOf(known=date(2026, 2, 8))
    with pytest.raises(AppError):
        incidents.affected_by(session, "I-00001", then)


def test_one_pipeline_is_late_by_six_hours_and_one_fails_its_check(session: Session) -> None:
    found = filter_pipelines(pipelines.list_pipelines(session), "")
    assert len(found) == 24
    (late,) = filter_pipelines(found, "fresh:late")
    assert late.standing.late == timedelta(hours=6)
    (failing,) = filter_pipelines(found, "quality:failed")
    (case,) = failing.checks[0].details.cases
    assert completeness(case) == (Decimal("97.1"), Decimal(99))
    names = lineage_names.list_names(session)
    assert len([name for name in names if name.startswith("s3://")]) == 38
