"""Compares what a source sees serve with the open deployments it told of; opens and closes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.servings import ServingDetails, ServingRole
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.serving import environment_of, is_serving
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.sync.matching import Matching
from mlops_desktop.store.queries.observed import ObservedFilter, ObservedRow, list_observed
from mlops_desktop.store.queries.served import find_versions, open_servings
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class _Seen:
    """A model's version that a source sees serve, and what it says of that."""

    model: str
    version: str
    label: str
    details: ServingDetails
    row: ObservedRow

    @property
    def mark(self) -> tuple[str | None, ...]:
        """What makes a new period of it when it is told otherwise."""
        told = self.details
        return (self.version, self.label, environment_of(told), told.role or ServingRole.CHAMPION,
                told.share, told.region, told.endpoint, told.artifact_digest)  # fmt: skip


def record_served(work: WriteSession, source: str, before: datetime | None) -> None:
    """Open and close deployments so that they say what the source was last seen to serve.

    ``before`` is its last whole reading before this one. A serving that says no environment is
    taken to be in production: whoever answers calls is in use until somebody says for what.
    """
    work.rows.flush()
    wanted = {(one.row.id, one.model): one for one in _seen(work, source)}
    known = {(one.thing, one.model): one for one in open_servings(work.connection, source)}
    for place, former in known.items():
        now = wanted.get(place)
        if now is None or now.mark != former.mark:
            seen = _sighting(now.row) if now is not None else None
            work.record(DeploymentClosed(former.key, former.model, seen, before))
    for place, one in wanted.items():
        if place not in known or known[place].mark != one.mark:
            work.record(_opened(one, source, before))


def _seen(work: WriteSession, source: str) -> Iterator[_Seen]:
    matching, told = Matching(work, source), list(_serving(work, source))
    matching.learn(subject for _, details in told for subject in details.subjects)
    meant = [
        (row, details, model, subject.version or "")
        for row, details in told
        for subject in details.subjects
        for model in matching.models_of((subject,))
    ]
    known = find_versions(work.connection, source, {(model, label) for *_, model, label in meant})
    for row, details, model, label in meant:
        yield _Seen(model, *known[model, label], details, row)


def _serving(work: WriteSession, source: str) -> Iterator[tuple[ObservedRow, ServingDetails]]:
    """Yield what a source was last seen to serve."""
    for row in list_observed(work.connection, ObservedFilter(("serving",), source)):
        details = row.details
        if isinstance(details, ServingDetails) and not row.missing_since and is_serving(details):
            yield row, details


def _opened(one: _Seen, source: str, before: datetime | None) -> DeploymentOpened:
    told = one.details
    return DeploymentOpened(
        new_id(),
        one.model,
        one.version,
        one.label,
        environment_of(told),
        (told.role or ServingRole.CHAMPION).value,
        source,
        f"serving {one.row.native_id}",
        _sighting(one.row),
        serving=one.row.id,
        share=told.share,
        region=told.region,
        endpoint=told.endpoint,
        artifact_digest=told.artifact_digest,
        after=before,
    )


def _sighting(row: ObservedRow) -> Sighting:
    return Sighting(row.seen_digest, clock.from_text(row.seen_at))
