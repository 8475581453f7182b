"""A line for a file, with the button that looks for it in one field."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button


class PathLine(QWidget):
    """Takes a typed path or one chosen by ``choose``, which is given this line's setter."""

    edited = Signal()
    """A person typed or chose another path."""

    def __init__(self, title: str, choose: Callable[[Callable[[str], None]], None]) -> None:
        super().__init__()
        self._choose = choose
        self._is_own = False
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.line.textChanged.connect(self._on_changed)
        button = Button(tr("Choose…"), self._ask)
        button.setAccessibleName(tr("Choose: {what}", what=title))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(button)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """Return the path as it stands."""
        return self.line.text().strip()

    def set_text(self, path: str) -> None:
        """Show a path that nobody typed."""
        self._is_own = True
        self.line.setText(path)
        self._is_own = False

    def _on_changed(self) -> None:
        if not self._is_own:
            self.edited.emit()

    def _ask(self) -> None:
        self._choose(self.line.setText)
