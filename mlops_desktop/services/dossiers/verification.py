"""Verifies dossiers: with nothing but the file, or also against this workspace's own record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import mlops_desktop.store.queries.dossiers as queries
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.dossier import render
from mlops_desktop.dossier.render import Picture
from mlops_desktop.dossier.verdict import Check, Outcome, Step, Verdict, failed, passed
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.foreign_files import TooLarge, read_within
from mlops_desktop.services.dossiers.continuation import check_history
from mlops_desktop.services.session import Session
from mlops_desktop.services.trust_services import roots_of, services_of
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.authority import authority_of
from mlops_desktop.store.queries.dossier_scans import ScanRow, list_scans
from mlops_desktop.store.queries.dossiers import DossierRow

_MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Verified:
    """What the checks say of a file; ``recorded_as`` is its export here, None where unknown.

    ``is_recorded`` is None without a workspace to ask.
    """

    verdict: Verdict
    is_recorded: bool | None
    recorded_as: str | None
    scans: tuple[ScanRow, ...] = ()
    """Pages signed by hand that this workspace keeps beside it; no electronic signatures."""


def verify_dossier(
    path: Path,
    trust: bytes | None = None,
    session: Session | None = None,
    stamps: bytes | None = None,
) -> Verified:
    """Check a file; ``trust`` are PEM roots, a workspace brings its own ones.

    A workspace also says whether its history still continues the head that the file names. They
    are its authority and those of its signers; ``stamps`` are roots that only time stamps
    may lead to, beside those the workspace arranged. Raises ``dossier.unreadable`` for a file
    that cannot be read at all.
    """
    return verify_bytes(read_file(path), trust, session, stamps)


def verify_bytes(
    pdf: bytes,
    trust: bytes | None = None,
    session: Session | None = None,
    stamps: bytes | None = None,
) -> Verified:
    """Check a file's bytes, as :func:`verify_dossier` does."""
    roots, more = trust or b"", stamps or b""
    # A file of roots that holds none is said, not covered by the workspace's own.
    if session is not None and _holds_roots(roots):
        with session.workspace.read() as view:
            roots += b"\n" + authority_of(view).encode("ascii")
            known = services_of(view)
            roots += b"\n" + known.signers.encode("ascii")
            more += b"\n" + known.roots.encode("ascii")
    verdict = verify(pdf, roots or None, stamps=more, wording=read_words)
    if session is None:
        return Verified(verdict, None, None)
    with session.workspace.read() as view:
        found = queries.find_digest(view.connection, verdict.sha256)
        row = queries.find_dossier(view.connection, found or verdict.document_id or "")
        scans = list_scans(view.connection, row.key) if row is not None else ()
        history = check_history(view, session.workspace.origin, verdict, pdf)
    checked = replace(verdict, checks=(*verdict.checks, _compare(verdict, row), history))
    return Verified(checked, found is not None, found, scans)


def _holds_roots(pem: bytes) -> bool:
    try:
        roots_of(pem.decode("latin-1"))
    except AppError:
        return False
    return True


def _compare(verdict: Verdict, row: DossierRow | None) -> Check:
    """(11) The file has every signature and time stamp that this workspace recorded.

    Dropping the last of them leaves a file that proves itself: only the record tells.
    """
    if row is None:
        return Check(Step.RECORD, None, "record_none")
    if verdict.sha256 not in row.digests:
        return failed(Step.RECORD, Outcome.INDETERMINATE, "record_other")
    lacking = len(row.digests) - 1 - row.digests.index(verdict.sha256)
    if lacking:
        return failed(Step.RECORD, Outcome.INDETERMINATE, "record_earlier", shown=lacking)
    signed = sum(state.kind != "extended" for state in row.states)
    return passed(Step.RECORD, "record_ok", shown=signed)


def read_file(path: Path) -> bytes:
    """Return the bytes; raises ``dossier.too_large``, ``dossier.unreadable``."""
    try:
        return read_within(path, _MOST_BYTES)
    except TooLarge:
        raise AppError("dossier.too_large", where=str(path), path=str(path)) from None
    except OSError as error:
        raise AppError(
            "dossier.unreadable",
            recovery=Recovery.CONFIGURATION,
            where=str(path),
            path=str(path),
            reason=error.strerror or "",
        ) from error


def export_authority(session: Session) -> str:
    """Return the PEM certificate that others trust in order to verify our dossiers."""
    with session.workspace.read() as view:
        return authority_of(view)


def render_pages(path: Path, dpi: float = 96) -> Iterator[Picture]:
    """Yield the pages of a PDF as pictures, one at a time; raises ``preview.unreadable``."""
    return render.render_pages(read_file(path), dpi=dpi)
