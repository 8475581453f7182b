"""Asks once for whom the Overview is to be, in one row of buttons."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.role import find_roles
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label


class Choice(QFrame):
    """Every role as a button; those that the person has in the ledger stand out."""

    def __init__(self, context: Context, choose: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self._asked, self._hint = Label(strong=True), Label(tone="muted", wrap=True)
        self.buttons = {
            spec.id: Button("", partial(choose, spec.id), parent=self) for spec in find_roles()
        }
        row = QWidget()
        flow = Flow(row)
        for button in self.buttons.values():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(self._asked)
        column.addWidget(self._hint)
        column.addWidget(row)
        self.retranslate()

    def suggest(self, held: frozenset[str]) -> None:
        """Let the roles stand out that the person has."""
        for spec in find_roles():
            button = self.buttons[spec.id]
            button.setProperty("default", bool(spec.held & held))
            button.style().unpolish(button)
            button.style().polish(button)

    def retranslate(self) -> None:
        """Say every word again."""
        self._asked.setText(self._context.say("overview.choose"))
        self._hint.setText(self._context.say("overview.choose_hint"))
        for spec in find_roles():
            self.buttons[spec.id].setText(self._context.say(spec.title))
            self.buttons[spec.id].setToolTip(self._context.say(spec.purpose))
