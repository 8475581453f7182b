"""The door to databases of others: one SELECT, read-only by their word, bounded, cancellable."""

import itertools
import tracemalloc
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlcipher3.dbapi2 as sqlite
from hypothesis import example, given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.databases.engines import Login
from mlops_desktop.outside.databases.faults import DatabaseFault
from mlops_desktop.outside.databases.limits import DatabaseLimits
from mlops_desktop.outside.databases.reading import Database
from mlops_desktop.outside.databases.statement import StatementRefused, read_select
from mlops_desktop.outside.http_faults import Fault

_ENDLESS = (
    "WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n) SELECT count(*) a FROM n"
)


@pytest.mark.parametrize(
    "text",
    [
        "", "INSERT INTO t VALUES (1)", "SELECT 1; DROP TABLE t",
        "SELECT 1) q; DROP TABLE t; SELECT (1",
        "WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x", "SELECT a INTO z FROM t",
        "SELECT a FROM t FOR UPDATE", "SELECT 1 -- x", "SELECT /*! 1 */ 2", "SELECT 1 /* x",
        "SELECT (1",
        "EXPLAIN ANALYZE SELECT 1", "COPY t TO PROGRAM 'sh'", "SELECT setval('s', 1)", "VALUES (1)",
        "SELECT pg_terminate_backend (1)", 'SELECT "dblink_exec"(1)', "SELECT 'open",
        "SELECT $x$;$y$",
        "SELECT load_extension('x')", "PRAGMA writable_schema = 1", "SELECT 1\x00",
    ],
)  # fmt: skip
def test_anything_but_one_select_is_refused(text: str) -> None:
    with pytest.raises(StatementRefused):
        read_select(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1;", " with x as (select 1) select * from x", "(SELECT 1) UNION (SELECT 2)",
        "SELECT 'a;--''/*' AS t", "SELECT $$;--$$", 'SELECT "update" FROM t',
        "SELECT replace(a, 'x', 'y') FROM t",
        "SELECT E'\\';' AS t", "SELECT last_update, lo_value FROM t WHERE d > ':since'",
    ],
)  # fmt: skip
def test_a_select_passes(text: str) -> None:
    assert not read_select(text).parameters


def test_places_for_values_are_known_and_other_colons_stay() -> None:
    select = read_select(
        "SELECT a::text, ':since', b[1:2] FROM t WHERE c >= :since AND d = :reference"
    )
    assert select.parameters == {"since", "reference"}
    assert select.bound.replace("\\:", ":") == select.text
    assert select.bound.count("\\:") == 4


@given(st.text(alphabet="sSelect ';\"$-/*()x:\n\\Eeinto", max_size=60))
@example("SELECT E'\\';")
def test_nothing_that_passes_holds_a_second_statement(tail: str) -> None:
    """What is read as text ends where a database ends it, told by SQLite, that knows no more."""
    try:
        text = read_select(f"SELECT {tail}").text
    except StatementRefused:
        return
    if "E'" in text or "e'" in text or "$" in text:
        return  # texts that PostgreSQL alone has
    assert not sqlite.complete_statement(text)


@pytest.fixture
def file(tmp_path: Path) -> str:
    place = tmp_path / "scores.db"
    with sqlite.connect(str(place)) as made:
        made.execute("CREATE TABLE t (a INTEGER, b TEXT, c REAL)")
        made.executemany("INSERT INTO t VALUES (?, ?, ?)", [(n, f"x{n}", n / 10) for n in range(5)])
    made.close()
    return f"sqlite:///{place}"


@pytest.fixture
def server(postgres_url: str) -> str:
    with psycopg.connect(postgres_url, autocommit=True) as made:
        made.execute("CREATE TABLE t (a int, b text, c float8, d timestamptz)")
        made.execute(
            "INSERT INTO t SELECT g, 'x' || g, g / 10.0, '2026-03-01 12:00+01'"
            " FROM generate_series(0, 4) g"
        )
    return postgres_url


@pytest.fixture(params=["file", "server"])
def url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def _fault(url: str, text: str, limits: DatabaseLimits | None = None, **rest: Any) -> DatabaseFault:
    database = Database(url, Login(), limits, **rest)
    with pytest.raises(DatabaseFault) as caught:
        database.read(read_select(text), ("a",))
    database.close()
    return caught.value


def test_columns_are_asked_for_by_heading(url: str) -> None:
    database = Database(url, Login())
    rows = database.read(read_select("SELECT * FROM t WHERE a < 2 ORDER BY a"), ("C", "b"))
    told = [(float(c or 0), b) for c, b in rows.lines]
    assert told == [(0.0, "x0"), (0.1, "x1")]
    assert _fault(url, "SELECT b FROM t").reason == "column_missing"
    database.close()


def test_values_go_where_the_select_has_a_place(url: str) -> None:
    database = Database(url, Login())
    select = read_select("SELECT a FROM t WHERE b = :reference")
    (line,) = database.read(select, ("a",), {"reference": "x3"}).lines
    assert str(line[0]) == "3"
    assert database.read(select, ("a",), {"reference": "' OR 1=1"}).lines == ()
    database.close()


def test_a_query_that_never_ends_is_ended(url: str) -> None:
    fault = _fault(url, _ENDLESS, DatabaseLimits(seconds=0.3))
    assert (fault.fault, fault.reason, fault.is_retryable) == (
        Fault.TIMEOUT,
        "query_deadline",
        True,
    )


def test_a_query_is_cancelled_while_it_runs(url: str) -> None:
    asked = itertools.count()
    fault = _fault(url, _ENDLESS, is_cancelled=lambda: next(asked) > 3)
    assert fault.fault is Fault.CANCELLED


def test_too_many_rows_and_bytes_are_stopped(url: str) -> None:
    many = _ENDLESS.replace("FROM n)", "FROM n WHERE a < 3000)").replace("count(*)", "n.a")
    assert _fault(url, many, DatabaseLimits(rows=1000)).reason == "many_rows"
    assert _fault(url, many, DatabaseLimits(all_bytes=4000)).reason == "sync_too_large"


def test_a_bomb_of_a_cell_is_cut_by_the_server(server: str) -> None:
    database = Database(server, Login())
    tracemalloc.start()
    (line,) = database.read(read_select("SELECT repeat('x', 100000000) AS a"), ("a",)).lines
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert line == ("x" * 10_000,)
    assert peak < 16 << 20
    database.close()


def test_what_writes_behind_a_select_is_refused_by_the_database(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as made:
        made.execute(
            "CREATE FUNCTION sneak() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1'"
        )
    assert _fault(server, "SELECT sneak() AS a").reason == "query_writes"
    with psycopg.connect(server) as made:
        assert made.execute("SELECT count(*) FROM t").fetchone() == (5,)


def test_a_login_without_the_right_is_told_apart(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as made:
        made.execute("DROP ROLE IF EXISTS mere_reader")
        made.execute("CREATE ROLE mere_reader LOGIN")
    as_reader = server.replace("postgres@", "mere_reader@")
    fault = _fault(as_reader, "SELECT a FROM t")
    assert (fault.fault, fault.reason) == (Fault.FORBIDDEN, "query_refused")
    database = Database(server, Login(username="mere_reader"))
    told = database.describe()
    database.close()
    assert (told.user, told.may_write) == ("mere_reader", False)
    with psycopg.connect(server, autocommit=True) as made:
        made.execute("GRANT UPDATE ON t TO mere_reader")
    database = Database(as_reader, Login())
    assert database.describe().may_write is True
    database.close()


def test_a_cut_connection_is_no_end_of_the_rows(server: str) -> None:
    """The server is told to end our session when the first rows have come."""
    database = Database(server, Login())
    select = read_select(
        "SELECT CASE WHEN g = 5000 THEN (SELECT count(*)::text FROM t, pg_sleep(20))"
        " ELSE g::text END a FROM generate_series(1, 9000) g"
    )
    with psycopg.connect(server, autocommit=True) as other:

        def cut() -> bool:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'mlops-desktop' AND wait_event = 'PgSleep'"
            )
            return False

        cutting = Database(server, Login(), is_cancelled=cut)
        with pytest.raises(DatabaseFault) as caught:
            cutting.read(select, ("a",))
        cutting.close()
    assert (caught.value.fault, caught.value.reason) == (Fault.UNREACHABLE, "query_cut_off")
    assert caught.value.is_retryable
    database.close()


def test_an_error_quotes_no_data(server: str) -> None:
    fault = _fault(server, "SELECT b::int AS a FROM t")
    assert fault.fault is Fault.REJECTED
    assert "x0" not in fault.detail


def test_who_we_are_there(url: str) -> None:
    database = Database(url, Login())
    told = database.describe()
    database.close()
    assert told.version.split()[0] in ("PostgreSQL", "SQLite")
    assert told.may_write is True
    assert told.promises


def test_a_file_is_only_read(file: str, tmp_path: Path) -> None:
    before = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    database = Database(file, Login())
    database.read(read_select("SELECT a FROM t"), ("a",))
    database.close()
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == before
    # a bare connection that let one through would make a file here
    assert _fault("sqlite:////nonexistent/x.db", "SELECT 1 a").reason == "not_connected"
    (tmp_path / "no.db").write_bytes(b"no database " * 100)
    assert _fault(f"sqlite:///{tmp_path}/no.db", "SELECT 1 a FROM t").fault is Fault.PROTOCOL


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://u:secret@h/d", "source.address_holds_secret"),
        ("postgresql://u@h/d?options=-cdefault_transaction_read_only%3Doff", "sql.option_refused"),
        ("postgresql://u@h/d?passfile=/tmp/p", "sql.option_refused"),
        ("sqlite:///relative.db", "source.path_relative"),
        ("oracle+nosuch://u@h/d", "sql.driver_missing"),
        ("mysql+pymysql://u@h/d?password=x", "sql.option_refused"),
        ("not an address", "source.database_refused"),
    ],
)
def test_an_address_that_cannot_be_used(address: str, code: str) -> None:
    with pytest.raises(AppError) as caught:
        Database(address, Login())
    assert caught.value.code == code


def test_nobody_there_and_no_password_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "of-somebody-else")
    fault = _fault("postgresql://u@127.0.0.1:1/d", "SELECT 1 AS a")
    assert (fault.fault, fault.reason) == (Fault.UNREACHABLE, "not_connected")
    assert "of-somebody-else" not in fault.detail
