"""Copies as documents: what was taken, sent, brought in, and held back."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.documents.ledger import log_document
from mlops_desktop.cli.documents.values import moment

if TYPE_CHECKING:
    from mlops_desktop.core.events.copies import Arrival
    from mlops_desktop.core.extracts import Extract
    from mlops_desktop.services.copies import Conflict, Pulled, Pushed, State, Taken


def taken_document(taken: "Taken") -> Document:
    """Return a copy that was made."""
    return {
        "id": taken.id,
        "path": taken.path,
        "kind": taken.kind.value,
        "events": taken.size,
        "lease_until": taken.lease_until.isoformat(),
    }


def extract_document(extract: "Extract | None") -> Document:
    """Return what an extract leaves out; nothing of a whole copy."""
    if extract is None:
        return {}
    return {
        "role": extract.role.value,
        "models": len(extract.models) or None,
        "since": extract.since.isoformat() if extract.since else None,
        "until": extract.until.isoformat() if extract.until else None,
        "held_back": [matter.value for matter in extract.matters],
        "events_withheld": extract.withheld_number,
        "texts_held_back": extract.held_back_number,
    }


def state_document(found: "State", conflicts: int) -> Document:
    """Return where a copy stands."""
    return {
        "id": found.id,
        "copy_of": found.place,
        "kind": found.kind.value,
        "base": found.base.size,
        "conflicts": conflicts,
        "taken_at": moment(found.taken_at),
        "pulled_at": moment(found.pulled_at),
        "lease_until": found.lease_until.isoformat(),
        "lease_over": found.is_lease_over,
        "reachable": found.is_reachable,
        "unshared": [log_document(row) for row in found.unshared],
    }


def pushed_document(pushed: "Pushed") -> Document:
    """Return what became of an outbox."""
    return {
        "known": pushed.known,
        "fates": {fate.value: number for fate, number in pushed.counts.items()},
        "arrivals": [_arrival(one) for one in pushed.arrivals],
    }


def _arrival(one: "Arrival") -> Document:
    return {
        "event": one.event,
        "fate": one.fate.value,
        "rule": one.rule,
        "against": one.against,
    }


def pulled_document(pulled: "Pulled") -> Document:
    """Return what came into a copy."""
    told: Document = {"came": pulled.came, "not_yet_shared": pulled.left, "events": pulled.size}
    if pulled.aside is None:
        return told
    return {**told, "lost": pulled.lost, "kept_aside": pulled.aside}


def conflict_document(one: "Conflict") -> Document:
    """Return what was held back, and what is in its way."""
    return {
        "event": log_document(one.event),
        "fate": one.fate.value,
        "rule": one.rule,
        "against": log_document(one.against) if one.against else None,
        "settlement": one.settlement.value if one.settlement else None,
        "settled": log_document(one.settled) if one.settled else None,
        "again": one.again,
    }
