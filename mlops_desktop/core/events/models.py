"""What happens to a model in the inventory."""

from dataclasses import dataclass

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import Move


@event("model.registered")
@dataclass(frozen=True, slots=True)
class ModelRegistered:
    """A model entered the inventory by hand or by import."""

    model: str
    details: ModelDetails


@event("model.edited")
@dataclass(frozen=True, slots=True)
class ModelEdited:
    """Some fields changed: the new values, and the names of those emptied."""

    model: str
    details: ModelDetails
    cleared: tuple[str, ...] = ()
    reason: Erasable | None = None


@event("model.moved")
@dataclass(frozen=True, slots=True)
class ModelMoved:
    """A person moved the model along its life: to validation, suspended, retired, …."""

    model: str
    move: Move
    reason: Erasable | None = None
    successor: str | None = None
