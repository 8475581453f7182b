"""Requests of audits and supervisors: question, answer, documents, and when they went out."""

from mlops_desktop.core.events.requests import (
    RequestDetails,
    RequestEdited,
    RequestMoved,
    RequestOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

REQUEST = register(
    ItemKind(
        noun="request",
        plural="requests",
        prefix="R",
        details=RequestDetails,
        opened=RequestOpened,
        edited=RequestEdited,
        moved=RequestMoved,
        stages=("open", "answered", "handed_over", "withdrawn"),
        closed=frozenset(("handed_over", "withdrawn")),
        steps=(
            Step(
                "answer",
                frozenset({"open"}),
                "answered",
                needs=("answer",),
                takes=("documents",),
                reason=False,
            ),
            Step("return", frozenset({"answered"}), "open"),
            Step(
                "hand_over",
                frozenset({"answered"}),
                "handed_over",
                needs=("handed_over_to",),
                takes=("documents",),
                reason=False,
            ),
            Step("withdraw", frozenset({"open", "answered"}), "withdrawn"),
            Step("reopen", frozenset({"handed_over", "withdrawn"}), "open", takes=("due",)),
        ),
        required=("title", "asker", "list_name", "question", "owner", "due"),
        needs_model=False,
        order=80,
    )
)
