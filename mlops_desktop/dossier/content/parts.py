"""The parts of a dossier about several models."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ModelPart:
    """One model's own part; ``facts`` is the SHA-256 of its line in models.jsonl."""

    model_id: str
    model_name: str
    facts: str
