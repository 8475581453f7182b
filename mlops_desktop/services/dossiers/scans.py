"""Pages of a dossier signed by hand: a scan is kept as evidence, and is no electronic signature."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import mlops_desktop.store.queries.dossier_scans as queries
import mlops_desktop.store.queries.dossiers as dossier_queries
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.dossiers import DossierScanAttached
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.documents import File, keep_file, read_document, read_file
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.dossier_scans import ScanRow
from mlops_desktop.store.queries.dossiers import DossierRow

__all__ = ["ScanRow", "ScannedPage", "attach_scan", "list_scans", "read_scan"]

_KINDS = (
    ("pdf", b"%PDF-"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("jpeg", b"\xff\xd8\xff"),
)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A scanned page: the file, who signed it by hand, on which day; ``dossier`` is its id."""

    dossier: str
    scan: Path
    person: str
    signed_on: date


def attach_scan(session: Session, page: ScannedPage) -> Recorded:
    """Keep the scan of a page signed by hand beside the dossier as it is on record.

    It is evidence that somebody says so: nothing in it proves who signed, and it is listed apart
    from the signatures. Raises ``dossier.not_on_record``, ``person.not_found``,
    ``dossier.scan_kind``, ``dossier.scan_day``, ``document.…``.
    """
    file = read_file(page.scan)
    _check(file, page)
    with session.workspace.write(session.actor) as work:
        row = _find(dossier_queries.list_dossiers(work.connection), page.dossier)
        person = people.find_person(work.connection, page.person)
        payload = DossierScanAttached(
            dossier=row.key,
            scan=new_id(),
            document=keep_file(work, file),
            person=person.id,
            signed_on=page.signed_on.isoformat(),
            printed=row.digests[-1],
        )
        work.record(payload)
    return Recorded(payload.scan, work.changes)


def _check(file: File, page: ScannedPage) -> None:
    if not any(file.content.startswith(mark) for _, mark in _KINDS):
        raise AppError("dossier.scan_kind", where=str(page.scan), path=str(page.scan))
    if page.signed_on > clock.today():
        raise AppError("dossier.scan_day", where="signed_on", day=page.signed_on.isoformat())


def _find(rows: tuple[DossierRow, ...], wanted: str) -> DossierRow:
    """Return the dossier of an id, its beginning, or the digest of its file."""
    found = [row for row in rows if row.key.startswith(wanted) or wanted in row.digests]
    if len(found) != 1 or not wanted:
        raise AppError("dossier.not_on_record", where="dossier", id=wanted)
    return found[0]


def list_scans(session: Session, dossier: str) -> tuple[ScanRow, ...]:
    """Return the scans kept beside a dossier, in the order recorded."""
    with session.workspace.read() as view:
        return queries.list_scans(view.connection, dossier)


def read_scan(session: Session, scan: ScanRow) -> bytes:
    """Return the file; raises ``evidence.not_kept`` and ``evidence.altered``."""
    return read_document(session, scan.document)
