"""What a signature covers, in the form that signs it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.services.reviews import RequestSheet
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.tabs import covered_groups
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.sections import Sections


class Covered(QWidget):
    """A button that unfolds every covered field: nobody signs what he cannot read."""

    def __init__(self, context: Context, sheet: RequestSheet) -> None:
        super().__init__()
        self._context, self._sheet = context, sheet
        self.button = Button("", self._turn)
        self.fields = Sections(context, "approvals.covered.title")
        self.fields.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.fields)
        self._say()

    def _turn(self) -> None:
        if self.fields.isHidden():  # made when asked for: the form opens without them
            self.fields.show_groups(covered_groups(self._context, self._sheet))
        self.fields.setVisible(self.fields.isHidden())
        self._say()

    def _say(self) -> None:
        key = "show" if self.fields.isHidden() else "hide"
        count = self._context.language.number(len(self._sheet.fields))
        self.button.setText(self._context.say(f"approvals.covered.{key}", count=count))
