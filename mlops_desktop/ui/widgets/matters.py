"""The matters of one page: a tab each, what can be done in the one in sight beside them."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.stack import Stack
from mlops_desktop.ui.widgets.wing import Wing


class Matters(QWidget):
    """Shows one matter at a time; ``beside`` stands between the tabs and the actions of all."""

    changed = Signal()
    """Another matter came into sight."""

    def __init__(self, context: Context, beside: QWidget | None = None) -> None:
        super().__init__()
        self._context = context
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._stack = Stack()
        self._actions: list[QWidget] = []
        self._top = Flow(ends_right=True)
        self._top.addWidget(self.tabs)
        if beside is not None:
            self._top.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._top)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._on_changed)

    def add(self, matter: QWidget, actions: tuple[str, ...]) -> None:
        """Add a matter with the actions above it, the last of them the default."""
        self._stack.addWidget(Wing(matter))
        box = self._buttons(actions)
        box.setVisible(not self._actions)
        self._actions.append(box)
        self._top.addWidget(box)
        self.tabs.addTab("")

    def say(self, name: str, titles: Iterable[str]) -> None:
        """Name the row of tabs, and each of them."""
        self.tabs.setAccessibleName(name)
        for at, title in enumerate(titles):
            self.tabs.setTabText(at, title)

    def current(self) -> int:
        """Return the place of the matter in sight."""
        return self.tabs.currentIndex()

    def show_matter(self, at: int) -> None:
        """Bring the matter at a place into sight."""
        self.tabs.setCurrentIndex(at)

    def _buttons(self, ids: tuple[str, ...]) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        for id in ids:
            row.addWidget(ActionButton(self._context.actions.action(id), default=id == ids[-1]))
        return box

    def _on_changed(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        for number, box in enumerate(self._actions):
            box.setVisible(number == at)
        self.changed.emit()
