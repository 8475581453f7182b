"""What the page Ledger lets a person do, in words."""

from mlops_desktop.ui.actions import Offer
from mlops_desktop.ui.text import later

_AT_REST = later("The ledger is being verified.")
_AN_EVENT = later("Choose an event first.")


def _offer(name: str, title: str, needs: str, icon: str, shortcut: str = "") -> Offer:
    return Offer(f"ledger.{name}", title, needs, shortcut, icon)


OFFERS = (
    _offer("verify", later("Verify the ledger"), _AT_REST, "verify", "F8"),
    _offer("stop", later("Stop verifying"), later("The ledger is not being verified."), "stop"),
    _offer(
        "show_checks",
        later("Show the checks"),
        later("The ledger was not verified in this window yet."),
        "check",
    ),
    _offer(
        "show_event",
        later("Show the first bad event"),
        later("No verification has named a bad event."),
        "ledger",
    ),
    _offer("save_proof", later("Save the proof…"), _AN_EVENT, "export"),
    _offer("copy_proof", later("Copy the proof"), _AN_EVENT, "copy"),
    _offer("copy_leaf", later("Copy the leaf hash"), _AN_EVENT, "copy"),
    _offer("save_head", later("Save the signed head…"), _AT_REST, "sign"),
)
