"""Write the fixture of the present schema: run once for each release, never for an older one.

Usage: ``python -m tests.store.keep_schema``
"""

import json
import tempfile
from pathlib import Path

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.store import migrations
from mlops_desktop.store.tables.ledger import durable
from tests.store.desks import Ticking, create
from tests.store.sample import HISTORY


def main() -> None:
    """Record the sample and write the rows of the durable tables."""
    with tempfile.TemporaryDirectory() as folder, clock.reading(Ticking()):
        desk = create(str(Path(folder) / "bank.mrm"))
        desk.record(*HISTORY[:6])
        desk.record(*HISTORY[6:])
        with desk.workspace.read() as view:
            kept = {table.name: _rows(view.connection, table) for table in durable.sorted_tables}
        desk.workspace.close()
    kept["meta"].sort(key=lambda row: row["name"] != "id")
    for row in kept["meta"]:
        if row["name"] == "projection":
            row["value"] = "0"
    path = Path(__file__).parent / "fixtures" / f"schema-{migrations.REVISIONS[-1]}.json"
    path.write_text(json.dumps({k: v for k, v in kept.items() if v}, indent=0) + "\n", "utf-8")


def _rows(connection: sa.Connection, table: sa.Table) -> list[dict[str, str | int | None]]:
    found = connection.execute(sa.select(table)).mappings()
    return [
        {key: cell.hex() if isinstance(cell, bytes) else cell for key, cell in row.items()}
        for row in found
    ]


if __name__ == "__main__":
    main()
