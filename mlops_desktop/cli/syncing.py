"""Reads sources one after the other and gives one account of all."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import DONE, FAILED, Answer, Document
from mlops_desktop.cli.documents.sources import counts_document, sync_document
from mlops_desktop.cli.failures import Failure, failure_of, say_failure, say_refusal, say_remedies
from mlops_desktop.cli.progress import cancellable, progress
from mlops_desktop.cli.text import section, table, visible
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.work import IsCancelled, Report

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session
    from mlops_desktop.services.sync import SyncResult

_HEADS = ("SOURCE", "READ", "NEW", "CHANGED", "UNCHANGED", "MISSING", "HELD BACK", "REFUSED")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the sources are to be read."""

    secret: str | None
    accept_shrink: bool
    report: Report
    is_cancelled: IsCancelled


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one source: its account, or why it could not be read at all."""

    name: str
    result: "SyncResult | None" = None
    failure: Failure | None = None

    @property
    def has_failed(self) -> bool:
        """Whether anything could not be read."""
        return self.result is None or bool(self.result.failures)

    def counts(self) -> SyncCounts:
        """Return the counts, zero where nothing was read."""
        return self.result.counts if self.result is not None else SyncCounts()

    def document(self) -> Document:
        """Return the account as a document."""
        if self.result is not None:
            return sync_document(self.result)
        error = self.failure.document() if self.failure is not None else {}
        return {**counts_document(SyncCounts(), ()), **error}

    def remarks(self) -> Iterator[str]:
        """Yield what a person should read beside the counts."""
        if self.failure is not None:
            yield from (self.failure.message, self.failure.remedy)
        if self.result is None:
            return
        for one in self.result.failures:
            detail = f" ({one.detail})" if one.detail else ""
            yield f"{one.stream} not read: {say_failure(one.code)}{detail}"
        yield from say_remedies(one.code for one in self.result.failures)
        if self.result.missing:
            yield f"not offered by this version: {', '.join(self.result.missing)}"
        for refusal in self.result.refusals:
            yield f"refused: {say_refusal(refusal)}"
        if self.result.counts.held_back:
            yield "much vanished at once and was held back; --accept-shrink believes it"


def sync_all(
    session: "Session", names: tuple[str, ...], secret: str | None, *, accept_shrink: bool
) -> Answer:
    """Read the named sources, or all; one that fails does not keep the others from being read.

    Raises ``source.not_found`` before anything is read, and KeyboardInterrupt after Ctrl-C.
    """
    from mlops_desktop.services.sources import list_sources

    known = [row.name for row in list_sources(session)]
    for name in names:
        if name not in known:
            raise AppError("source.not_found", where="NAME", name=name)
    wanted = dict.fromkeys(names or known)
    with progress() as report, cancellable() as is_cancelled:
        reading = _Reading(secret, accept_shrink, report, is_cancelled)
        outcomes = [_sync(session, name, reading) for name in wanted]
    code = FAILED if any(one.has_failed for one in outcomes) else DONE
    return Answer({one.name: one.document() for one in outcomes}, _text(outcomes), code)


def _sync(session: "Session", name: str, reading: _Reading) -> _Outcome:
    from mlops_desktop.services.sources import sync

    if reading.is_cancelled():
        raise KeyboardInterrupt
    try:
        result = sync(
            session,
            name,
            reading.report,
            reading.is_cancelled,
            secret=reading.secret,
            accept_shrink=reading.accept_shrink,
        )
    except AppError as error:
        if error.code == "sync.cancelled":
            raise KeyboardInterrupt from error
        return _Outcome(name, failure=failure_of(error))
    return _Outcome(name, result)


def _text(outcomes: list[_Outcome]) -> str:
    rows = [(one.name, *astuple(one.counts())) for one in outcomes]
    lines = [f"{visible(one.name)}: {visible(line)}" for one in outcomes for line in one.remarks()]
    return table(_HEADS, rows) + section("Remarks", "\n".join(lines))
