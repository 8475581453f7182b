"""Waivers: rules that need not be kept for a time, granted by somebody independent."""

from mlops_desktop.core.events.waivers import (
    WaiverDetails,
    WaiverEdited,
    WaiverMoved,
    WaiverOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, lasts, register

_APART = ("opener", "owner", "model_owner", "model_developer")
WAIVER = register(
    ItemKind(
        noun="waiver",
        plural="waivers",
        prefix="W",
        details=WaiverDetails,
        opened=WaiverOpened,
        edited=WaiverEdited,
        moved=WaiverMoved,
        stages=("requested", "granted", "refused", "revoked"),
        closed=frozenset(("refused", "revoked")),
        steps=(
            Step("grant", frozenset({"requested"}), "granted", needs=("expires",), barred=_APART),
            Step("refuse", frozenset({"requested"}), "refused", barred=_APART),
            Step("extend", frozenset({"granted"}), needs=("expires",), barred=_APART),
            Step("revoke", frozenset({"granted"}), "revoked"),
        ),
        required=("title", "rule", "owner"),
        expiry="expires",
        kept_from=_APART[1:],
        fixes_models=True,
        order=70,
        dates=lasts("expires"),
    )
)
