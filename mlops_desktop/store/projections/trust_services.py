"""By whom signatures are time-stamped, and what the authority revoked, as last said."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.trust_services import RevocationsPublished, TrustServicesArranged
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.dossiers import revocation_lists, trust_services


@projects(TrustServicesArranged)
def project_services(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep every arrangement; the last one holds."""
    payload = happening.payload
    if isinstance(payload, TrustServicesArranged):
        rows.touched.add(("trust_services", "trust_services"))
        rows.put(
            trust_services,
            {
                "position": happening.position,
                "person": happening.actor.person,
                "at": clock.to_text(happening.at),
                "record": records.to_text(payload),
            },
        )


@projects(RevocationsPublished)
def project_list(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep every list the authority issued."""
    payload = happening.payload
    if isinstance(payload, RevocationsPublished):
        rows.touched.add(("revocations", "revocations"))
        rows.put(
            revocation_lists,
            {
                "position": happening.position,
                "at": clock.to_text(happening.at),
                "until": payload.until,
                "revoked": payload.revoked,
            },
        )
