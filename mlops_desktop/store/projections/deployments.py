"""Deployments: which version served where, from when to when."""

from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.deployments import deployments


@projects(DeploymentOpened)
def project_opening(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a deployment from its opening on."""
    payload = happening.payload
    if not isinstance(payload, DeploymentOpened):
        return
    rows.put(
        deployments,
        {
            "id": payload.deployment,
            "model": payload.model,
            "version": payload.version,
            "environment": payload.environment,
            "role": payload.role,
            "source": payload.source or "",
            "basis": payload.basis or "",
            "seen_digest": payload.seen.digest if payload.seen else None,
            "entity": payload.entity,
            "opened": clock.to_text(happening.effective),
            "opened_position": happening.position,
            "label": payload.label,
            "thing": payload.serving,
            "share": payload.share,
            "region": payload.region,
            "endpoint": payload.endpoint,
            "artifact_digest": payload.artifact_digest,
            "seen_at": clock.to_text(payload.seen.fetched_at) if payload.seen else None,
            "opened_after": _text(payload.after),
        },
    )


@projects(DeploymentClosed)
def project_closing(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Close a deployment."""
    payload = happening.payload
    if not isinstance(payload, DeploymentClosed):
        return
    known = rows.get(deployments, payload.deployment)
    if known is not None:
        closed: Row = {
            "closed": clock.to_text(happening.effective),
            "closed_position": happening.position,
            "closed_digest": payload.seen.digest if payload.seen else None,
            "closed_after": _text(payload.after),
        }
        rows.put(deployments, {**known, **closed})


def _text(at: datetime | None) -> str | None:
    return clock.to_text(at) if at is not None else None
