"""Legal entities, by which models are developed, which use them, and which approvals name."""

from mlops_desktop.core.events.entities import (
    EntityAmended,
    EntityDetails,
    EntityMoved,
    EntityRegistered,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

ENTITY = register(
    ItemKind(
        noun="entity",
        plural="entities",
        prefix="LE",
        details=EntityDetails,
        opened=EntityRegistered,
        edited=EntityAmended,
        moved=EntityMoved,
        stages=("active", "closed"),
        closed=frozenset(("closed",)),
        steps=(
            Step("close", frozenset({"active"}), "closed"),
            Step("reopen", frozenset({"closed"}), "active"),
        ),
        required=("title",),
        needs_model=False,
        has_models=False,
        order=14,
    )
)
