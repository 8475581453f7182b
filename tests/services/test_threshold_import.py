"""Thresholds from a sheet: in either language, dated back, all or none; breaches follow."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.thresholds import Side
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import models, sources
from mlops_desktop.services.imports import Source
from mlops_desktop.services.monitoring.importing import import_thresholds
from mlops_desktop.services.monitoring.listing import list_breaches
from mlops_desktop.services.monitoring.thresholds import list_thresholds
from mlops_desktop.services.sources import NewSource
from tests.services.test_monitoring import MODEL, sync, told
from tests.support.bank import Bank

GERMAN = (
    "Modell;Kennzahl;Warnschwelle;Eingriffsschwelle;Gilt ab;Begründung\n"
    "M-00001;Gini;0,5;0,4;01.01.2024;Erstvalidierung\n"
    "M-00001;PSI;0,2;0,4;01.06.2025;Neue Stichprobe\n"
    "M-00001;PSI;0,1;0,25;01.01.2024;Erstvalidierung\n"
)


def sheet(text: str) -> Source:
    return Source("schwellen.csv", text.encode())


@pytest.fixture
def bank(file_bank: Bank) -> Bank:
    models.register_model(file_bank.session, {"name": MODEL, "owner": "Corinna Wolters"})
    return file_bank


def test_a_german_sheet_brings_versions_with_their_days(bank: Bank) -> None:
    dry = import_thresholds(bank.session, sheet(GERMAN), is_dry=True)
    assert (dry.rows, dry.refusals, dry.is_recorded) == (3, (), False)
    assert list_thresholds(bank.session) == ()
    done = import_thresholds(bank.session, sheet(GERMAN))
    assert done.is_recorded
    assert done.changes.touched
    found = {(one.metric, one.since.date()): one.bounds for one in list_thresholds(bank.session)}
    psi = found["PSI", date(2024, 1, 1)], found["PSI", date(2025, 6, 1)]
    assert [(b.warning, b.intervention) for b in psi if b] == [("0.1", "0.25"), ("0.2", "0.4")]
    gini = found["Gini", date(2024, 1, 1)]
    assert gini is not None
    assert gini.side is Side.BELOW, "the worse threshold lies below the other"


def test_one_refused_row_keeps_all_out_and_says_its_place(bank: Bank) -> None:
    text = (
        "model,metric,direction,warning,valid from\n"
        "M-00001,PSI,above,0.1,2024-01-01\n"
        "M-00009,PSI,above,0.1,2024-01-01\n"
        "M-00001,Gini,,0.5,2024-01-01\n"
        "M-00001,KS,below,many,2024-01-01\n"
    )
    done = import_thresholds(bank.session, sheet(text))
    assert [(one.row, one.error.code) for one in done.refusals] == [
        (3, "model.not_found"),
        (4, "threshold.direction_unclear"),
        (5, "field.refused"),
    ]
    assert not done.is_recorded
    assert list_thresholds(bank.session) == ()
    with pytest.raises(AppError, match=r"threshold\.no_metric_column"):
        import_thresholds(bank.session, sheet("model,warning\nM-00001,0.1\n"))


def test_past_breaches_follow_from_thresholds_and_measurements(bank: Bank) -> None:
    sources.add_source(bank.session, NewSource("mlflow", "mon", "http://127.0.0.1:9"))
    import_thresholds(bank.session, sheet("metric,warning,intervention\nPSI,0.1,0.25\n"),
                      {"model": "M-00001", "valid_from": "2024-01-01"})  # fmt: skip
    today = datetime.combine(clock.today(), datetime.min.time(), tzinfo=UTC)
    past = [today - timedelta(days=days) for days in (200, 109, 18)]
    sync(bank, told("PSI", dict(zip(past, (0.08, 0.3, 0.05), strict=True))))
    (row,) = list_breaches(bank.session, scope=ItemScope.ALL)
    assert (row.details.metric, row.since, row.cleared) == ("PSI", past[1].date(), past[2].date())
