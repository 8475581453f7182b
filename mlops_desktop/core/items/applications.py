"""Applications that use models."""

from mlops_desktop.core.events.applications import (
    ApplicationDetails,
    ApplicationEdited,
    ApplicationMoved,
    ApplicationOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

APPLICATION = register(
    ItemKind(
        noun="application",
        plural="applications",
        prefix="AP",
        details=ApplicationDetails,
        opened=ApplicationOpened,
        edited=ApplicationEdited,
        moved=ApplicationMoved,
        stages=("active", "ended"),
        closed=frozenset(("ended",)),
        steps=(
            Step("end", frozenset({"active"}), "ended"),
            Step("resume", frozenset({"ended"}), "active"),
        ),
        required=("title", "inventory_number"),
        ranked="criticality",
        needs_model=False,
        order=14,
    )
)
