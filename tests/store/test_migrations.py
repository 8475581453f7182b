"""The revisions a program knows are those whose scripts it carries."""

import sqlalchemy as sa

from mlops_desktop.store import engine, migrations
from mlops_desktop.store.tables.ledger import durable


def test_the_known_revisions_are_the_scripts() -> None:
    assert migrations.scripts() == migrations.REVISIONS


def test_an_upgraded_database_has_the_tables_the_program_means() -> None:
    made = engine.open_memory()
    with made.connect() as connection:
        assert migrations.current(connection) is None
        migrations.upgrade(connection)
        assert migrations.current(connection) == migrations.REVISIONS[-1]
        inspector = sa.inspect(connection)
        for table in durable.sorted_tables:
            columns = {column["name"] for column in inspector.get_columns(table.name)}
            assert columns == {column.name for column in table.columns}
    made.dispose()
