"""Which version serves where, from when to when."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting


@event("deployment.opened")
@dataclass(frozen=True, slots=True)
class DeploymentOpened:
    """A version began to serve; ``effective`` is from when, as far as the evidence tells.

    ``entity`` is the id of the legal entity it serves, where somebody said so. Where a source saw
    it serve, ``serving`` is the id of what was seen; then ``version`` is empty if nobody here knows
    the version by that ``label``. ``share`` is a decimal text between 0 and 1. ``after`` is the
    last whole reading that did not show it yet: it began between that and ``seen``.
    """

    deployment: str
    model: str
    version: str
    label: str
    environment: str
    role: str
    source: str | None = None
    basis: str | None = None
    seen: Sighting | None = None
    entity: str | None = None
    serving: str | None = None
    share: str | None = None
    region: str | None = None
    endpoint: str | None = None
    artifact_digest: str | None = None
    after: datetime | None = None


@event("deployment.closed")
@dataclass(frozen=True, slots=True)
class DeploymentClosed:
    """A version stopped serving; ``effective`` is until when.

    ``after`` is the last whole reading that still showed it.
    """

    deployment: str
    model: str
    seen: Sighting | None = None
    after: datetime | None = None
