"""Business decisions that models serve, with the role of the model and the human override."""

from mlops_desktop.core.events.business_decisions import (
    BusinessDecisionDetails,
    BusinessDecisionEdited,
    BusinessDecisionMoved,
    BusinessDecisionOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

BUSINESS_DECISION = register(
    ItemKind(
        noun="business_decision",
        plural="business_decisions",
        prefix="D",
        details=BusinessDecisionDetails,
        opened=BusinessDecisionOpened,
        edited=BusinessDecisionEdited,
        moved=BusinessDecisionMoved,
        stages=("active", "ended"),
        closed=frozenset(("ended",)),
        steps=(
            Step("end", frozenset({"active"}), "ended"),
            Step("resume", frozenset({"ended"}), "active"),
        ),
        required=("title", "model_role", "human_override"),
        order=12,
    )
)
