"""Findings: made by validation, audit or a supervisor, closed by whoever made them."""

from mlops_desktop.core.date_rules import DateRule, Relation
from mlops_desktop.core.events.findings import (
    FindingDetails,
    FindingEdited,
    FindingMoved,
    FindingOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, extended, register

_OPEN = frozenset({"open", "planned"})
_HELD = ("owner", "model_owner", "model_developer")

FINDING = register(
    ItemKind(
        noun="finding",
        plural="findings",
        prefix="F",
        details=FindingDetails,
        opened=FindingOpened,
        edited=FindingEdited,
        moved=FindingMoved,
        stages=("open", "rebutted", "planned", "remedied", "accepted", "closed", "withdrawn"),
        closed=frozenset({"closed", "withdrawn"}),
        steps=(
            Step("rebut", _OPEN, "rebutted", needs=("response",), by=_HELD, once=True),
            Step("uphold", frozenset({"rebutted"}), "open", by=("originator",), barred=_HELD),
            Step("withdraw", frozenset({"rebutted", "open"}), "withdrawn", by=("originator",)),
            Step("plan", _OPEN, "planned", needs=("action_plan", "due"), reason=False),
            Step("extend", _OPEN | {"remedied"}, needs=("due",), barred=_HELD),
            Step("remedy", _OPEN | {"accepted"}, "remedied", takes=("evidence",)),
            Step(
                "accept_risk", _OPEN | {"remedied"}, "accepted",
                needs=("accepted_until",), barred=_HELD,
            ),
            Step("close", frozenset({"remedied"}), "closed", takes=("evidence",),
                 by=("originator",), barred=_HELD),
            Step("reopen", frozenset({"closed", "accepted", "remedied"}), "open",
                 takes=("due",), by=("originator",)),
        ),
        required=("title", "origin", "severity", "owner", "due"),
        ranked="severity",
        expiry="accepted_until",
        resting=frozenset({"accepted"}),
        relations=("originator",),
        needs_model=False,
        kept_from=_HELD,
        order=10,
        dates=(extended("due"), DateRule("accepted_until", Relation.NOT_BEFORE)),
    )
)  # fmt: skip
