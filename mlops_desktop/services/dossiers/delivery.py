"""Writes a signed file and the event about it: both or neither."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import Event
from mlops_desktop.services.files import appearing
from mlops_desktop.services.session import Session


def deliver(
    session: Session, out: Path, data: bytes, payload: Event, seen: Seen | None = None
) -> Changes:
    """Record ``payload`` and let ``data`` appear at ``out``, whole; where one fails, neither.

    With ``seen`` nothing happens where the ledger has grown since. Raises
    ``dossier.preview_outdated``, ``dossier.cannot_write``.
    """
    with _whole(out, data), session.workspace.write(session.actor) as work:
        if seen is not None:
            check_seen(Seen(work.before.size, work.before.root().hex()), seen)
        work.record(payload)
    return work.changes


def write_whole(out: Path, data: bytes) -> None:
    """Let ``data`` appear at ``out``, whole, and record nothing.

    Raises ``dossier.cannot_write``.
    """
    with _whole(out, data):
        pass


@contextmanager
def _whole(out: Path, data: bytes) -> Iterator[None]:
    try:
        with appearing(out, data):
            yield
    except OSError as error:
        raise AppError(
            "dossier.cannot_write",
            recovery=Recovery.CONFIGURATION,
            where=str(out),
            path=str(out),
            reason=error.strerror or "",
        ) from error


def check_seen(now: Seen, seen: Seen) -> None:
    """Raise ``dossier.preview_outdated`` where the head is no longer the one that was seen."""
    if now != seen:
        raise AppError(
            "dossier.preview_outdated", recovery=Recovery.RETRY, more=now.size - seen.size
        )
