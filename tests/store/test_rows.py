"""The buffer of rows: what is pending is read before what is stored."""

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.store import sql
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
        with pytest.raises(sa.exc.IntegrityError):
            rows.flush()


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
