"""Writes a signed file and the event about it: both or neither."""

from pathlib import Path

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.registry import Event
from mlops_desktop.services.session import Session


def deliver(session: Session, out: Path, data: bytes, payload: Event) -> Changes:
    """Record ``payload`` and let ``data`` appear at ``out``, whole; where one fails, neither.

    Raises ``dossier.cannot_write``.
    """
    draft = out.with_name(f".{out.name}.part")
    try:
        draft.write_bytes(data)
        with session.workspace.write(session.actor) as work:
            work.record(payload)
        draft.replace(out)
    except OSError as error:
        raise AppError(
            "dossier.cannot_write",
            recovery=Recovery.CONFIGURATION,
            where=str(out),
            path=str(out),
            reason=error.strerror or "",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return work.changes
