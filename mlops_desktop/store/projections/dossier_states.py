"""Every state that the file of a dossier had, and the scans kept beside it."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.dossiers import (
    DossierCountersigned,
    DossierExported,
    DossierExtended,
    DossierScanAttached,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.dossiers import dossier_scans, dossier_states

_KINDS = {
    DossierExported: "exported",
    DossierCountersigned: "countersigned",
    DossierExtended: "extended",
}


@projects(DossierExported, DossierCountersigned, DossierExtended)
def project_state(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep the digest that the file has since."""
    payload = happening.payload
    if not isinstance(payload, DossierExported | DossierCountersigned | DossierExtended):
        return
    rows.touched.add(("dossier", payload.dossier))
    rows.put(
        dossier_states,
        {
            "position": happening.position,
            "dossier": payload.dossier,
            "digest": payload.digest,
            "kind": _KINDS[type(payload)],
            "level": payload.level,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
        },
    )


@projects(DossierScanAttached)
def project_scan(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a scan of a page signed by hand."""
    payload = happening.payload
    if not isinstance(payload, DossierScanAttached):
        return
    rows.touched.add(("dossier", payload.dossier))
    rows.put(
        dossier_scans,
        {
            "id": payload.scan,
            "dossier": payload.dossier,
            "position": happening.position,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(payload),
        },
    )
