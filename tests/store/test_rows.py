"""The buffer of rows: what is pending is read before what is stored."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.store import sql
from mlops_desktop.store.columns import insert_rows
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.faults import explained
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.projected import devices, entries
from tests.store.desks import Desk, altering

SHARED = settings(max_examples=25)


def rows_on(connection: sa.Connection) -> Rows:
    return Rows(connection, lambda _: [], lambda _: {})


def device(id: str, position: int) -> Row:
    return {"id": id, "person": "brandt", "public_key": "aa", "position": position}


ids = st.sampled_from("abc")
steps = st.lists(
    st.one_of(st.tuples(ids, st.integers(1, 9)), st.tuples(ids, st.none()), st.none()), max_size=12
)


@SHARED
@given(steps)
def test_the_last_row_put_is_the_one_there_flushed_or_not(
    desk: Desk, done: list[tuple[str, int | None] | None]
) -> None:
    expected: dict[str, int] = {}
    with altering(desk) as connection:
        rows = rows_on(connection)
        for step in done:
            if step is None:
                rows.flush()
            elif step[1] is None:
                found = rows.get(devices, step[0])
                assert (found or {}).get("position") == expected.get(step[0])
            else:
                rows.put(devices, device(step[0], step[1]))
                expected[step[0]] = step[1]
        rows.flush()
        kept = connection.execute(sa.select(devices).where(devices.c.public_key == "aa"))
        assert {row.id: row.position for row in kept} == expected


def test_a_row_comes_back_whole_whether_pending_or_stored(desk: Desk) -> None:
    entry: Row = {
        "source": "mlflow",
        "native_id": "pd",
        "model": "m",
        "name": "pd",
        "record": "{}",
        "seen_digest": "",
        "seen_at": "",
        "position": 1,
    }
    with altering(desk) as connection:
        rows = rows_on(connection)
        rows.put(entries, entry)
        pending = rows.get(entries, "mlflow", "pd")
        rows.flush()
        assert rows.get(entries, "mlflow", "pd") == pending
        assert pending == {**entry, "missing_since": None, "renamed_to": None}
        assert rows.select(sa.select(entries)) == [pending]


def test_what_is_added_must_not_be_there(desk: Desk) -> None:
    with altering(desk) as connection:
        rows = rows_on(connection)
        rows.put(devices, device("a", 1))
        rows.flush()
        rows.add(devices, device("a", 2))

        def write() -> None:
            rows.flush()
            sql.settle(connection)  # a server answers while the program goes on

        with pytest.raises(sa.exc.IntegrityError):
            write()


@pytest.mark.parametrize("number", [1, 500, 1_201])
def test_many_rows_arrive_as_they_are(desk: Desk, number: int) -> None:
    names = ["", "NULL", 'a"b,{c}\\d', "Größe 𝔐", "\x1f\n"]
    given = [
        ("mlflow", f"{place}", "m", names[place % 5], "{}", "", "", None, None, place - 2**53)
        for place in range(number)
    ]
    assert len(given[0]) == len(entries.columns)
    with altering(desk) as connection:
        sql.insert_tuples(connection, entries, given)
        kept = connection.execute(sa.select(entries).order_by(entries.c.position)).all()
        assert [tuple(row) for row in kept] == given
        changed = [(*row[:3], "new", *row[4:]) for row in given[::2]]
        sql.upsert_tuples(connection, entries, changed)
        sql.ignore_tuples(connection, entries, [(*row[:3], "late", *row[4:]) for row in given])
        found = connection.execute(sa.select(entries).order_by(entries.c.position)).all()
        assert [tuple(row) for row in found[::2]] == changed
        assert [tuple(row) for row in found[1::2]] == given[1::2]


def test_what_failed_on_its_way_is_told_by_the_commit_and_nothing_of_it_stays(desk: Desk) -> None:
    row = ("a", "brandt", "aa", 1)

    def write(connection: sa.Connection) -> None:
        sql.insert_tuples(connection, devices, [row])
        sql.insert_tuples(connection, devices, [row])
        connection.commit()

    with desk.workspace.engine.connect().execution_options(**{WRITES: True}) as connection:
        with pytest.raises(sa.exc.IntegrityError):
            write(connection)
        connection.rollback()
    with altering(desk) as connection:
        assert sql.find_row(connection, devices, ("a",)) is None


@pytest.mark.parametrize("is_sent", [False, True], ids=["before", "after"])
def test_a_line_lost_is_told_by_the_commit_as_the_database_says_it(
    team_desk: Desk, is_sent: bool
) -> None:
    engine, row = team_desk.workspace.engine, ("a", "brandt", "aa", 1)

    def write() -> None:
        with engine.connect() as connection:
            ((backend,),) = sql.fetch(connection, "SELECT pg_backend_pid()")
            if is_sent:
                sql.insert_tuples(connection, devices, [row])
            with engine.connect() as other:
                sql.fetch(other, "SELECT pg_terminate_backend(?, 5000)", backend)
            if not is_sent:
                sql.insert_tuples(connection, devices, [row])
            connection.commit()

    with pytest.raises(sa.exc.DBAPIError):
        write()


def test_large_rows_go_a_few_at_a_time_and_what_no_column_holds_is_refused(desk: Desk) -> None:
    large = [("s", f"{at}", "m", "n", "x" * 300_000, "", "", None, None, at) for at in range(20)]
    statements = [given for _, given in insert_rows(entries, "", large)]
    sizes = [sum(len(part) for part in one if isinstance(part, bytes)) for one in statements]
    assert len(sizes) > 1
    assert max(sizes) < 2_100_000
    with altering(desk) as connection:
        sql.insert_tuples(connection, entries, large)
        kept = connection.execute(sa.select(entries).order_by(entries.c.position)).all()
        assert [tuple(row) for row in kept] == large
    with pytest.raises(sa.exc.DataError):
        list(insert_rows(devices, "", [("a", "brandt", "aa", 2**63)]))


def test_a_row_is_asked_for_once_until_rows_are_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def find(connection: sa.Connection, table: sa.Table, key: sql.Cells) -> sql.Cells | None:
        asked.append(key)
        return find_row(connection, table, key)

    find_row = sql.find_row
    monkeypatch.setattr(sql, "find_row", find)
    with altering(desk) as connection:
        rows = rows_on(connection)
        assert [rows.get(devices, "a") for _ in range(3)] == [None] * 3
        assert asked == [("a",)]
        rows.add(devices, device("a", 1))
        rows.put(devices, device("b", 2))
        rows.flush()
        assert rows.get(devices, "a") == device("a", 1)
        assert rows.get(devices, "b") == device("b", 2)
        assert asked == [("a",)] * 2
        sql.run(connection, "UPDATE devices SET position = 3")
        rows.forget()
        assert [(rows.get(devices, id) or {}).get("position") for id in "ab"] == [3, 3]


def test_a_row_that_is_kept_leaves_the_one_there(desk: Desk) -> None:
    with altering(desk) as connection:
        rows = rows_on(connection)
        rows.put(devices, device("a", 1))
        rows.flush()
        for id, position in (("a", 2), ("b", 3), ("b", 4)):
            rows.keep(devices, device(id, position))
        pending = [rows.get(devices, id) for id in "ab"]
        rows.flush()
        rows.forget()
        assert [rows.get(devices, id) for id in "ab"] == pending
        assert pending == [device("a", 1), device("b", 3)]


def test_rows_read_ahead_are_those_there_pending_ones_first(desk: Desk) -> None:
    with altering(desk) as connection:
        rows = rows_on(connection)
        sql.insert_tuples(connection, devices, [(f"d{at}", "b", "aa", at) for at in range(700)])
        rows.put(devices, device("d1", 9))
        rows.read_ahead(devices, [*(f"d{at}" for at in range(700)), "gone"])
        sql.run(connection, "DELETE FROM devices")  # so that nothing is found but what was read
        assert rows.get(devices, "gone") is None
        assert rows.get(devices, "d1") == device("d1", 9)
        assert [(rows.get(devices, f"d{at}") or {})["position"] for at in (0, 2, 699)] == [
            0,
            2,
            699,
        ]


def test_statements_past_sqlalchemy_begin_its_transaction_and_raise_its_errors(desk: Desk) -> None:
    with desk.workspace.read() as view:
        assert not view.connection.in_transaction()
        assert sql.fetch(view.connection, "SELECT size FROM head WHERE id = ?", 1) == [(2,)]
        assert view.connection.in_transaction()
        with pytest.raises(sa.exc.DBAPIError) as told:
            sql.fetch(view.connection, "SELECT secret FROM nowhere WHERE x = ?", "hidden")
        assert "hidden" not in str(told.value)


def test_a_busy_database_is_explained(file_desk: Desk) -> None:
    def at_once(connection: Any, _: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    with altering(file_desk) as connection, file_desk.opened_again() as again:
        sql.run(connection, "UPDATE head SET size = size")
        engine = again.workspace.engine
        sa.event.listen(engine, "connect", at_once)
        engine.dispose()
        with pytest.raises(AppError, match="busy"), explained(engine), altering(again) as other:
            sql.run(other, "UPDATE head SET size = size")
