"""Whatever is changed behind the program's back is found and named."""

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core import clock
from mlops_desktop.ledger import verify as checks
from mlops_desktop.ledger.anchor import LastSeen
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.ledger.verification import StoredCheckpoint
from mlops_desktop.store import log, rebuild
from mlops_desktop.store.rebuild import ColumnDifference, RowDifference
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import projected
from tests.store.desks import Desk, altering
from tests.store.sample import HISTORY, MODELS

TABLES = projected.sorted_tables
COLUMNS = [column for table in TABLES for column in table.columns]
DERIVED = ["id", "type", "at", "effective", "person", "subject"]
SHARED = settings(max_examples=25)
Value = str | int | bytes | None


def other(value: Value) -> Value:
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, int):
        return value + 1000
    return b"x" if isinstance(value, bytes) else None


def alter(connection: sa.Connection, column: sa.Column[object], row: sa.Row[tuple[Value]]) -> Value:
    """Give one cell another value of its type; NULL becomes a value."""
    value = other(getattr(row, column.name))
    if value is None:
        value = 7 if column.type.python_type is int else "x"
    keys = [key == getattr(row, key.name) for key in column.table.primary_key]
    connection.execute(sa.update(column.table).where(*keys).values({column.name: value}))
    return value


def read(connection: sa.Connection, table: sa.Table) -> list[sa.Row[tuple[Value]]]:
    return list(connection.execute(sa.select(table).order_by(*table.primary_key)))


def key_of(table: sa.Table, row: sa.Row[tuple[Value]]) -> str:
    return " ".join(str(getattr(row, column.name)) for column in table.primary_key)


def is_sound(connection: sa.Connection) -> bool:
    """Whether the log's own checks pass; decisions are unsigned here and looked at elsewhere."""
    notes = [StoredCheckpoint(size, note) for size, note in log.read_checkpoints(connection)]
    found = checks.verify(log.read_parts(connection), notes)
    return all(check.ok for check in found.checks if check.name != "decisions")


@pytest.mark.parametrize("place", range(max(len(table.columns) for table in TABLES)))
def test_a_change_in_every_column_of_every_projected_table_is_named(
    filled: Desk, place: int
) -> None:
    """One column of each table at a time."""
    columns = [list(table.columns)[place] for table in TABLES if place < len(table.columns)]
    with altering(filled) as connection:
        for column in columns:
            alter(connection, column, read(connection, column.table)[-1])
        found = list(rebuild.compare(connection))
    named = {(item.table, item.column) for item in found if isinstance(item, RowDifference)}
    # A row under another key is one that is missing and one too many.
    expected = {
        (column.table.name, "" if column.primary_key else column.name) for column in columns
    }
    assert expected - named == set()


@SHARED
@given(data=st.data())
def test_a_change_in_any_row_is_named_with_its_key(filled: Desk, data: st.DataObject) -> None:
    column = data.draw(st.sampled_from([one for one in COLUMNS if not one.primary_key]))
    table = column.table
    with altering(filled) as connection:
        row = data.draw(st.sampled_from(read(connection, table)))
        alter(connection, column, row)
        found = list(rebuild.compare(connection))
    named = [item for item in found if isinstance(item, RowDifference)]
    assert RowDifference(table.name, key_of(table, row), column.name) in named
    assert {item.table for item in named} <= {table.name, "models_search"}


@pytest.mark.parametrize("place", [0, -1])
def test_rows_missing_are_named(filled: Desk, place: int) -> None:
    with altering(filled) as connection:
        gone = {table: read(connection, table)[place] for table in TABLES}
        for table, row in gone.items():
            keys = [part == getattr(row, part.name) for part in table.primary_key]
            connection.execute(sa.delete(table).where(*keys))
        found = [item for item in rebuild.compare(connection) if isinstance(item, RowDifference)]
    for table, row in gone.items():
        assert RowDifference(table.name, key_of(table, row), "") in found


@pytest.mark.parametrize("place", [0, -1])
def test_rows_too_many_are_named(filled: Desk, place: int) -> None:
    expected = set()
    with altering(filled) as connection:
        for table in TABLES:
            row = read(connection, table)[place]
            (key, *_) = table.primary_key
            added = dict(row._mapping) | {key.name: other(getattr(row, key.name))}
            connection.execute(sa.insert(table).values(added))
            shown = " ".join(str(added[part.name]) for part in table.primary_key)
            expected.add(RowDifference(table.name, shown, ""))
        assert expected <= set(rebuild.compare(connection))


def test_a_model_hidden_from_the_search_is_named(filled: Desk) -> None:
    hidden = RowDifference("models_search", "1", "trigrams")
    key = "rowid" if filled.workspace.engine.dialect.name == "sqlite" else "number"
    with altering(filled) as connection:
        connection.exec_driver_sql(f"DELETE FROM models_search WHERE {key} = 1")
        assert list(rebuild.compare(connection)) == [hidden]
    with altering(filled) as connection:
        if key == "rowid":
            text = "INSERT OR REPLACE INTO models_search (rowid, search) VALUES (1, 'nothing')"
        else:
            text = "UPDATE models_search SET trigrams = ARRAY['not'] WHERE number = 1"
        connection.exec_driver_sql(text)
        assert list(rebuild.compare(connection)) == [hidden]


@pytest.mark.parametrize("column", DERIVED)
def test_a_column_that_does_not_say_what_its_event_says_is_named(filled: Desk, column: str) -> None:
    with altering(filled) as connection:
        for position in (2, 11):
            row = connection.execute(sa.select(events).where(events.c.position == position)).one()
            alter(connection, events.c[column], row)
        assert list(rebuild.compare(connection)) == [
            ColumnDifference(2, column),
            ColumnDifference(11, column),
        ]


@pytest.mark.parametrize("value", ["size", "frontier"])
def test_a_changed_head_is_named(filled: Desk, value: str) -> None:
    with altering(filled) as connection:
        if value == "size":
            connection.exec_driver_sql("UPDATE head SET size = size + 1")
        else:
            head = log.read_head(connection)
            smaller = Frontier(head.size, (bytes(32), *head.peaks[1:]))
            log.write_head(connection, smaller)
        assert RowDifference("head", "1", value) in rebuild.compare(connection)


def flip(value: Value, bit: int) -> Value:
    """Flip one bit of a stored value; of a text only such as leave it ASCII."""
    if isinstance(value, int):
        return value ^ (1 << bit % 40)
    raw = bytearray(value if isinstance(value, bytes) else str(value).encode())
    width = 8 if isinstance(value, bytes) else 7
    place, number = divmod(bit % (len(raw) * width), width)
    raw[place] ^= 1 << number
    return bytes(raw) if isinstance(value, bytes) else raw.decode()


@SHARED
@given(data=st.data())
def test_a_single_bit_flipped_in_a_stored_event_is_found(filled: Desk, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(HISTORY) + 1))
    column = data.draw(st.sampled_from(list(events.columns)))
    bit = data.draw(st.integers(0, 2**16))
    with altering(filled) as connection:
        assert is_sound(connection)
        row = connection.execute(sa.select(events).where(events.c.position == position)).one()
        value = getattr(row, column.name)
        flipped = flip(value, bit) if value != "" else "x"
        if isinstance(flipped, str) and "\0" in flipped:
            flipped = "x" + flipped.replace("\0", "")  # PostgreSQL stores no such text
        taken = sa.select(events.c.position).where(events.c.position == flipped)
        if column.name == "position" and connection.execute(taken).first() is not None:
            flipped = 2**40
        change = sa.update(events).where(events.c.position == position)
        connection.execute(change.values({column.name: flipped}))
        assert not is_sound(connection) or list(rebuild.compare(connection)) != []


@SHARED
@given(data=st.data())
def test_comparing_altered_events_names_them_and_never_fails(
    filled: Desk, data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, len(HISTORY) + 1))
    bit = data.draw(st.integers(0, 2**16))
    with altering(filled) as connection:
        body = connection.execute(
            sa.select(events.c.body).where(events.c.position == position)
        ).scalar_one()
        change = sa.update(events).where(events.c.position == position)
        connection.execute(change.values(body=flip(bytes(body), bit)))
        assert not is_sound(connection)
        list(rebuild.compare(connection))


def test_an_event_nobody_can_read_is_named(filled: Desk) -> None:
    with altering(filled) as connection:
        for position, body in ((3, b"junk"), (4, b'{"type":"person.enrolled"}'), (5, b"[]")):
            change = sa.update(events).where(events.c.position == position)
            connection.execute(change.values(body=body))
        found = list(rebuild.compare(connection))
    for position in (3, 4, 5):
        assert ColumnDifference(position, "body") in found


def test_an_event_that_leads_nowhere_is_named(filled: Desk) -> None:
    with altering(filled) as connection:
        moved = sa.select(events.c.position, events.c.body).where(
            events.c.type == "exception.moved"
        )
        position, body = connection.execute(moved).one()
        altered = bytes(body).replace(b'"step":"', b'"step":"no_')
        change = sa.update(events).where(events.c.position == position)
        connection.execute(change.values(body=altered))
        assert altered != body
        assert ColumnDifference(position, "body") in list(rebuild.compare(connection))


def test_rebuilding_mends_altered_rows(filled: Desk) -> None:
    with altering(filled) as connection:
        for table in projected.sorted_tables:
            connection.execute(sa.delete(table))
        assert list(rebuild.compare(connection)) != []
        rebuild.rebuild(connection)
        assert list(rebuild.compare(connection)) == []


def test_the_newest_events_cut_off_are_found_by_the_head_last_seen(desk: Desk) -> None:
    desk.record(*MODELS[:3])
    with desk.workspace.read() as view:
        before = view.head()
    desk.record(*MODELS[3:5])
    with desk.workspace.read() as view:
        note = log.read_checkpoint(view.connection, 10**9) or ""
        seen = LastSeen(note, view.head().size, view.head().root(), clock.now())
    with altering(desk) as connection:
        connection.exec_driver_sql(f"DELETE FROM events WHERE position >= {before.size}")
        connection.exec_driver_sql(f"DELETE FROM checkpoints WHERE size > {before.size}")
        log.write_head(connection, before)
        rebuild.rebuild(connection)
        assert is_sound(connection)
        assert list(rebuild.compare(connection)) == []
        notes = [StoredCheckpoint(size, note) for size, note in log.read_checkpoints(connection)]
        found = checks.verify(log.read_parts(connection), notes, seen).first_failure
    assert found is not None
    assert found.error.code.startswith("ledger.")
