"""A choice of environments: the common ones by their words, any other by typing."""

from PySide6.QtWidgets import QComboBox

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_code

_COMMON = ("production", "staging", "test")


class EnvironmentBox(QComboBox):
    """Offers the common environments and takes what is typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setEditable(True)
        for code in _COMMON:
            self.addItem(say_code(context, "environment", code), code)

    def code(self) -> str:
        """Return the code of the environment chosen, or what was typed."""
        typed = self.currentText().strip()
        at = self.findText(typed)
        return str(self.itemData(at)) if at >= 0 else typed
