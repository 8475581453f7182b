"""Scans of pages signed by hand out."""

from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.events.dossiers import DossierScanAttached
from mlops_desktop.store import log, records
from mlops_desktop.store.tables.dossiers import dossier_scans
from mlops_desktop.store.tables.projected import people


@dataclass(frozen=True, slots=True)
class ScanRow:
    """A scanned page: who signed it by hand and when, by whom and when that was recorded."""

    id: str
    document: str
    name: str | None
    person: str
    signed_on: str
    printed: str
    recorded_by: str
    at: str


def list_scans(connection: sa.Connection, dossier: str) -> tuple[ScanRow, ...]:
    """Return the scans kept beside a dossier, in the order recorded."""
    table = dossier_scans
    query = sa.select(table).where(table.c.dossier == dossier).order_by(table.c.position)
    rows = connection.execute(query).mappings().all()
    closed = {digest for row in rows for digest in records.digests_in(row["record"])}
    opened = log.open_commitments(connection, closed)
    names = {row.id: row.name for row in connection.execute(sa.select(people.c.id, people.c.name))}
    found = []
    for row in rows:
        record = records.from_text(DossierScanAttached, row["record"], opened)
        found.append(
            ScanRow(
                row["id"],
                record.document.file,
                record.document.name.text,
                names.get(record.person) or record.person,
                record.signed_on,
                record.printed,
                names.get(row["person"]) or row["person"],
                row["at"],
            )
        )
    return tuple(found)
