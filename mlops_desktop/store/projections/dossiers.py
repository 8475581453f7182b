"""Dossiers that left the workspace, with the digest of each file."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.dossiers import DossierCountersigned, DossierExported
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.projected import dossier_signatures, dossiers


@projects(DossierExported)
def project_export(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep an export."""
    payload = happening.payload
    if not isinstance(payload, DossierExported):
        return
    rows.touched.add(("dossier", payload.dossier))
    rows.put(
        dossiers,
        {
            "id": payload.dossier,
            "model": payload.model,
            "digest": payload.digest,
            "content": payload.content,
            "language": payload.language,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "as_known": payload.as_known,
            "as_at": payload.as_at,
            "size": payload.size,
            "position": happening.position,
            "scope": payload.scope,
            "profile": payload.profile,
            "population": payload.population,
            "drawn": payload.drawn,
        },
    )
    for place, person in enumerate(payload.signers, 1):
        rows.put(dossier_signatures, {"dossier": payload.dossier, "place": place, "person": person})


@projects(DossierCountersigned)
def project_countersignature(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep who signed, and the digest of the file since."""
    payload = happening.payload
    if not isinstance(payload, DossierCountersigned):
        return
    rows.touched.add(("dossier", payload.dossier))
    signed_by = happening.actor.person
    rows.put(
        dossier_signatures,
        {
            "dossier": payload.dossier,
            "place": payload.place,
            "person": signed_by,
            "digest": payload.digest,
            "signed_by": signed_by,
            "at": clock.to_text(happening.at),
        },
    )
