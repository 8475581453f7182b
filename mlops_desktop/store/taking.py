"""A shared workspace written into a file of its own: every durable row, then what follows of it."""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from mlops_desktop.store import log, migrations, rebuild, sql
from mlops_desktop.store.copies import Copy, write_copy
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.faults import explained
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.replay import Report
from mlops_desktop.store.sql import Cells
from mlops_desktop.store.tables.ledger import (
    checkpoints,
    disclosures,
    events,
    evidence,
    meta,
    series_chunks,
)
from mlops_desktop.store.workspace import Workspace

_PART = 2_000
_WHOLE = (events, disclosures, checkpoints, evidence, series_chunks)

Choose = Callable[[str, Cells], Cells | None]
"""Given a table's name and a row, returns what of it goes into the copy; None leaves it out."""


def write_file(
    source: sa.Connection,
    target: sa.Engine,
    shared: Workspace,
    told: Copy,
    report: Report,
    choose: Choose | None = None,
) -> None:
    """Fill an empty database with one consistent view of a shared workspace.

    What the file refuses is told of the file, not of the workspace it is taken from.
    """
    writes = {WRITES: True}
    with explained(target), target.connect().execution_options(**writes) as connection:
        migrations.upgrade(connection)
        rebuild.create_projections(connection)
        facts = {"id": shared.id, "name": shared.name, "origin": shared.origin}
        sql.insert_tuples(connection, meta, [*facts.items(), ("projection", current_form())])
        write_copy(connection, told)
        for table in _WHOLE:
            for part in _parts(source, table):
                rows = [choose(table.name, row) for row in part] if choose else part
                sql.insert_tuples(connection, table, [row for row in rows if row is not None])
        log.create_head(connection)
        log.write_head(connection, told.shared)
        rebuild.rebuild(connection, report)
        connection.commit()


def _parts(source: sa.Connection, table: sa.Table) -> Iterator[list[Cells]]:
    query = sa.select(table).order_by(*table.primary_key).execution_options(yield_per=_PART)
    with explained(source.engine):
        for part in source.execute(query).partitions():
            yield [tuple(_plain(cell) for cell in row) for row in part]


def _plain(cell: object) -> sql.Cell:
    if isinstance(cell, memoryview):
        return bytes(cell)
    return cell  # type: ignore[return-value]
