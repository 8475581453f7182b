"""The files inside a dossier: the facts as data, the ledger extract, and their schemas."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.dossier import evidence, schema
from mlops_desktop.dossier.content import Bundle, DossierContent

EVIDENCE = "evidence.json"
LEDGER = "ledger-extract.jsonl"
MODELS = "models.jsonl"


class Relationship(StrEnum):
    """How a file relates to the document (ISO 19005-3, annex E)."""

    DATA = "Data"
    SOURCE = "Source"
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed. ``term`` names its description in words."""

    name: str
    term: str
    media_type: str
    relationship: Relationship
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest that the dossier prints."""
        return hashlib.sha256(self.data).hexdigest()


def attach(content: DossierContent) -> tuple[Attachment, ...]:
    """Return the files of a dossier, valid against their schemas, in a fixed order.

    Raises AppError ``evidence.malformed`` if what was written does not match its schema.
    """
    facts = evidence.encode(content)
    schema.require_valid(facts, evidence.SCHEMA)
    return (
        Attachment(EVIDENCE, "evidence", "application/json", Relationship.DATA, facts),
        Attachment(LEDGER, "ledger", "application/jsonl", Relationship.SOURCE, _leaves(content)),
        _schema(evidence.SCHEMA, "evidence_schema"),
        _schema(evidence.LEDGER_SCHEMA, "ledger_schema"),
        *_models(content.bundle),
    )


def _leaves(content: DossierContent) -> bytes:
    """Return the proofs of all events, each once; of a bundle in the order of the ledger."""
    if content.bundle is None:
        return evidence.encode_leaves(content.leaves)
    own = {leaf.position: evidence.encode_leaf(leaf) for leaf in content.leaves}
    lines = {**content.bundle.leaves, **own}
    return b"".join(lines[position] + b"\n" for position in sorted(lines))


def _models(bundle: Bundle | None) -> tuple[Attachment, ...]:
    if bundle is None:
        return ()
    lines = b"".join(line + b"\n" for line in bundle.facts)
    return (
        Attachment(MODELS, "models", "application/jsonl", Relationship.DATA, lines),
        _schema(evidence.MODEL_SCHEMA, "model_schema"),
    )


def _schema(name: str, term: str) -> Attachment:
    data = schema.read(name)
    kind = "application/schema+json"
    return Attachment(f"{name}.schema.json", term, kind, Relationship.SUPPLEMENT, data)
