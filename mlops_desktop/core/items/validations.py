"""Validations: planned or triggered, judged area by area, the report approved separately."""

from mlops_desktop.core.date_rules import DateRule, Relation
from mlops_desktop.core.events.validations import (
    ValidationDetails,
    ValidationEdited,
    ValidationMoved,
    ValidationOpened,
)
from mlops_desktop.core.items.kinds import ANY, ItemKind, Step, register
from mlops_desktop.core.validations import Light, areas_missing

ON_PAPER = "on_paper"
"""The stage of what was recorded from paper and waits for a second person."""
FROM_PAPER = "approved_on_paper"
"""The stage of what a second person confirmed: a validation that nobody signed here."""
_HELD = ("model_owner", "model_developer")
_UNDONE = frozenset({"planned", "running"})


def _refuse(step: str, details: ValidationDetails, marked: tuple[str, ...]) -> str | None:
    if step == "report" and areas_missing(details.tier, marked):
        return "area_missing"
    if step == "report" and details.conclusion is Light.LEFT_OUT:
        return "no_conclusion"
    return None


VALIDATION = register(
    ItemKind(
        noun="validation",
        plural="validations",
        prefix="V",
        details=ValidationDetails,
        opened=ValidationOpened,
        edited=ValidationEdited,
        moved=ValidationMoved,
        stages=(
            "planned",
            "running",
            "reported",
            ON_PAPER,
            "approved",
            FROM_PAPER,
            "cancelled",
        ),
        closed=frozenset({"approved", FROM_PAPER, "cancelled"}),
        sealed=frozenset({ON_PAPER, FROM_PAPER}),
        steps=(
            Step("start", frozenset({"planned"}), "running", barred=_HELD, reason=False),
            Step(
                "judge",
                frozenset({"running"}),
                needs=("area", "light"),
                takes=("evidence",),
                barred=_HELD,
                marks="area",
            ),
            Step(
                "report",
                frozenset({"running"}),
                "reported",
                needs=("report", "conclusion"),
                takes=("evidence",),
                barred=_HELD,
            ),
            Step(
                "approve_report",
                frozenset({"reported"}),
                "approved",
                barred=("owner", "took_report", "took_judge", *_HELD),
            ),
            Step("return", frozenset({"reported"}), "running"),
            Step("trigger", _UNDONE, needs=("trigger",), program=ANY),
            Step("cancel", _UNDONE, "cancelled", barred=_HELD),
        ),
        required=("title", "cause", "owner", "due"),
        ranked="cause",
        copies=("tier",),
        refuse=_refuse,
        kept_from=_HELD,
        fixes_models=True,
        order=30,
        dates=(DateRule("due", Relation.NOT_BEFORE, "planned_from"),),
    )
)
