"""Limitations of models; a critical one needs the text that users are shown."""

from mlops_desktop.core.events.limitations import (
    LimitationDetails,
    LimitationEdited,
    LimitationMoved,
    LimitationOpened,
    Weight,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register


def _untold(step: str, details: LimitationDetails, marked: tuple[str, ...]) -> str | None:
    is_untold = details.weight is Weight.CRITICAL and details.told_to_users is None
    return "untold" if is_untold else None


LIMITATION = register(
    ItemKind(
        noun="limitation",
        plural="limitations",
        prefix="L",
        details=LimitationDetails,
        opened=LimitationOpened,
        edited=LimitationEdited,
        moved=LimitationMoved,
        stages=("open", "mitigated", "lifted"),
        closed=frozenset(("lifted",)),
        steps=(
            Step("mitigate", frozenset({"open"}), "mitigated", needs=("mitigation",), reason=False),
            Step(
                "lift",
                frozenset({"open", "mitigated"}),
                "lifted",
                barred=("owner", "model_owner", "model_developer"),
            ),
            Step("reopen", frozenset({"mitigated", "lifted"}), "open"),
        ),
        required=("title", "weight"),
        ranked="weight",
        refuse=_untold,
        kept_from=("owner", "model_owner", "model_developer"),
        order=20,
    )
)
