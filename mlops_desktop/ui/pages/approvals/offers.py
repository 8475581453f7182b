"""What the page Approvals lets a person do, in words."""

from mlops_desktop.ui.actions import Offer
from mlops_desktop.ui.text import later

_OPEN = later("Choose an open request first.")


def _offer(
    name: str, title: str, needs: str, icon: str, shortcut: str = "", *, dangerous: bool = False
) -> Offer:
    id = f"approval.{name}"
    return Offer(id, title, needs, shortcut, icon, writes=True, dangerous=dangerous)


OFFERS = (
    _offer("approve", later("Approve…"), _OPEN, "check", "Ctrl+Return"),
    _offer("condition", later("Approve with conditions…"), _OPEN, "sign"),
    _offer("reject", later("Reject…"), _OPEN, "close"),
    _offer("abstain", later("Abstain…"), _OPEN, "person"),
    _offer("recuse", "approvals.act.recuse.verb", _OPEN, "person"),
    _offer("confirm", "approvals.act.confirm.verb", "approvals.act.confirm.needs", "check"),
    _offer("confirm_many", "papers.act.confirm.verb", "papers.needs", "check"),
    _offer("reject_many", "papers.act.reject.verb", "papers.needs", "close"),
    _offer("meet", "approvals.act.meet.verb", "approvals.act.meet.needs", "check"),
    _offer(
        "revoke",
        later("Revoke the approval…"),
        later("Choose a request that was approved first."),
        "undo",
        dangerous=True,
    ),
    _offer(
        "withdraw",
        later("Withdraw the request…"),
        later("Choose an open request of your own first."),
        "archive",
    ),
    Offer(
        "approval.open_model",
        later("Go to the model"),
        later("Choose a request first."),
        icon="models",
        menu="Go",
    ),
)
