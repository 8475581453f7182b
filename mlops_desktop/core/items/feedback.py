"""Experts' feedback: answered by somebody else, or taken up in a finding."""

from mlops_desktop.core.events.feedback import (
    FeedbackDetails,
    FeedbackEdited,
    FeedbackMoved,
    FeedbackOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

FEEDBACK = register(
    ItemKind(
        noun="feedback",
        plural="feedback",
        prefix="FB",
        details=FeedbackDetails,
        opened=FeedbackOpened,
        edited=FeedbackEdited,
        moved=FeedbackMoved,
        stages=("open", "answered", "taken_up", "withdrawn"),
        closed=frozenset({"answered", "taken_up", "withdrawn"}),
        steps=(
            Step(
                "answer",
                frozenset({"open"}),
                "answered",
                needs=("answer",),
                takes=("evidence",),
                barred=("opener",),
                reason=False,
            ),
            Step("take_up", frozenset({"open"}), "taken_up", needs=("finding",), reason=False),
            Step("withdraw", frozenset({"open"}), "withdrawn", by=("opener",)),
            Step("reopen", frozenset({"answered"}), "open"),
        ),
        required=("title",),
        order=45,
    )
)
