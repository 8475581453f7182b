"""What versions were held to, and which kinds of tests a tier asks for."""

from sqlalchemy import Column, Index, Table

from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.types import INTEGER, TEXT

test_results = Table(
    "test_results",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("test", TEXT, nullable=False),
    Column("model", TEXT, nullable=False),
    Column("version", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
Index("test_results_model", test_results.c.model, test_results.c.version)

test_requirements = Table(
    "test_requirements",
    projected,
    Column("position", INTEGER, primary_key=True, autoincrement=False),
    Column("tier", INTEGER, nullable=False),
    Column("person", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_strict=True,
)
