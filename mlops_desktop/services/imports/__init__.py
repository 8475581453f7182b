"""Registers kept elsewhere come in: a dry run that says everything, then all of it or nothing."""

from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.foreign_files import TooLarge, read_within
from mlops_desktop.services.imports.applying import (
    Applied,
    apply_import,
    digest_of,
    preview_import,
)
from mlops_desktop.services.imports.mapping import Given
from mlops_desktop.services.imports.report import Report
from mlops_desktop.services.imports.wishes import Source, Wishes
from mlops_desktop.services.session import Session
from mlops_desktop.sources.tabular import MOST_BYTES
from mlops_desktop.store import evidence, records
from mlops_desktop.store.queries import imports as queries
from mlops_desktop.store.queries.imports import ImportRow

__all__ = [
    "Applied",
    "Given",
    "Report",
    "Source",
    "Wishes",
    "apply_import",
    "digest_of",
    "list_imports",
    "preview_import",
    "read_file",
    "show_import",
]


def read_file(path: Path, evidence: Path | None = None) -> Source:
    """Return a file with its bytes; raises ``file.unreadable`` and ``import.too_large``.

    ``evidence`` is the folder of the files that its rows name, its own unless said.
    """
    try:
        return Source(path.name, read_within(path, MOST_BYTES), evidence or path.parent)
    except TooLarge:
        most = MOST_BYTES // 1024 // 1024
        raise AppError("import.too_large", where=path.name, most=most) from None
    except OSError as error:
        reason = error.strerror or ""
        raise AppError(
            "file.unreadable", recovery=Recovery.CONFIGURATION, path=str(path), reason=reason
        ) from error


def list_imports(session: Session) -> tuple[ImportRow, ...]:
    """Return every import, newest first."""
    with session.workspace.read() as view:
        return queries.list_imports(view.connection)


def show_import(session: Session, named: str) -> tuple[ImportRow, Report]:
    """Return an import and its report as it was kept.

    Raises ``import.not_found``, ``evidence.not_kept``, ``evidence.altered``.
    """
    with session.workspace.read() as view:
        row = queries.find_import(view.connection, named)
        kept = evidence.read(view.connection, row.report)
    return row, records.from_text(Report, kept.content.decode("utf-8"))
