"""The ledger extract: head, events, proofs."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.dossier.content.values import Missing, Moment


@dataclass(frozen=True, slots=True)
class Head:
    """A state of the ledger: number of events and Merkle root (hexadecimal)."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the ledger in this extract; ``position`` counts from 0, ``leaf`` is its hash."""

    position: int
    at: Moment
    effective: date
    type: str
    actor: str
    summary: str
    leaf: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The signed head that the extract is proved against: a C2SP checkpoint, a signed note.

    ``keys`` are the verifier keys (vkey) of the workspace's devices: one at least signed the note.
    """

    head: Head
    at: Moment
    note: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The events that concern the model, and the head they belong to."""

    checkpoint: Checkpoint
    entries: tuple[Entry, ...] | Missing


@dataclass(frozen=True, slots=True)
class Leaf:
    """Proof that an event is in the ledger: its bytes and its path to the root (hexadecimal)."""

    position: int
    body: str | Missing
    path: tuple[str, ...]
