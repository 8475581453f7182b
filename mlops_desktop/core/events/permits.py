"""What happens to a permit: a statement for a delivery pipeline."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.documents import Document
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event


@event("permit.issued")
@dataclass(frozen=True, slots=True)
class PermitIssued:
    """The gate allowed a version, and a person signed that for a delivery pipeline.

    ``digest`` is the SHA-256 of the artefact, ``document`` the signed permit as it was handed out,
    ``seen`` the head of the ledger that the gate read.
    """

    permit: str
    model: str
    version: str
    environment: str
    digest: str
    expires: datetime
    document: Document
    seen: Seen
    entity: str | None = None
