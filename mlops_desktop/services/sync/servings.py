"""Compares what a registry claims to serve with the open deployments; opens and closes."""

from datetime import datetime

from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.serving import Claim, claims_by_alias, claims_by_stage
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.sync.facts import Facts
from mlops_desktop.services.sync.versions import Placed
from mlops_desktop.sources.observations import Stream
from mlops_desktop.store.queries.registry import OpenDeployment, open_deployments
from mlops_desktop.store.unit_of_work import WriteSession


def record_servings(
    work: WriteSession,
    facts: Facts,
    models: dict[str, str],
    placed: dict[str, list[Placed]],
    *,
    source: str,
    before: datetime | None = None,
) -> None:
    """Open and close deployments of every entry read; without the versions nothing is concluded.

    ``before`` is the source's last whole reading before this one.
    """
    if Stream.VERSIONS not in facts.complete:
        return
    deployments = open_deployments(work.connection, source)
    for native_id, model in models.items():
        if not model:
            continue
        seen = facts.entries[native_id]
        versions = placed.get(model, [])
        claims = claims_by_alias(seen.entry) | claims_by_stage(tuple(v.details for v in versions))
        running = deployments.get(model, [])
        opened, closed = _settle(_one_per_place(claims), versions, running)
        for item in closed:
            work.record(DeploymentClosed(item.key, model, seen.seen, before))
        for key, claim in opened:
            work.record(
                DeploymentOpened(
                    new_id(),
                    model,
                    key,
                    claim.version,
                    claim.environment,
                    claim.role,
                    source,
                    claim.basis,
                    seen.seen,
                    after=before,
                )
            )


def _one_per_place(claims: frozenset[Claim]) -> list[Claim]:
    """Keep one claim for a version in a place: an alias says more than a stage."""
    kept: dict[tuple[str, str, str], Claim] = {}
    for claim in sorted(claims, key=lambda item: item.basis):
        kept.setdefault((claim.version, claim.environment, claim.role), claim)
    return list(kept.values())


def _settle(
    claims: list[Claim], versions: list[Placed], running: list[OpenDeployment]
) -> tuple[list[tuple[str, Claim]], list[OpenDeployment]]:
    """Return which claims open a deployment, by the version's key, and which deployments close."""
    wanted = {(claim.version, claim.environment, claim.role): claim for claim in claims}
    present = {(item.label, item.environment, item.role): item for item in running}
    keys = {version.details.version: version.key for version in versions}
    closed = [item for place, item in present.items() if place not in wanted]
    opened = [
        (keys[claim.version], claim)
        for place, claim in wanted.items()
        if place not in present and claim.version in keys
    ]
    return opened, closed
