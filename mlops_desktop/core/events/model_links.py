"""Which models are linked to which, said by persons."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.model_links import LinkKind


@event("model.linked")
@dataclass(frozen=True, slots=True)
class ModelLinked:
    """``model`` feeds, calibrates, … ``other`` from now on."""

    model: str
    kind: LinkKind
    other: str
    note: Erasable | None = None


@event("model.unlinked")
@dataclass(frozen=True, slots=True)
class ModelUnlinked:
    """A link holds no longer."""

    model: str
    kind: LinkKind
    other: str
    reason: Erasable | None = None
