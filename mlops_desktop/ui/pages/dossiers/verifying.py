"""Reads and verifies a file in the read lane: its bytes for the preview, its checks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import verify_dossier
from mlops_desktop.services.dossiers.verification import Verified
from mlops_desktop.services.root_files import read_root_file
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.text import tr

_MOST_SHOWN = 256 * 1024 * 1024
# The read lane's name for PDFium, which may be entered by one thread at a time.
_PDFIUM = "pdfium"


@dataclass(frozen=True, slots=True)
class Examined:
    """A file as it was read: its verdict, and its bytes; None where too many to show pages."""

    path: Path
    verified: Verified
    content: bytes | None = field(repr=False)


def examine(
    context: Context,
    path: Path,
    trust: Path | None,
    done: Callable[[Examined], None],
    failed: Callable[[AppError], None],
) -> None:
    """Verify ``path``; this workspace's authority is trusted, and the roots in ``trust``.

    A newer question drops the older. Fails with ``dossier.…`` and ``file.unreadable``.
    """
    session = context.session

    def read(progress: Progress) -> Examined:
        roots = read_root_file(trust) if trust is not None else None
        verified = verify_dossier(path, roots, session)
        is_small = path.stat().st_size <= _MOST_SHOWN
        return Examined(path, verified, with_seal(path.read_bytes()) if is_small else None)

    name, key = tr("Verifying the dossier"), "dossiers:examine"
    context.jobs.submit_read(name, read, done, failed, key=key, source=_PDFIUM)


def with_seal(content: bytes) -> bytes:
    """Return the document for the preview, with what stands in its form fields drawn on its pages.

    A seal is a form field, and a preview of pages alone would show it empty. What cannot be
    opened is given back as it is.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
        for page in document:
            page.flatten()
            page.close()
        drawn = BytesIO()
        document.save(drawn)
        document.close()
    except pypdfium2.PdfiumError:
        return content
    return drawn.getvalue()
