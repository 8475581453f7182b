"""The parts of a dossier about several models."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelPart:
    """One model's own part; ``facts`` is the SHA-256 of its line in models.jsonl."""

    model_id: str
    model_name: str
    facts: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The parts of single models: their facts as lines of models.jsonl, in the order printed.

    ``leaves`` are the proofs of their events by position, as lines of ledger-extract.jsonl: an
    event about several models stands there once.
    """

    facts: tuple[bytes, ...]
    leaves: Mapping[int, bytes]
