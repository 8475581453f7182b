"""The ledger as documents: its verdict, its events, its signed head."""

from base64 import b64decode
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.cli.documents.values import moment

if TYPE_CHECKING:
    from mlops_desktop.services.ledger import LedgerCheck, LedgerVerdict, LogRow, RestoreNote


def verdict_document(verdict: "LedgerVerdict") -> Document:
    """Return what a verification found; the position of a failure without an event is null."""
    first = verdict.first_failure
    return {
        "ok": verdict.is_ok,
        "size": verdict.size,
        "root": verdict.root,
        "first_failure": _failure(first) if first is not None else None,
        "anchored_at": moment(verdict.anchored_at),
        "since_anchor": verdict.since_anchor,
        "withheld": verdict.withheld,
        "checks": [_check(check) for check in verdict.checks],
        "restores": [restore_document(note) for note in verdict.restores],
    }


def restore_document(note: "RestoreNote") -> Document:
    """Return a restore on record and the heads lost by it."""
    lost: list[Json] = [{"size": head.size, "root": head.root} for head in note.lost]
    told: dict[str, Json] = {"position": note.position, "at": moment(note.at)}
    return {**told, "person": note.person, "lost_to": note.lost_to, "lost": lost}


def _failure(check: "LedgerCheck") -> Document:
    return {"position": position_of(check), "check": check.name, "detail": detail_of(check)}


def position_of(check: "LedgerCheck") -> int | None:
    """Return the position of the event a check found wrong; None where no single one is."""
    found = check.finding
    return found.position if found is not None and found.position >= 0 else None


def _check(check: "LedgerCheck") -> Document:
    return {
        "number": check.number,
        "name": check.name,
        "ok": check.is_ok,
        "detail": detail_of(check),
    }


def detail_of(check: "LedgerCheck") -> str | None:
    """Return what a check found wrong, in a sentence; None where it found nothing."""
    from mlops_desktop.services.wording import explain

    return explain(check.finding.error, "en")[0] if check.finding is not None else None


def log_document(row: "LogRow") -> Document:
    """Return an event as people read it."""
    return {
        "id": row.id,
        "position": row.position,
        "type": row.type,
        "at": moment(row.at),
        "effective": moment(row.effective),
        "person": row.person,
        "agent": row.agent,
        "summary": row.summary,
        "signed": row.is_signed,
        "fate": row.fate.value if row.fate else None,
        "rule": row.rule,
        "leaf": row.leaf,
    }


def note_document(note: str) -> dict[str, Json]:
    """Return a signed checkpoint and its three facts; the root in hexadecimal."""
    origin, size, root = note.split("\n", 3)[:3]
    digest = b64decode(root).hex()
    return {"origin": origin, "size": int(size), "root": digest, "checkpoint": note}
