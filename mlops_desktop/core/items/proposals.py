"""Proposals: what is decided before a model exists; rejections stay on record."""

from mlops_desktop.core.events.proposals import (
    ProposalDetails,
    ProposalEdited,
    ProposalMoved,
    ProposalOpened,
)
from mlops_desktop.core.items.kinds import ItemKind, Step, register

PROPOSAL = register(
    ItemKind(
        noun="proposal",
        plural="proposals",
        prefix="P",
        details=ProposalDetails,
        opened=ProposalOpened,
        edited=ProposalEdited,
        moved=ProposalMoved,
        stages=(
            "submitted",
            "supported",
            "accepted",
            "returned",
            "rejected",
            "withdrawn",
            "realised",
        ),
        closed=frozenset(("rejected", "withdrawn", "realised")),
        steps=(
            Step(
                "support",
                frozenset({"submitted"}),
                "supported",
                by=("role_expert",),
                barred=("opener",),
            ),
            Step(
                "accept",
                frozenset({"supported"}),
                "accepted",
                by=("role_risk_manager",),
                barred=("opener", "took_support"),
            ),
            Step(
                "return",
                frozenset({"submitted", "supported"}),
                "returned",
                by=("role_expert", "role_risk_manager"),
                barred=("opener",),
            ),
            Step(
                "resubmit",
                frozenset({"returned"}),
                "submitted",
                takes=("question", "goal", "persons_affected", "alternative"),
            ),
            Step(
                "reject",
                frozenset({"submitted", "supported", "returned"}),
                "rejected",
                by=("role_expert", "role_risk_manager", "role_compliance"),
                barred=("opener",),
            ),
            Step(
                "withdraw",
                frozenset({"submitted", "supported", "returned"}),
                "withdrawn",
                by=("opener",),
            ),
            Step(
                "realise", frozenset({"accepted"}), "realised", needs=("realised_as",), reason=False
            ),
        ),
        required=("title", "question", "goal", "persons_affected", "alternative"),
        needs_model=False,
        order=5,
    )
)
