"""The files inside a dossier: the facts as data, the ledger extract, and their schemas."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.dossier import evidence, schema
from mlops_desktop.dossier.content import DossierContent

EVIDENCE = "evidence.json"
LEDGER = "ledger-extract.jsonl"


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
    leaves = evidence.encode_leaves(content.leaves)
    return (
        Attachment(EVIDENCE, "evidence", "application/json", Relationship.DATA, facts),
        Attachment(LEDGER, "ledger", "application/jsonl", Relationship.SOURCE, leaves),
        _schema(evidence.SCHEMA, "evidence_schema"),
        _schema(evidence.LEDGER_SCHEMA, "ledger_schema"),
    )


def _schema(name: str, term: str) -> Attachment:
    data = schema.read(name)
    kind = "application/schema+json"
    return Attachment(f"{name}.schema.json", term, kind, Relationship.SUPPLEMENT, data)
