"""What an output may replace: its own kind, so that a slip of the pen costs no workspace."""

from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery

_PDF = b"%PDF-"
_SIGNED = b"/ByteRange"


def check_replaces_pdf(out: Path, *, signed_too: bool) -> None:
    """Raise ``file.not_replaced`` where something else than a PDF is at ``out``.

    Unless ``signed_too``, a signed PDF is not replaced either: ``file.signed_not_replaced``.
    """
    if not out.is_file():
        return
    try:
        with out.open("rb") as stream:
            start = stream.read(1024)
            is_signed = not signed_too and _SIGNED in start + stream.read()
    except OSError as error:
        reason = error.strerror or ""
        raise AppError(
            "file.not_written", recovery=Recovery.CONFIGURATION, path=str(out), reason=reason
        ) from error
    if start and _PDF not in start:
        raise AppError("file.not_replaced", where=str(out), path=str(out), kind="PDF")
    if is_signed:
        raise AppError("file.signed_not_replaced", where=str(out), path=str(out))


def check_replaces_csv(out: Path) -> None:
    """Raise ``file.not_replaced`` where a file is at ``out`` that is not named as CSV."""
    if out.exists() and out.suffix.lower() != ".csv":
        raise AppError("file.not_replaced", where=str(out), path=str(out), kind="CSV")
