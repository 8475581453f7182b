"""Every check of a workspace, wherever it lies: the log itself, then what is read from it."""

from collections.abc import Iterator
from contextlib import closing

import mlops_desktop.ledger.verify as checks
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.work import Report
from mlops_desktop.ledger.verification import (
    Check,
    StoredCheckpoint,
    StoredPart,
    Verification,
)
from mlops_desktop.services.ledger_verdict import LedgerCheck
from mlops_desktop.services.readings import NO_EVENT, READINGS, Finding, Reading
from mlops_desktop.store import log
from mlops_desktop.store.soundness import check_file
from mlops_desktop.store.unit_of_work import ReadSession

_OFTEN = 2_000
"""Events after which it is told again how many were read."""


def examine(view: ReadSession, report: Report) -> Verification:
    """Check a copy of a workspace by itself, whatever this profile last saw of the original.

    Raises ``backup.unsound``, which names the first failure, and ``workspace.damaged``.
    """
    check_file(view.connection)
    notes = [StoredCheckpoint(size, note) for size, note in log.read_checkpoints(view.connection)]
    parts = telling(log.read_parts(view.connection), view.head().size, report)
    found = checks.verify(parts, notes, withheld=log.read_withheld(view.connection))
    for check in (*map(log_check, found.checks), *check_readings(view, report)):
        if check.finding is not None:
            raise AppError("backup.unsound", check=check.name, detail=check.finding.error.code)
    return found


def telling(parts: Iterator[StoredPart], size: int, report: Report) -> Iterator[StoredPart]:
    """Pass the parts on and report how many events they were, each time enough are."""
    read = told = 0
    for part in parts:
        yield part
        read += len(part.positions)
        if read - told >= _OFTEN:
            told = read
            report("ledger.verifying_log", read, size)


def of_copy(error: AppError) -> AppError:
    """Return what it means in a copy that its file does not hold the head last seen of it.

    A copy's file is duplicated or put back as any other, and each then goes on by itself.
    """
    code = _OF_COPY.get(error.code)
    if code is None:
        return error
    return AppError(code, recovery=error.recovery, where=error.where, **error.parameters)


_OF_COPY = {
    "ledger.history_changed": "copy.file_parted",
    "ledger.history_shortened": "copy.file_older",
}


def log_check(check: Check, *, is_copy: bool = False) -> LedgerCheck:
    """Return a check of the log itself as people read it."""
    failure = check.failure
    if failure is None:
        return LedgerCheck(check.number, check.name, None, check.examined)
    error = of_copy(failure.error) if is_copy else failure.error
    found = Finding(failure.position, error)
    return LedgerCheck(check.number, check.name, found, check.examined)


def check_readings(view: ReadSession, report: Report) -> Iterator[LedgerCheck]:
    """Yield the checks of everything that is read from the log, numbered from 7 on."""
    for number, (name, reading) in enumerate(READINGS, 7):
        yield LedgerCheck(number, name, _first(view, report, reading))


def _first(view: ReadSession, report: Report, reading: Reading) -> Finding | None:
    try:
        with closing(reading(view, report)) as found:
            return next(found, None)
    except AppError as error:
        return Finding(NO_EVENT, error)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # An altered log can hold anything; the checks before this one name the event.
        told = AppError("ledger.unreadable", detail=type(error).__name__)
        return Finding(NO_EVENT, told)
