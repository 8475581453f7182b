"""Breaches: values beyond the threshold in force, opened and cleared by the program."""

from mlops_desktop.core.date_rules import DateRule, Relation
from mlops_desktop.core.events.breaches import (
    BreachDetails,
    BreachEdited,
    BreachMoved,
    BreachOpened,
)
from mlops_desktop.core.items.kinds import PROGRAM, ItemKind, Step, register

_OPEN = frozenset({"open", "acknowledged", "planned"})
_MEASURED = ("level", "value", "measured_on")
_TOLD = (
    "side", "warning", "intervention", "warning_high", "intervention_high",
    "threshold_from", "unit", "batch", "digest",
)  # fmt: skip
BREACH = register(
    ItemKind(
        noun="breach",
        plural="breaches",
        prefix="B",
        details=BreachDetails,
        opened=BreachOpened,
        edited=BreachEdited,
        moved=BreachMoved,
        stages=("open", "acknowledged", "planned", "cleared"),
        closed=frozenset(("cleared",)),
        steps=(
            Step("acknowledge", frozenset({"open"}), "acknowledged"),
            Step(
                "plan",
                _OPEN,
                "planned",
                needs=("resolution", "due"),
                takes=("owner", "linked"),
                reason=False,
            ),
            Step("link", _OPEN, needs=("linked",), reason=False),
            *(
                Step(name, _OPEN, needs=_MEASURED, takes=_TOLD, by=(PROGRAM,), reason=False)
                for name in ("worsen", "ease")
            ),
            Step("clear", _OPEN, "cleared", takes=_MEASURED + _TOLD, by=(PROGRAM,), reason=False),
        ),
        required=("metric", "level"),
        ranked="level",
        order=15,
        dates=(DateRule("measured_on", Relation.NOT_AFTER),),
    )
)
