"""What the page Sources lets a person do, in words."""

from mlops_desktop.ui.actions import Offer
from mlops_desktop.ui.text import later

_A_WORKSPACE = later("Open a workspace first.")
_ANY = later("Connect a source first.")
_CHOSEN = later("Choose a source first.")
_AT_REST = later("Choose a source that is not being read.")


def _offer(
    name: str, title: str, needs: str, icon: str, shortcut: str = "", *, writes: bool = False
) -> Offer:
    is_dangerous = name == "remove"
    return Offer(
        f"source.{name}", title, needs, shortcut, icon, writes=writes, dangerous=is_dangerous
    )


OFFERS = (
    _offer("add", later("Connect a source…"), _A_WORKSPACE, "add", "Ctrl+N", writes=True),
    _offer("sync", later("Synchronise"), _AT_REST, "sync", "F5", writes=True),
    _offer("sync_all", later("Synchronise all"), _ANY, "sync", "Shift+F5", writes=True),
    _offer("edit", later("Edit the connection…"), _AT_REST, "edit", "F2", writes=True),
    _offer(
        "accept",
        later("Confirm that they are gone…"),
        later("Choose a source whose last reading waits for a confirmation."),
        "check",
        writes=True,
    ),
    _offer("remove", later("Remove the source…"), _AT_REST, "archive", writes=True),
    _offer("stop", later("Stop reading"), later("The source chosen is not being read."), "stop"),
    _offer("test", later("Test"), _CHOSEN, "verify", "F8"),
    _offer("secret", later("Replace the secret…"), _CHOSEN, "lock", writes=True),
    _offer("candidates", later("Show the candidates"), _ANY, "models"),
)
