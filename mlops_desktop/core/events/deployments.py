"""Which version serves where, from when to when."""

from dataclasses import dataclass

from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Sighting


@event("deployment.opened")
@dataclass(frozen=True, slots=True)
class DeploymentOpened:
    """A version began to serve; ``effective`` is from when, as far as the evidence tells.

    ``entity`` is the id of the legal entity it serves, where somebody said so.
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


@event("deployment.closed")
@dataclass(frozen=True, slots=True)
class DeploymentClosed:
    """A version stopped serving; ``effective`` is until when."""

    deployment: str
    model: str
    seen: Sighting | None = None
