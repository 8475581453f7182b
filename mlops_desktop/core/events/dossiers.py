"""Dossiers that left the workspace."""

from dataclasses import dataclass

from mlops_desktop.core.documents import Document
from mlops_desktop.core.events.registry import event


@event("dossier.exported")
@dataclass(frozen=True, slots=True)
class DossierExported:
    """A dossier was sealed: its file's digest, its facts' digest and the head it names."""

    dossier: str
    model: str
    digest: str
    content: str
    size: int
    root: str
    language: str
    as_known: str | None = None
    as_at: str | None = None
    signers: tuple[str, ...] = ()
    """The persons who are to countersign, in this order."""
    scope: str = "model"
    """Of another scope than one model, ``model`` is empty."""
    profile: str | None = None
    """The profile of a regulator's view."""
    population: int | None = None
    """Of how many models a dossier of several tells; ``drawn`` of them with a part of their own."""
    drawn: int | None = None
    level: str = "b"


@event("dossier.countersigned")
@dataclass(frozen=True, slots=True)
class DossierCountersigned:
    """A person signed a dossier after its seal: the digest that its file has since.

    ``place`` is the prepared field, from 1; the file then holds ``place`` + 1 signatures.
    """

    dossier: str
    place: int
    digest: str
    level: str = "b"


@event("dossier.extended")
@dataclass(frozen=True, slots=True)
class DossierExtended:
    """A dossier was time-stamped again, its signatures untouched: the digest of its file since.

    ``level`` is the lowest that its signatures then reach.
    """

    dossier: str
    digest: str
    level: str
    signatures: int
    revisions: int


@event("dossier.scan_attached")
@dataclass(frozen=True, slots=True)
class DossierScanAttached:
    """A page of the dossier signed by hand was scanned and is kept beside it.

    ``person`` is who signed on paper on ``signed_on``; whoever recorded it says so, nothing
    proves it.
    """

    dossier: str
    scan: str
    document: Document
    person: str
    signed_on: str
    printed: str
    """The digest of the dossier's file that was printed."""
