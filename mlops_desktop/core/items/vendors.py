"""Vendors of models, with their contract and the way out of it."""

from mlops_desktop.core.events.vendors import (
    VendorDetails,
    VendorEdited,
    VendorMoved,
    VendorOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

VENDOR = register(
    ItemKind(
        noun="vendor",
        plural="vendors",
        prefix="VE",
        details=VendorDetails,
        opened=VendorOpened,
        edited=VendorEdited,
        moved=VendorMoved,
        stages=("active", "ended"),
        closed=frozenset(("ended",)),
        steps=(
            Step("end", frozenset({"active"}), "ended"),
            Step("resume", frozenset({"ended"}), "active"),
        ),
        required=("title",),
        needs_model=False,
        order=16,
    )
)
