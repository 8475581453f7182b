"""Writes the files of a run and its events: all or none."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.services.session import Session
from mlops_desktop.store.unit_of_work import WriteSession

Files = tuple[tuple[Path, bytes], ...]


def free_name(path: Path, taken: set[Path]) -> Path:
    """Return the path, with a number where a file has that name: nothing is ever replaced."""
    for number in count(1):
        named = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        if named not in taken and not named.exists():
            taken.add(named)
            return named
    raise AssertionError


def deliver_all(
    session: Session, files: Files, record: Callable[[WriteSession], bool]
) -> Changes | None:
    """Let ``files`` appear, each whole, with the events that ``record`` writes; None if none.

    Raises ``dossier.cannot_write``; then no file is there and nothing is recorded.
    """
    parts = [(path, path.with_name(f".{path.name}.part")) for path, _ in files]
    shown: list[Path] = []
    is_kept = False
    try:
        for (_, part), (_, data) in zip(parts, files, strict=True):
            part.write_bytes(data)
        with session.workspace.write(session.actor) as work:
            if not record(work):
                return None
            for path, part in parts:
                part.replace(path)
                shown.append(path)
        is_kept = True
    except OSError as error:
        where = str(files[0][0].parent) if files else ""
        raise AppError(
            "dossier.cannot_write",
            recovery=Recovery.CONFIGURATION,
            where=where,
            path=where,
            reason=error.strerror or "",
        ) from error
    finally:
        gone = [part for _, part in parts] if is_kept else [*(part for _, part in parts), *shown]
        for path in gone:
            path.unlink(missing_ok=True)
    return work.changes
