"""Projections made anew from the events: into their place, or beside it to be compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import envelopes, log, search
from mlops_desktop.store.engine import open_memory
from mlops_desktop.store.projections.registry import project
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import models, projected

_FLUSH_EVERY = 5_000
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A projected row that the events do not lead to, or that they lead to and is not there."""

    table: str
    key: str
    column: str


@dataclass(frozen=True, slots=True)
class ColumnDifference:
    """A stored event whose index columns do not say what its body says."""

    position: int
    column: str


def create_projections(connection: sa.Connection) -> None:
    """Make the projected tables and the search index, empty."""
    drop_projections(connection)
    projected.create_all(connection)
    search.create(connection)


def drop_projections(connection: sa.Connection) -> None:
    """Remove every projected table."""
    search.drop(connection)
    projected.drop_all(connection)


def rebuild(connection: sa.Connection, report: Report | None = None) -> None:
    """Project every event again into the same database, inside the caller's transaction."""
    create_projections(connection)
    for _ in _replay(connection, connection, report):
        pass
    search.fill(connection)


def compare(
    connection: sa.Connection, report: Report | None = None
) -> Iterator[RowDifference | ColumnDifference]:
    """Yield every difference between what is stored and what the events lead to."""
    engine = open_memory()
    with engine.connect() as scratch:
        projected.create_all(scratch)
        yield from _replay(connection, scratch, report)
        for table in projected.sorted_tables:
            yield from _compare_table(table, connection, scratch)
        yield from _compare_search(connection)
    engine.dispose()


def _replay(
    source: sa.Connection, target: sa.Connection, report: Report | None
) -> Iterator[ColumnDifference]:
    size = log.read_head(source).size
    opened: dict[str, str] = {}
    position = 0

    def history(subject: str) -> Iterator[Happening]:
        for at, envelope in log.read_subject(source, subject):
            if at <= position:
                yield envelopes.happening_of(at, envelope)

    rows = Rows(
        target, history, lambda digests: log.open_commitments(source, digests), indexes=False
    )
    for part in _parts(source, size):
        closed = {digest for row in part for digest in envelopes.digests_of(row.body)}
        opened = log.open_commitments(source, closed)
        for row in part:
            position = row.position
            envelope = envelopes.from_body(bytes(row.body), opened)
            yield from _compare_columns(row, envelopes.columns_of(envelope))
            project(rows, envelopes.happening_of(position, envelope), envelope.signature)
        rows.flush()
        rows.states.clear()
        if report is not None:
            report(position + 1, size)


def _parts(source: sa.Connection, size: int) -> Iterator[list[sa.Row[tuple[object, ...]]]]:
    for start in range(0, size, _FLUSH_EVERY):
        query = sa.select(events).where(events.c.position.between(start, start + _FLUSH_EVERY - 1))
        yield list(source.execute(query.order_by(events.c.position)))


def _compare_columns(
    row: sa.Row[tuple[object, ...]], said: envelopes.Columns
) -> Iterator[ColumnDifference]:
    for column in ("id", "type", "at", "effective", "person", "subject"):
        if getattr(row, column) != getattr(said, column):
            yield ColumnDifference(row.position, column)


def _compare_table(
    table: sa.Table, stored: sa.Connection, scratch: sa.Connection
) -> Iterator[RowDifference]:
    keys = list(table.primary_key)
    query = sa.select(table).order_by(*keys)
    there = {_key(table, row): row for row in stored.execute(query)}
    for row in scratch.execute(query):
        found = there.pop(_key(table, row), None)
        if found is None:
            yield RowDifference(table.name, _key(table, row), "")
            continue
        for column in table.columns:
            if getattr(found, column.name) != getattr(row, column.name):
                yield RowDifference(table.name, _key(table, row), column.name)
    for key in there:
        yield RowDifference(table.name, key, "")


def _key(table: sa.Table, row: sa.Row[tuple[object, ...]]) -> str:
    return " ".join(str(getattr(row, column.name)) for column in table.primary_key)


def _compare_search(connection: sa.Connection) -> Iterator[RowDifference]:
    indexed = set(connection.execute(search.indexed_numbers(connection.dialect.name)).scalars())
    listed = set(connection.execute(sa.select(models.c.number)).scalars())
    for number in sorted(indexed.symmetric_difference(listed)):
        yield RowDifference("models_search", str(number), "")
