"""Generations of a backup: the newest under its own name, older ones with their date in it."""

import os
import re
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside import durable

_STAMP = "%Y-%m-%dT%H%M%SZ"
_PRIVATE = 0o600


def generations(target: Path) -> tuple[Path, ...]:
    """Return the backups kept under a name, newest first."""
    dated = [path for _, path in sorted(_dated(target), reverse=True)]
    return (*([target] if target.exists() else []), *dated)


def _dated(target: Path) -> list[tuple[tuple[str, int], Path]]:
    """Return what beside ``target`` bears its name and a moment, by moment and number."""
    stem, suffix = re.escape(target.stem), re.escape(target.suffix)
    pattern = re.compile(stem + r"\.(\d{4}-\d\d-\d\dT\d{6}Z)(?:-(\d+))?" + suffix)
    found = [(pattern.fullmatch(path.name), path) for path in target.parent.iterdir()]
    return [((one[1], int(one[2] or 1)), path) for one, path in found if one]


def stamped(target: Path, at: datetime) -> Path:
    """Return a free name beside ``target`` that says a moment; of one second the last is newest."""
    stamp = at.astimezone(UTC).strftime(_STAMP)
    number = max((key[1] for key, _ in _dated(target) if key[0] == stamp), default=0) + 1
    more = f"-{number}" if number > 1 else ""
    return target.with_name(f"{target.stem}.{stamp}{more}{target.suffix}")


def publish(verified: Path, target: Path, keep: int) -> tuple[Path, ...]:
    """Put a verified copy in the place of the newest backup and return what is kept now.

    The one before keeps its content under a name with its date, and is never without a name; the
    oldest beyond ``keep`` go last of all. Raises ``backup.not_written``.
    """
    try:
        beside = _bring(verified, target)
        if target.exists():
            _rename_older(target)
        beside.replace(target)
        durable.sync(target.parent)
        for old in generations(target)[keep:]:
            old.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(
            "backup.not_written",
            recovery=Recovery.RETRY,
            where=str(target),
            path=str(target),
            reason=reason,
        ) from error
    return generations(target)


def _rename_older(target: Path) -> None:
    made = datetime.fromtimestamp(target.stat().st_mtime, UTC)
    older = stamped(target, made)
    with suppress(OSError):  # some shares know no second name for a file
        os.link(target, older)
        return
    target.rename(older)


def _bring(verified: Path, target: Path) -> Path:
    """Return the copy beside its target: itself, or its bytes written there and read again."""
    verified.chmod(_PRIVATE)
    if verified.parent == target.parent:
        return verified
    beside = target.with_name(f".{target.name}.arriving")
    try:
        shutil.copyfile(verified, beside)
        durable.sync(beside)
        _compare(beside, verified, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _compare(arrived: Path, sent: Path, target: Path) -> None:
    if _digest(arrived) != _digest(sent):
        raise AppError("backup.arrived_altered", where=str(target), path=str(target))


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()
