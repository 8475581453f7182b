"""The header: where I am and what is here in a sentence, the search, and the day shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlops_desktop.ui.as_of import AsOfButton
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.one_line import OneLine


class Header(QWidget):
    """Title, sentence, command palette, as-of."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._context = context
        self._title = Label(size="heading", strong=True)
        self._sentence = OneLine(tone="muted")
        self._find = Button(icon="search", clicked=self._open_palette)
        self._find.setObjectName("openPalette")
        self.as_of = AsOfButton(context)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 10)
        row.setSpacing(10)
        base = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._title, 0, base)
        row.addSpacing(4)
        row.addWidget(self._sentence, 1, base)
        row.addWidget(self._find)
        row.addWidget(self.as_of)
        context.workspace_changed.connect(self._on_workspace)
        context.language_changed.connect(self.retranslate)
        self.retranslate()
        self._on_workspace()

    def set_heading(self, title: str, sentence: str) -> None:
        """Say where we are."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def retranslate(self) -> None:
        """Say the names of the controls again."""
        self._find.setText(tr("Find or do"))
        self._find.setToolTip(tr("Every action and every model: Ctrl+Shift+P"))

    def _open_palette(self) -> None:
        self._context.actions.run("palette")

    def _on_workspace(self) -> None:
        self.as_of.setVisible(self._context.is_open)
