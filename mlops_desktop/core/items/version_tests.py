"""Tests of versions that persons define; what is measured changes only as a new revision."""

from mlops_desktop.core.events.version_tests import (
    TestDetails,
    TestEdited,
    TestMoved,
    TestOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

MEASURED = frozenset({"metric", "direction", "threshold", "segment", "source", "kind"})
"""The fields that only a revision changes: each result names the revision it was held to."""


TEST = register(
    ItemKind(
        noun="test",
        plural="tests",
        prefix="VT",
        details=TestDetails,
        opened=TestOpened,
        edited=TestEdited,
        moved=TestMoved,
        stages=("in_force", "ended"),
        closed=frozenset({"ended"}),
        steps=(
            Step(
                "revise",
                frozenset({"in_force"}),
                needs=("threshold",),
                takes=("metric", "direction", "segment", "source", "kind"),
            ),
            Step("end", frozenset({"in_force"}), "ended"),
        ),
        required=("title", "kind", "metric", "direction", "threshold"),
        frozen=MEASURED,
        order=75,
    )
)
