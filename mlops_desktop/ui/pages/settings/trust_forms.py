"""The dialog that publishes which certificates the workspace's authority revoked."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.services.session import Recorded
from mlops_desktop.services.trust_services import DAYS, publish_revocations
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.asking import NumberBox
from mlops_desktop.ui.pages.settings.asking import SettingsDialog

_MOST_DAYS = 366


def ask_revocations(context: Context, parent: QWidget) -> SettingsDialog:
    """Ask how long the list counts, and for the authority's passphrase."""
    dialog = SettingsDialog(context, "revocations", parent)
    dialog.prepare()
    days = NumberBox(1, _MOST_DAYS, DAYS)
    dialog.put("days", days, "days")
    authority = dialog.add_secret("authority", "authority")
    dialog.places |= {"person_key.": authority, "passphrase.": authority}
    session = context.session

    def read() -> Callable[[], Recorded]:
        typed, wanted = authority.text(), days.value()
        return lambda: publish_revocations(session, lambda: typed, wanted)

    dialog.send(read)
    authority.setFocus()
    return dialog
