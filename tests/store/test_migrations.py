"""Workspaces of every released schema open, are brought up, and verify."""

import json
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger import verify as checks
from mlops_desktop.ledger.verification import StoredCheckpoint
from mlops_desktop.store import engine as engines
from mlops_desktop.store import log, migrations, rebuild
from mlops_desktop.store import workspace as workspaces
from mlops_desktop.store.tables.ledger import durable
from tests.store.desks import Desk
from tests.store.sample import HISTORY

FIXTURES = Path(__file__).parent / "fixtures"
KEY = bytes(range(32))
CHANGE = '''
"""Say who made a workspace."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0003"


def upgrade():
    op.add_column("meta", sa.Column("remark", sa.Text))
    {then}
'''


def test_the_revisions_are_those_of_the_scripts() -> None:
    assert migrations.scripts() == migrations.REVISIONS


def test_migrations_lead_to_the_tables_the_program_uses(desk: Desk) -> None:
    found = sa.inspect(desk.workspace.engine)
    for table in durable.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        keys = found.get_pk_constraint(table.name)["constrained_columns"]
        assert keys == [column.name for column in table.primary_key]
        indexes = {
            index["name"]: index["column_names"]
            for index in found.get_indexes(table.name)
            if not index["unique"]
        }
        expected = {index.name: [part.name for part in index.columns] for index in table.indexes}
        assert indexes == expected


def restore(engine: sa.Engine, revision: str) -> None:
    """Make a database as a program of that revision left it; its projections are lost."""
    kept = json.loads((FIXTURES / f"schema-{revision}.json").read_text("utf-8"))
    with engine.connect().execution_options(**{engines.WRITES: True}) as connection:
        command.upgrade(migrations._config(connection), revision)
        found = sa.MetaData()
        found.reflect(connection)
        for name, rows in kept.items():
            binary = {"leaf", "body", "frontier", "compressed", "content"}
            cells = [
                {key: bytes.fromhex(cell) if key in binary else cell for key, cell in row.items()}
                for row in rows
            ]
            connection.execute(sa.insert(found.tables[name]), cells)
        connection.commit()


@pytest.mark.parametrize("place", ["file", "team"])
@pytest.mark.parametrize("revision", migrations.REVISIONS)
def test_a_workspace_of_every_revision_opens_and_verifies(
    request: pytest.FixtureRequest, tmp_path: Path, place: str, revision: str
) -> None:
    id = json.loads((FIXTURES / f"schema-{revision}.json").read_text("utf-8"))["meta"][0]["value"]
    if place == "team":
        path, engine = "", engines.open_team(request.getfixturevalue("postgres_url"))
    else:
        path = str(tmp_path / "old.mrm")
        engine = engines.open_file(Path(path), KEY, id)
    restore(engine, revision)
    found = workspaces.load(path or "postgresql://", engine)
    with found.read() as view:
        assert found.id == id
        assert view.head().size == len(list(log.read_events(view.connection))) > 40
        assert list(rebuild.compare(view.connection)) == []
        notes = [StoredCheckpoint(*kept) for kept in log.read_checkpoints(view.connection)]
        verified = checks.verify(log.read_parts(view.connection), notes)
        assert all(check.ok for check in verified.checks if check.name != "decisions")
    found.close()


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that has one more migration; what it does after its first step can be set."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations._HERE, folder)
    monkeypatch.setattr(migrations, "_HERE", folder)
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "9999"))
    script = folder / "versions" / "9999_remark.py"
    script.write_text(CHANGE.format(then=""), "utf-8")
    return script


def remarks(engine: sa.Engine) -> bool:
    return "remark" in {column["name"] for column in sa.inspect(engine).get_columns("meta")}


def test_an_older_workspace_is_brought_up_and_the_old_file_kept(desk: Desk, newer: Path) -> None:
    desk.record(*HISTORY)
    desk.workspace.close()
    with desk.opened_again() as again:
        assert remarks(again.workspace.engine)
        with again.workspace.read() as view:
            assert migrations.current(view.connection) == "9999"
            assert list(rebuild.compare(view.connection)) == []
    if not engines.is_team(desk.place):
        kept = Path(desk.place).with_name(f"bank.schema-{migrations.REVISIONS[-2]}.mrm")
        engine = workspaces.open_engine(str(kept), lambda _: desk.key)
        assert not remarks(engine)
        engine.dispose()


def test_a_migration_that_fails_changes_nothing(desk: Desk, newer: Path) -> None:
    newer.write_text(CHANGE.format(then='raise RuntimeError("stop")'), "utf-8")
    desk.workspace.close()
    with pytest.raises(RuntimeError, match="stop"), desk.opened_again():
        pass
    with desk.workspace.engine.connect() as connection:
        assert migrations.current(connection) == migrations.REVISIONS[-2]
    assert not remarks(desk.workspace.engine)
    desk.record(*HISTORY[:2])


def test_a_new_workspace_has_the_newest_schema(desk: Desk) -> None:
    with desk.workspace.engine.connect() as connection:
        assert migrations.current(connection) == migrations.REVISIONS[-1]


def test_a_file_that_others_have_open_is_not_swapped_under_them(
    file_desk: Desk, newer: Path
) -> None:
    with file_desk.workspace.read() as view:
        view.head()
        with pytest.raises(AppError, match=r"workspace\.busy"), file_desk.opened_again():
            pass
        assert view.head().size == 2
    file_desk.record(*HISTORY[:2])
