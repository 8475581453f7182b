"""Projections made anew from the events: into their place, or beside it to be compared."""

from collections.abc import Iterator
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine.mock import MockConnection

from mlops_desktop.core.events.meetings import MeetingItemAdded, ResolutionSigned
from mlops_desktop.core.events.people import WorkspaceCreated
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import earlier, log, search, tables
from mlops_desktop.store.comparison import RowDifference, compare_tables
from mlops_desktop.store.engine import open_memory
from mlops_desktop.store.envelopes import subject_of
from mlops_desktop.store.replay import ColumnDifference, Report, Touched, read_body, replay
from mlops_desktop.store.tables.ledger import events, head, meta
from mlops_desktop.store.tables.projected import projected

__all__ = [
    "ColumnDifference",
    "RowDifference",
    "compare",
    "create_projections",
    "drop_projections",
    "rebuild",
]


def create_projections(connection: sa.Connection) -> None:
    """Make the projected tables and the search index, empty."""
    tables.load()
    drop_projections(connection)
    projected.create_all(connection)
    search.create(connection)


def _create_in_memory(scratch: sa.Connection) -> None:
    """Make them where nothing is yet: each verification does."""
    tables.load()
    for statement in _statements(scratch.dialect.name):
        scratch.exec_driver_sql(statement)
    search.create(scratch)


@cache
def _statements(dialect: str) -> tuple[str, ...]:
    """Return what makes the projected tables, compiled once a process."""
    told: list[str] = []
    engine: MockConnection
    engine = sa.create_mock_engine(
        f"{dialect}://",
        lambda made, *_, **__: told.append(str(made.compile(dialect=engine.dialect))),
    )
    projected.create_all(engine, checkfirst=False)
    return tuple(told)


def drop_projections(connection: sa.Connection) -> None:
    """Remove every projected table."""
    search.drop(connection)
    projected.drop_all(connection)


def rebuild(
    connection: sa.Connection,
    report: Report | None = None,
    *,
    keeps_tables: bool = False,
    touched: Touched | None = None,
) -> None:
    """Project every event again into the same database, inside the caller's transaction.

    ``touched`` is told what is new. ``keeps_tables`` empties them instead of making them anew: for
    who may not make any.
    """
    earlier.forget(connection)
    if keeps_tables:
        _empty_projections(connection)
    else:
        _mend_subjects(connection)
        create_projections(connection)
    for _ in replay(connection, connection, report, touched):
        pass
    search.fill(connection)


def _empty_projections(connection: sa.Connection) -> None:
    tables.load()
    for table in projected.sorted_tables:
        connection.execute(sa.delete(table))
    search.empty(connection)


def _mend_subjects(connection: sa.Connection) -> None:
    """Say what these are about: older programs took the agenda's item for an item of theirs."""
    c = events.c
    kinds = [name_of(kind) for kind in (MeetingItemAdded, ResolutionSigned)]
    wrong = sa.select(c.position, c.body).where(c.type.in_(kinds))
    for position, body in connection.execute(wrong).all():
        envelope = read_body(bytes(body), {})
        if envelope is not None:
            told = sa.update(events).where(c.position == position)
            connection.execute(told.values(subject=subject_of(envelope.payload)))


def compare(
    connection: sa.Connection, report: Report | None = None
) -> Iterator[RowDifference | ColumnDifference]:
    """Yield every difference between what is stored and what the events lead to.

    Covers the events' own columns, the head, the workspace's own row, every projected table and
    the search index.
    """
    engine = open_memory()
    try:
        with engine.connect() as scratch:
            _create_in_memory(scratch)
            yield from replay(connection, scratch, report)
            yield from _compare_head(connection)
            yield from _compare_meta(connection)
            for table in projected.sorted_tables:
                yield from compare_tables(table, connection, scratch)
            search.fill(scratch)
            yield from _compare_search(connection, scratch)
    finally:
        engine.dispose()


def _compare_head(connection: sa.Connection) -> Iterator[RowDifference]:
    """The head is the frontier over the stored leaves, whose own check is the ledger's."""
    size, frontier = log.read_head_row(connection)
    made = Frontier().extend(log.read_leaves(connection, size))
    if made.size != size:
        yield RowDifference(head.name, "1", "size")
    elif made.to_bytes() != frontier:
        yield RowDifference(head.name, "1", "frontier")


def _compare_meta(connection: sa.Connection) -> Iterator[RowDifference]:
    """What the workspace says of itself is what its first event said of it."""
    first = next(log.read_events(connection, 0, 1), None)
    envelope = read_body(first.body, {}) if first is not None else None
    if envelope is None or not isinstance(envelope.payload, WorkspaceCreated):
        return  # the ledger's own checks name what is wrong with the first event
    created = envelope.payload
    facts = {"id": envelope.workspace, "name": created.name, "origin": created.origin}
    stored = {row.name: row.value for row in connection.execute(sa.select(meta))}
    for name in sorted(facts.keys() & stored.keys()):
        if stored[name] != facts[name]:
            yield RowDifference(meta.name, name, "value")


def _compare_search(connection: sa.Connection, scratch: sa.Connection) -> Iterator[RowDifference]:
    indexed = dict(search.indexed(connection))
    expected = dict(search.expected(scratch, connection.dialect.name))
    for number in sorted(indexed.keys() | expected.keys()):
        if indexed.get(number) != expected.get(number):
            yield RowDifference("models_search", str(number), "trigrams")
