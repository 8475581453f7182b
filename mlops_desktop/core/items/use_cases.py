"""Uses of models, each with its business goal; approved and observed use are compared."""

from mlops_desktop.core.events.use_cases import (
    UseCaseDetails,
    UseCaseEdited,
    UseCaseMoved,
    UseCaseOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

USE_CASE = register(
    ItemKind(
        noun="use_case",
        plural="use_cases",
        prefix="U",
        details=UseCaseDetails,
        opened=UseCaseOpened,
        edited=UseCaseEdited,
        moved=UseCaseMoved,
        stages=("active", "ended"),
        closed=frozenset(("ended",)),
        steps=(
            Step("observe", frozenset({"active"}), needs=("observed_use",), reason=False),
            Step("end", frozenset({"active"}), "ended"),
            Step("resume", frozenset({"ended"}), "active"),
        ),
        required=("title", "approved_use"),
        order=10,
    )
)
