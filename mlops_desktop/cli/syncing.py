"""Reads sources one after the other and gives one account of all."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import DONE, FAILED, Answer, Document
from mlops_desktop.cli.documents.sources import counts_document, sync_document
from mlops_desktop.cli.failures import failure_of
from mlops_desktop.cli.progress import IsCancelled, Report, cancellable, progress
from mlops_desktop.cli.text import section, table, visible
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SyncCounts

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session

_COUNTS = ("read", "new", "changed", "unchanged", "missing", "held_back", "refused")


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the sources are to be read."""

    secret: str | None
    accept_shrink: bool
    report: Report
    is_cancelled: IsCancelled


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
    wanted = names or tuple(known)
    with progress() as report, cancellable() as is_cancelled:
        reading = _Reading(secret, accept_shrink, report, is_cancelled)
        told = {name: _sync(session, name, reading) for name in dict.fromkeys(wanted)}
    failed = any(one["failures"] or "error" in one for one in told.values())
    return Answer(told, _text(told), FAILED if failed else DONE)


def _sync(session: "Session", name: str, reading: _Reading) -> Document:
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
        told = failure_of(error).answer().document
        return {**counts_document(SyncCounts(), ()), **told} if isinstance(told, dict) else {}
    return sync_document(result)


def _text(told: dict[str, Document]) -> str:
    heads = ("SOURCE", *(count.replace("_", " ").upper() for count in _COUNTS))
    rows = [(name, *(one[count] for count in _COUNTS)) for name, one in told.items()]
    lines = [
        f"{visible(name)}: {visible(line)}" for name, one in told.items() for line in _remarks(one)
    ]
    return table(heads, rows) + section("Remarks", "\n".join(lines))


def _remarks(one: Document) -> list[str]:
    lines = [
        f"{failure['stream']} not read: {failure['code']}: {failure['detail']}"
        for failure in _parts(one, "failures")
    ]
    error = one.get("error")
    if isinstance(error, dict):
        lines += [str(error["message"]), str(error["remedy"])]
    refusals = one.get("refusals")
    lines += [f"refused: {refusal}" for refusal in refusals] if isinstance(refusals, list) else []
    if one["held_back"]:
        lines.append("much vanished at once and was held back; --accept-shrink believes it")
    return lines


def _parts(one: Document, name: str) -> list[Document]:
    found = one[name]
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []
