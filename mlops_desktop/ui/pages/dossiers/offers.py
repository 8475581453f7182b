"""What the page Dossiers lets a person do, in words."""

from mlops_desktop.ui.actions import Offer
from mlops_desktop.ui.text import later

_A_WORKSPACE = later("Open a workspace first.")
_A_FILE = later("Choose a dossier whose file is here first.")


def _offer(name: str, title: str, needs: str, icon: str, shortcut: str = "") -> Offer:
    return Offer(f"dossier.{name}", title, needs, shortcut, icon)


OFFERS = (
    # As of the day shown, too: what is exported is not changed by it.
    _offer("export", later("Export a dossier…"), _A_WORKSPACE, "add", "Ctrl+N"),
    Offer(
        "dossier.countersign", "dossiers.action.countersign", "dossiers.needs.turn",
        "Ctrl+Return", "sign", writes=True,
    ),
    Offer(
        "dossier.extend",
        "dossiers.action.extend",
        "dossiers.needs.known",
        "",
        "clock",
        writes=True,
    ),
    Offer(
        "dossier.authority_form",
        "dossiers.action.authority",
        "dossiers.needs.open",
        "",
        "clock",
        writes=True,
    ),
    Offer(
        "dossier.attach_scan",
        "dossiers.action.attach_scan",
        "dossiers.needs.on_record",
        "",
        "sign",
        writes=True,
    ),
    _offer("resume", "dossiers.action.resume", "dossiers.needs.aside", "dossiers"),
    _offer("open", later("Verify a PDF…"), _A_WORKSPACE, "open", "Ctrl+Shift+O"),
    _offer("compare", "dossiers.action.compare", "dossiers.needs.two", "columns"),
    _offer("compare_now", "dossiers.action.compare_now", _A_FILE, "history"),
    _offer(
        "save_difference",
        "dossiers.action.save_difference",
        "dossiers.needs.difference",
        "export",
    ),
    _offer("again", later("Verify again"), _A_FILE, "verify", "F8"),
    _offer("locate", later("Find the file…"), later("Choose a dossier first."), "search"),
    _offer("folder", later("Show in its folder"), _A_FILE, "open"),
    _offer("trust", later("Trust a certificate too…"), _A_WORKSPACE, "lock"),
    _offer(
        "distrust",
        later("Trust this workspace's authority alone"),
        later("No other certificate is trusted."),
        "undo",
    ),
    _offer("authority", later("Save the authority's certificate…"), _A_WORKSPACE, "export"),
)  # fmt: skip
