"""What happens to tiering templates, and to the tier of a model."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.tier_templates import Template
from mlops_desktop.core.tiering import Computed


@event("tier_template.added")
@dataclass(frozen=True, slots=True)
class TierTemplateAdded:
    """A version of a template was taken into the workspace, as a draft."""

    template: Template


@event("tier_template.activated")
@dataclass(frozen=True, slots=True)
class TierTemplateActivated:
    """Models may be rated by this version from now on."""

    template: str
    version: int
    is_alone: bool | None = None
    """Whether nobody else could have activated it; None before a second person was asked for."""
    seen: Seen | None = None
    """The head its signature names; None where it is not signed."""


@event("tier_template.archived")
@dataclass(frozen=True, slots=True)
class TierTemplateArchived:
    """No model is rated by this version any more; what was rated keeps it."""

    template: str
    version: int


@event("model.tiered")
@dataclass(frozen=True, slots=True)
class ModelTiered:
    """A model was rated by a template: its tier with the answers and points behind it.

    It sets tier, materiality and complexity, and ends an override of the tier before.
    """

    model: str
    template: str
    version: int
    computed: Computed
    reason: Erasable | None = None


@event("model.tier_overridden")
@dataclass(frozen=True, slots=True)
class ModelTierOverridden:
    """Another tier than the computed one holds, up to and including ``until``."""

    model: str
    tier: int
    until: date
    reason: Erasable


@event("model.tier_override_ended")
@dataclass(frozen=True, slots=True)
class ModelTierOverrideEnded:
    """The computed tier holds again before the override would have expired."""

    model: str
    reason: Erasable | None = None
