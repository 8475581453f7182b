"""A line above a list: only the scope of who acts is shown, and the button that shows all."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label


class ScopeStrip(QWidget):
    """Not there for whoever has no scope."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._own = context, context.own_scope
        self._is_used = True
        self.label = Label()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.turn = Button("", self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.turn)
        self._own.told.connect(self._say)
        context.speaking.enlist(self, self._say)
        self._say()

    def set_used(self, *, is_used: bool) -> None:
        """Hide the line where what is shown keeps to no scope."""
        self._is_used = is_used
        self._say()

    def _turn(self) -> None:
        self._own.use(is_on=not self._own.is_on)

    def _say(self) -> None:
        say, key = self._context.say, "on" if self._own.is_on else "off"
        told = (say(f"own_scope.{one.field}", value=one.value) for one in self._own.scopes)
        text = say(f"own_scope.{key}", scope=", ".join(told))
        self.label.setText(text)
        self.label.setToolTip(say("own_scope.meaning"))
        self.turn.setText(say(f"own_scope.turn_{key}"))
        self.turn.setToolTip(say("own_scope.meaning"))
        self.setVisible(self._is_used and bool(self._own.scopes))
