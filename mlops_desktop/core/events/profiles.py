"""Which regulatory profiles a workspace works by, and what is decided about a model under each."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.inventory import Pair


@event("profile.added")
@dataclass(frozen=True, slots=True)
class ProfileAdded:
    """The workspace took in a profile of its own, or a new version of one: its JSON text whole."""

    profile: str
    version: str
    text: str


@event("profile.activated")
@dataclass(frozen=True, slots=True)
class ProfileActivated:
    """The workspace works by a profile from a day on; that day may lie ahead."""

    profile: str
    since: date
    reason: Erasable | None = None


@event("profile.deactivated")
@dataclass(frozen=True, slots=True)
class ProfileDeactivated:
    """The workspace no longer works by a profile from a day on."""

    profile: str
    since: date
    reason: Erasable | None = None


@event("model.scoped")
@dataclass(frozen=True, slots=True)
class ModelScoped:
    """A person decided whether a regime concerns a model, and what the model is under it.

    ``traits`` are the regime's own classes: the role under the EU AI Act, the risk class, ….
    """

    model: str
    regime: str
    is_in: bool
    reason: Erasable
    traits: tuple[Pair, ...] = ()


@event("model.evidenced")
@dataclass(frozen=True, slots=True)
class ModelEvidenced:
    """A document of some kind is there for a model; the event's effective date is its own."""

    model: str
    kind: str
    reference: Erasable
    digest: str | None = None
