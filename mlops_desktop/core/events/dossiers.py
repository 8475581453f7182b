"""Dossiers that left the workspace."""

from dataclasses import dataclass

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
