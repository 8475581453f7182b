"""Overlays: post-model adjustments with an amount, a reason and an end."""

from mlops_desktop.core.date_rules import DateRule, Relation
from mlops_desktop.core.events.overlays import (
    OverlayDetails,
    OverlayEdited,
    OverlayMoved,
    OverlayOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, lasts, register

_APART = ("opener", "owner", "model_owner", "model_developer")
OVERLAY = register(
    ItemKind(
        noun="overlay",
        plural="overlays",
        prefix="O",
        details=OverlayDetails,
        opened=OverlayOpened,
        edited=OverlayEdited,
        moved=OverlayMoved,
        stages=("proposed", "active", "refused", "ended"),
        closed=frozenset(("refused", "ended")),
        steps=(
            Step("approve", frozenset({"proposed"}), "active", needs=("expires",), barred=_APART),
            Step("refuse", frozenset({"proposed"}), "refused", barred=_APART),
            Step(
                "recalculate",
                frozenset({"active"}),
                needs=("amount",),
                takes=("calculation", "evidence"),
                reason=False,
            ),
            Step("extend", frozenset({"active"}), needs=("expires",), barred=_APART),
            Step("end", frozenset({"active"}), "ended"),
        ),
        required=("title", "amount", "currency", "reason_for", "owner"),
        expiry="expires",
        kept_from=_APART[1:],
        fixes_models=True,
        order=60,
        dates=(*lasts("expires"), DateRule("expires", Relation.NOT_BEFORE, "starts")),
    )
)
