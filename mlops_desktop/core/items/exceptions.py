"""Exceptions: rules that are broken, opened by the program or by a person."""

from mlops_desktop.core.date_rules import DateRule, Relation
from mlops_desktop.core.events.exceptions import (
    ExceptionDetails,
    ExceptionEdited,
    ExceptionMoved,
    ExceptionOpened,
)
from mlops_desktop.core.items.kinds import OWN, ItemKind, Step, register

_HELD = ("owner", "model_owner", "model_developer")
EXCEPTION = register(
    ItemKind(
        noun="exception",
        plural="exceptions",
        prefix="X",
        details=ExceptionDetails,
        opened=ExceptionOpened,
        edited=ExceptionEdited,
        moved=ExceptionMoved,
        stages=("open", "planned", "tolerated", "settled"),
        closed=frozenset(("settled",)),
        steps=(
            Step("plan", frozenset({"open"}), "planned", needs=("resolution", "due"), reason=False),
            Step(
                "settle",
                frozenset({"open", "planned", "tolerated"}),
                "settled",
                takes=("evidence",),
                barred=_HELD,
                program=OWN,
            ),
            Step(
                "tolerate",
                frozenset({"open", "planned"}),
                "tolerated",
                needs=("accepted_until",),
                barred=_HELD,
            ),
            Step("reopen", frozenset({"settled", "tolerated"}), "open"),
        ),
        required=("rule",),
        ranked="rule",
        expiry="accepted_until",
        resting=frozenset({"tolerated"}),
        kept_from=_HELD,
        fixes_models=True,
        order=50,
        dates=(DateRule("accepted_until", Relation.NOT_BEFORE),),
    )
)
