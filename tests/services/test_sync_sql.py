"""Scores of a database come into the ledger, go on where they ended, and are never judged anew."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.inventory import Pair
from mlops_desktop.services import ledger, models, sources
from mlops_desktop.services.sources import NewSource
from mlops_desktop.store import series
from mlops_desktop.store.queries.observed import ObservedFilter, list_observed
from tests.services.conftest import Bank

SETTINGS = {
    "query.psi": "SELECT stand, psi FROM kpi WHERE stand >= :since",
    "map.psi.value": "psi",
    "map.psi.time": "stand",
    "map.psi.model": '"PD Ratenkredit"',
}


def _run(place: Path, *statements: str) -> None:
    with sqlite.connect(str(place)) as made:
        for one in statements:
            made.execute(one)
    made.close()


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    place = tmp_path / "scores.db"
    rows = "('2026-03-31', 0.14), ('2026-06-30', 0.27)"
    _run(place, "CREATE TABLE kpi (stand TEXT, psi REAL)", f"INSERT INTO kpi VALUES {rows}")
    return place


def test_measurements_are_read_once_and_go_on(bank: Bank, scores: Path) -> None:
    id = models.register_model(bank.session, {"name": "PD Ratenkredit"}).id
    settings = tuple(Pair(name, value) for name, value in SETTINGS.items())
    wanted = NewSource("sql", "scores", f"sqlite:///{scores}", settings=settings)
    sources.add_source(bank.session, wanted)
    assert sources.probe_connection(wanted).warnings == ("may_write",)

    def sync() -> SyncCounts:
        return sources.sync(bank.session, "scores", lambda *_: None).counts

    assert sync() == SyncCounts(read=1, new=1)
    _run(scores, "INSERT INTO kpi VALUES ('2026-09-30', 0.31)")
    assert sync() == SyncCounts(read=1, unchanged=1)
    with bank.session.workspace.read() as view:
        (row,) = list_observed(view.connection, ObservedFilter(("series",), model=id))
        points = series.read_points(view.connection, row.id)
    assert list(points.values) == [0.14, 0.27, 0.31]
    # a table that went away is a failure, and takes nothing from what was read
    _run(scores, "DROP TABLE kpi")
    result = sources.sync(bank.session, "scores", lambda *_: None)
    assert [(one.stream, one.code) for one in result.failures] == [("metrics", "rejected")]
    assert result.counts.missing == 0
    assert ledger.verify_ledger(bank.session).is_ok


@pytest.mark.parametrize("cell", ["9e999", "-9e999", "NULL", "''", "x'ff00'"])
def test_a_number_without_end_or_none_at_all_is_no_fault_of_the_program(
    file_bank: Bank, scores: Path, cell: str
) -> None:
    _run(scores, f"INSERT INTO kpi VALUES ('2026-09-30', {cell})")
    settings = tuple(Pair(name, value) for name, value in SETTINGS.items())
    wanted = NewSource("sql", "scores", f"sqlite:///{scores}", settings=settings)
    sources.add_source(file_bank.session, wanted)
    result = sources.sync(file_bank.session, "scores", lambda *_: None)
    told = [(one.stream, one.code) for one in result.failures]
    assert told == [("metrics", "protocol")] or (told == [] and result.counts.new == 1)
    assert ledger.verify_ledger(file_bank.session).is_ok


def test_a_query_that_writes_is_refused_before_it_is_kept(bank: Bank, scores: Path) -> None:
    settings = (*(Pair(n, v) for n, v in SETTINGS.items()), Pair("query.weg", "DELETE FROM kpi"))
    with pytest.raises(AppError, match=r"sql.query_refused"):
        sources.add_source(
            bank.session, NewSource("sql", "scores", f"sqlite:///{scores}", settings=settings)
        )
    assert sources.list_sources(bank.session) == ()
