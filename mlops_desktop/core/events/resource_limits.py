"""What a workspace calls a bottleneck."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event


@event("resource_limits.set")
@dataclass(frozen=True, slots=True)
class ResourceLimitsSet:
    """From where on something is named as a bottleneck, as decimals; None means the usual one."""

    full: str | None = None
    idle: str | None = None
    over: str | None = None
    top: str | None = None
    reason: Erasable | None = None
