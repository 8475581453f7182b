"""The register of projections: which functions an event type runs."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeAlias

from mlops_desktop.core.events.registry import Event, Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import projections
from mlops_desktop.store.rows import Rows

Projection: TypeAlias = Callable[[Rows, Happening, Signature | None], None]

_BY_KIND: dict[type[Event], list[Projection]] = defaultdict(list)


def projects(*kinds: type[Event]) -> Callable[[Projection], Projection]:
    """Register a function as a projection of these event types."""

    def register(projection: Projection) -> Projection:
        for kind in kinds:
            _BY_KIND[kind].append(projection)
        return projection

    return register


def project(rows: Rows, happening: Happening, signature: Signature | None = None) -> None:
    """Run every projection of an event."""
    projections.load()
    for projection in _BY_KIND.get(type(happening.payload), ()):
        projection(rows, happening, signature)
