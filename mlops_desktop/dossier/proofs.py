"""Whether the events of an extract stand in the ledger whose head is named."""

from collections.abc import Iterator
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.dossier.content import DossierContent, Entry, Leaf, Ledger, Missing
from mlops_desktop.ledger import checkpoint
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.ledger.proofs import verify_inclusion
from mlops_desktop.ledger.tree import leaf_hash


@dataclass(frozen=True, slots=True)
class Disproof:
    """Why the ledger part does not hold: an outcome's code and its parameters."""

    code: str
    position: int = -1
    detail: str = ""


def find_disproof(ledger: Ledger, leaves: tuple[Leaf, ...]) -> Disproof | None:
    """Return the first thing about head and events that does not hold, or None."""
    return next(_disproofs(ledger, leaves), None)


def _disproofs(ledger: Ledger, leaves: tuple[Leaf, ...]) -> Iterator[Disproof]:
    yield from _head(ledger)
    entries = () if isinstance(ledger.entries, Missing) else ledger.entries
    by_position = {leaf.position: leaf for leaf in leaves}
    for entry in entries:
        leaf = by_position.get(entry.position)
        if leaf is None:
            yield Disproof("proof_missing", entry.position)
        else:
            yield from _event(ledger, entry, leaf)


def _head(ledger: Ledger) -> Iterator[Disproof]:
    said = ledger.checkpoint
    try:
        head = checkpoint.read_unverified(said.note)
    except AppError as fault:
        yield Disproof("head_malformed", detail=fault.code)
        return
    if (head.size, head.root.hex()) != (said.head.size, said.head.root):
        yield Disproof("head_differs")
    if said.keys:
        try:
            checkpoint.open_checkpoint(said.note, [NoteKey.from_text(key) for key in said.keys])
        except AppError as fault:
            yield Disproof("head_signature", detail=fault.code)


def _event(ledger: Ledger, entry: Entry, leaf: Leaf) -> Iterator[Disproof]:
    head = ledger.checkpoint.head
    body = leaf.body
    if not isinstance(body, Missing) and leaf_hash(body.encode()).hex() != entry.leaf:
        yield Disproof("leaf_differs", entry.position)
    try:
        path = [bytes.fromhex(step) for step in leaf.path]
        root = bytes.fromhex(head.root)
        verify_inclusion(bytes.fromhex(entry.leaf), entry.position, head.size, path, root)
    except (AppError, ValueError):
        yield Disproof("proof_differs", entry.position)


def require_proved(content: DossierContent) -> None:
    """Raise ``dossier.proof_wrong`` if the content would not pass its own verification."""
    require_ledger(content.facts.ledger, content.leaves)


def require_ledger(ledger: Ledger, leaves: tuple[Leaf, ...]) -> None:
    """Raise ``dossier.proof_wrong`` if an event is not proved."""
    found = find_disproof(ledger, leaves)
    if found is not None:
        raise AppError(
            "dossier.proof_wrong",
            recovery=Recovery.BUG,
            position=found.position,
            detail=found.detail or found.code,
        )
