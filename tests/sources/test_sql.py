"""The database as a source: queries mapped to facts, on both databases that are tried."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import sqlcipher3.dbapi2 as sqlite

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.databases.limits import DatabaseLimits
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import Connection, Credentials, SourceFailure
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    FailureCode,
    ObservedPoints,
    ObservedThing,
    Page,
    Stream,
)
from mlops_desktop.sources.observations import (
    Pair as SeenPair,
)
from mlops_desktop.sources.sql.plan import read_plan
from mlops_desktop.sources.sql.reader import Sql

_TABLES = """
CREATE TABLE kpi (stand TEXT, modell TEXT, psi TEXT, region TEXT, kunde TEXT);
INSERT INTO kpi VALUES
    ('2026-03-31', 'M-00002', '0.14', 'Nord', 'Meier'),
    ('2026-06-30', 'M-00002', '0.27', 'Nord', 'Schulz'),
    ('2026-06-30', 'M-00002', NULL, 'Süd', 'Kunz');
CREATE TABLE pruefung
    (name TEXT, fall TEXT, ergebnis TEXT, wert TEXT, grenze TEXT, stand TEXT);
INSERT INTO pruefung VALUES
    ('Backtest', 'Jeffreys', 'bestanden', '0.21', '0.05', '2026-06-30'),
    ('Backtest', 'Binomial', 'verfehlt', '0.01', '0.05', '2026-06-30'),
    ('Backtest', 'Spiegelhalter', 'unklar', '0.06', '0.05', '2026-06-30');
CREATE TABLE lauf (modell TEXT, umgebung TEXT, v TEXT, anteil TEXT, rolle TEXT, menge TEXT);
INSERT INTO lauf VALUES ('M-00005', 'production', '7', '0.9', 'Champion', '812345')
"""
_SETTINGS = {
    "query.psi": "SELECT stand, modell, psi, region, kunde FROM kpi WHERE stand >= :since",
    "map.psi.value": "PSI",
    "map.psi.time": "stand",
    "map.psi.model": "modell",
    "map.psi.metric": '"PSI"',
    "map.psi.segment.region": "region",
    "query.backtest": "SELECT * FROM pruefung",
    "facts.backtest": "checks",
    "map.backtest.name": "name",
    "map.backtest.case": "fall",
    "map.backtest.verdict": "ergebnis",
    "map.backtest.value": "wert",
    "map.backtest.threshold": "grenze",
    "map.backtest.time": "stand",
    "map.backtest.model": '"M-00001"',
    "map.backtest.kind": '"performance"',
    "query.lauf": "SELECT * FROM lauf",
    "facts.lauf": "servings",
    "map.lauf.model": "modell",
    "map.lauf.environment": "umgebung",
    "map.lauf.version": "v",
    "map.lauf.share": "anteil",
    "map.lauf.role": "rolle",
    "query.daten": "SELECT 'Kontoumsätze' AS n, 'ab12' AS d, menge FROM lauf",
    "facts.daten": "datasets",
    "map.daten.name": "n",
    "map.daten.digest": "d",
    "map.daten.rows": "menge",
    "zone": "Europe/Berlin",
}


@pytest.fixture(params=["file", "server"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "server":
        server: str = request.getfixturevalue("postgres_url")
        with psycopg.connect(server, autocommit=True) as made:
            for statement in _TABLES.split(";"):
                made.execute(statement.encode())
        return server
    place = tmp_path / "bank.db"
    with sqlite.connect(str(place)) as file:
        for statement in _TABLES.split(";"):
            file.execute(statement)
    file.close()
    return f"sqlite:///{place}"


def _open(url: str, settings: dict[str, str], limits: DatabaseLimits | None = None) -> Sql:
    pairs = tuple(Pair(name, value) for name, value in settings.items())
    return Sql(Connection("scores", "sql", url, settings=pairs), Credentials(), limits=limits)


@pytest.fixture
def source(url: str) -> Iterator[Sql]:
    made = _open(url, _SETTINGS)
    yield made
    made.close()


def _facts(source: Sql, stream: Stream, cursor: str | None = None) -> tuple[list[Fact], Completion]:
    *pages, end = source.pull(stream, cursor)
    assert isinstance(end, Completion)
    return [fact for one in pages if isinstance(one, Page) for fact in one.facts()], end


def _only(source: Sql, stream: Stream) -> ObservedThing:
    (thing,), end = _facts(source, stream)
    assert end == Completion(stream)
    assert isinstance(thing, ObservedThing)
    return thing


def test_measurements_become_points_of_series(source: Sql) -> None:
    (series,), end = _facts(source, Stream.METRICS)
    assert isinstance(series, ObservedPoints)
    assert list(series.values) == [0.14, 0.27]
    first = clock.from_milliseconds(series.times[0])
    assert first == datetime(2026, 3, 30, 22, tzinfo=UTC)
    assert series.details.subjects == (Subject("M-00002"),)
    assert series.details.segment == (Pair("region", "Nord"),)
    assert series.details.metric == "PSI"
    assert end.is_partial


def test_a_query_with_since_goes_on_where_it_ended(source: Sql) -> None:
    _, end = _facts(source, Stream.METRICS)
    assert json.loads(end.cursor or "") == {"psi": "2026-06-29T22:00:00+00:00"}
    # the last time is asked for again: another row of it may have come since
    later = json.dumps({"psi": "2026-06-30"})
    (series,), _ = _facts(source, Stream.METRICS, later)
    assert isinstance(series, ObservedPoints)
    assert list(series.values) == [0.27]


def test_results_keep_the_verdicts_of_who_gave_them(source: Sql) -> None:
    check = _only(source, Stream.CHECKS).details
    assert isinstance(check, CheckDetails)
    assert (check.kind, check.verdict) == (CheckKind.PERFORMANCE, Verdict.FAILED)
    told = [(one.name, one.verdict, one.value, one.threshold, one.detail) for one in check.cases]
    assert told == [
        ("Binomial", Verdict.FAILED, "0.01", "0.05", None),
        ("Jeffreys", Verdict.PASSED, "0.21", "0.05", None),
        ("Spiegelhalter", Verdict.NONE, "0.06", "0.05", "unklar"),
    ]
    assert check.subjects == (Subject("M-00001"),)


def test_servings_and_datasets(source: Sql) -> None:
    serving = _only(source, Stream.DEPLOYMENTS).details
    assert isinstance(serving, ServingDetails)
    assert (serving.environment, serving.share) == ("production", "0.9")
    assert serving.role is ServingRole.CHAMPION
    assert serving.subjects == (Subject("M-00005", "7"),)
    dataset = _only(source, Stream.DATASETS)
    assert isinstance(dataset.details, DatasetDetails)
    assert (dataset.native_id, dataset.details.rows) == ("daten/Kontoumsätze@ab12", 812_345)


def test_columns_that_mean_nothing_are_never_kept(source: Sql) -> None:
    page = next(source.pull(Stream.METRICS))
    assert isinstance(page, Page)
    assert b"Nord" in page.raw
    assert b"Meier" not in page.raw
    assert "SELECT stand" in page.evidence.request


def test_the_same_rows_are_the_same_page_in_any_order(url: str) -> None:
    digests = set()
    for order in ("ASC", "DESC"):
        query = f"{_SETTINGS['query.psi']} ORDER BY stand {order}"
        source = _open(url, {**_SETTINGS, "query.psi": query})
        page = next(source.pull(Stream.METRICS))
        assert isinstance(page, Page)
        digests.add(page.evidence.digest)
        source.close()
    assert len(digests) == 1


def test_a_broken_query_ends_its_stream_and_no_other(url: str) -> None:
    settings = {**_SETTINGS, "query.zz": "SELECT nope FROM kpi", "facts.zz": "datasets"}
    source = _open(url, {**settings, "map.zz.name": "nope"})
    *pages, failure = source.pull(Stream.DATASETS)
    assert len(pages) == 1
    assert isinstance(failure, Failure)
    assert (failure.code, failure.reason) == (FailureCode.REJECTED, "query_refused")
    assert _only(source, Stream.CHECKS).native_id.startswith("backtest:")
    (refused,) = source.pull(Stream.ALERTS)
    assert isinstance(refused, Failure)
    assert refused.code is FailureCode.UNSUPPORTED
    source.close()


def test_a_row_that_cannot_be_read_refuses_its_query_by_name(url: str) -> None:
    source = _open(url, {**_SETTINGS, "map.psi.value": "kunde"})
    page = next(source.pull(Stream.METRICS))
    assert isinstance(page, Page)
    with pytest.raises(SourceFailure) as caught:
        page.facts()
    assert caught.value.failure.detail == "psi: number"
    source.close()


def test_probe_tells_the_rows_and_warns_of_a_login_that_writes(source: Sql, url: str) -> None:
    probe = source.probe()
    assert {one.name: one.value for one in probe.visible} == {
        "backtest": "3",
        "daten": "1",
        "lauf": "1",
        "psi": "3",
    }
    assert probe.warnings == ("may_write",)
    assert not probe.failures
    broken = _open(url, {"query.x": "SELECT 1 AS y", "map.x.value": "v", "map.x.time": "t"})
    told = broken.probe()
    broken.close()
    assert told.is_reachable
    assert told.failures[0].detail == "x: v"


def test_probe_asks_for_no_more_rows_than_it_needs(url: str) -> None:
    endless = "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT a FROM n"
    source = _open(url, {"query.n": endless, "facts.n": "datasets", "map.n.name": "a"})
    assert source.probe().visible == (SeenPair("n", "1000+"),)
    source.close()


def test_probe_where_nobody_is() -> None:
    source = _open("postgresql://u@127.0.0.1:1/d", _SETTINGS)
    probe = source.probe()
    source.close()
    assert not probe.is_reachable
    assert probe.failures[0].code is FailureCode.UNREACHABLE


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"query.psi": "DELETE FROM kpi"}, "sql.query_refused"),
        ({"map.nix.value": "a"}, "sql.query_missing"),
        ({"facts.psi": "wunder"}, "sql.facts_unknown"),
        ({"map.psi.nonsense": "a"}, "sql.column_unknown"),
        ({"map.psi.time": ""}, "sql.column_missing"),
        ({"facts.daten": "decisions", "map.daten.reference": "n"}, "sql.column_unknown"),
        ({"seconds": "ewig"}, "sql.seconds_unreadable"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(given: dict[str, str], code: str) -> None:
    told = {**_SETTINGS, **given}
    with pytest.raises(AppError) as caught:
        read_plan(Pair(name, value) for name, value in told.items() if value)
    assert (caught.value.code, caught.value.where) == (code, "settings")


def test_decisions_are_asked_for_one_by_one() -> None:
    told = {"query.d": "SELECT ref FROM t", "facts.d": "decisions", "map.d.reference": "ref"}
    with pytest.raises(AppError, match=r"no_reference"):
        read_plan(Pair(name, value) for name, value in told.items())


def test_it_is_found_by_name() -> None:
    assert "sql" in catalog.list_kinds()
    assert catalog.describe("sql").check is not None
