"""A whole workspace from one database into another: every durable row as it is, in one view.

Identical bytes give identical heads, ids, disclosures, checkpoints, evidence and series; what is
projected is made anew from the events.
"""

from collections.abc import Callable, Iterator

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.work import Told
from mlops_desktop.store import engine as engines
from mlops_desktop.store import migrations, rebuild, sql
from mlops_desktop.store.faults import explained, place_of
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.tables.ledger import durable, meta
from mlops_desktop.store.unit_of_work import ReadSession

_PART = 500
_IDENTITY = ("id", "name", "origin")
_LARGE = frozenset({"compressed", "content"})
_HEAVY = 50
"""Rows at a time of tables whose cells may be large."""

Check = Callable[[ReadSession], object]


def _unchecked(view: ReadSession) -> None:
    """Check nothing."""


def copy_into(view: ReadSession, target: sa.Engine, told: Told, check: Check = _unchecked) -> None:
    """Copy the workspace of a view into an empty database, in one transaction there.

    ``check`` sees the copy before it is committed and may raise. Raises ``workspace.exists``
    where the database already holds one; nothing is left on failure.
    """
    with explained(target), target.connect().execution_options(**{engines.WRITES: True}) as there:
        if migrations.current(there) is not None:
            shown = place_of(target)
            raise AppError("workspace.exists", where=shown, path=shown)
        migrations.upgrade(there)
        identity = sa.select(meta).where(meta.c.name.in_(_IDENTITY))
        facts = [tuple(row) for row in view.connection.execute(identity)]
        sql.insert_tuples(there, meta, [*facts, ("projection", current_form())])
        fill(view, there, told, check)
        there.commit()


def fill(view: ReadSession, there: sa.Connection, told: Told, check: Check) -> None:
    """Copy a workspace into tables that are empty but for what they say of themselves."""
    _copy_rows(view.connection, there, told)
    rebuild.rebuild(there)
    copied = ReadSession(there.engine, view.workspace)
    copied.connection = there
    check(copied)


def _copy_rows(source: sa.Connection, target: sa.Connection, told: Told) -> None:
    tables = [table for table in durable.sorted_tables if table is not meta]
    known = sa.inspect(source).get_table_names()
    tables = [table for table in tables if table.name in known]
    total = sum(_count(source, table) for table in tables)
    done = 0
    for table in tables:
        for part in _parts(source, table):
            sql.insert_tuples(target, table, part)
            done += len(part)
            told(done, total)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _parts(connection: sa.Connection, table: sa.Table) -> Iterator[list[sql.Cells]]:
    """Yield the rows of a table in the order of its key, some at a time."""
    is_heavy = any(column.name in _LARGE for column in table.columns)
    query = sa.select(table).order_by(*table.primary_key.columns)
    found = connection.execute(query, execution_options={"stream_results": True})
    for part in found.partitions(_HEAVY if is_heavy else _PART):
        yield [tuple(row) for row in part]
