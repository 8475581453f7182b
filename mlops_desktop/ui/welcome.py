"""What is shown while no workspace is open: the ways in, and what was open before."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.picture import Picture

_WAYS = (
    ("workspace.demo", "overview", later("See a sample bank with two years of history.")),
    ("workspace.new", "add", later("Begin an inventory in an encrypted file of your own.")),
    ("workspace.open", "open", later("Open a workspace file that is already there.")),
    ("workspace.join", "sources", later("Join colleagues on a PostgreSQL server.")),
)

_FIRST = "workspace.demo"


class Ways(Protocol):
    """The ways into a workspace; each ends in ``context.use_session`` or in a message."""

    def recent(self) -> tuple[str, ...]: ...
    def leave(self, context: Context) -> None: ...
    def open_demo(self, context: Context) -> None: ...
    def make_new(self, context: Context) -> None: ...
    def choose_file(self, context: Context) -> None: ...
    def join_team(self, context: Context) -> None: ...
    def open_target(self, context: Context, target: str) -> None: ...
    def open_window(self, context: Context, target: str) -> None: ...
    def forget(self, context: Context, target: str) -> None: ...


class Welcome(QWidget):
    """The ways in and the recent workspaces."""

    def __init__(self, context: Context, ways: Ways) -> None:
        super().__init__()
        self._context = context
        self._ways = ways
        self._title = Label(size="heading", strong=True)
        self._what = Label(tone="muted", wrap=True)
        self._texts: list[tuple[Label, str]] = []
        self._recent_title = Label(tone="muted", size="small")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._lay_out()
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say every word again."""
        self._title.setText(tr("Which workspace?"))
        self._what.setText(
            tr("A workspace holds the model inventory and its tamper-evident ledger.")
        )
        for label, source in self._texts:
            label.setText(tr(source))
        self._recent_title.setText(tr("Recently open"))
        self.show_recent()

    def show_recent(self) -> None:
        """List the workspaces that were open before."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        recent = self._ways.recent()
        self._recent_title.setVisible(bool(recent))
        for target in recent:
            self._recent.addWidget(self._way_back(target), 0, Qt.AlignmentFlag.AlignLeft)

    def _way_back(self, target: str) -> Button:
        return Button(target, lambda: self._ways.open_target(self._context, target), flat=True)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(self.fontMetrics().averageCharWidth() * 110)
        column = QVBoxLayout(inside)
        column.setSpacing(8)
        for part in (self._title, self._what):
            column.addWidget(part)
        column.addSpacing(12)
        for action, icon, sentence in _WAYS:
            column.addWidget(self._way(action, icon, sentence))
        column.addSpacing(12)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        outside = QHBoxLayout()
        outside.addStretch(1)
        outside.addWidget(inside, 8)
        outside.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(outside)
        page.addStretch(3)

    def _way(self, action: str, icon: str, sentence: str) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        said = Label(wrap=True)
        self._texts.append((said, sentence))
        row = QHBoxLayout(card)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(16)
        row.addWidget(Picture(icon, "accent", size=26))
        row.addWidget(said, 1)
        made = self._context.actions.action(action)
        button = ActionButton(made, default=action == _FIRST)
        row.addWidget(button)
        if action == _FIRST:
            self.setFocusProxy(button)
        return card
