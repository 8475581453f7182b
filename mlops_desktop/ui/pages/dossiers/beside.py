"""A signature given beside the pages that it covers: both in one dialog, as large as the window."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.preview import Preview
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog

OF_KEY = ("person_key.", "passphrase.", "certificate.")
"""What begins the codes of errors that a person mends in the dialog itself."""
_PART = 94


class SignBesidePages(SignDialog):
    """Shows pages at the left and what is declared at the right."""

    def __init__(
        self,
        context: Context,
        title: str,
        covers: tuple[tuple[str, str], ...],
        meanings: tuple[Meaning, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(context, title, covers, meanings, parent)
        self.preview = Preview(context)

    def put_beside(self) -> None:
        """Put what stands in the dialog beside the pages; called once, when all is in it."""
        self.setMinimumWidth(0)
        side = QWidget()
        whole = self.layout()
        assert whole is not None
        side.setLayout(whole)  # its body scrolls downwards by itself, the buttons stay in sight
        # What is signed must not be hidden beside the pages.
        side.setMinimumWidth(max(side.minimumSizeHint().width(), self._least()))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 0, 0)
        row.addWidget(self.preview, 3)
        row.addWidget(side, 2)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as the window: pages are there to be read."""
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().size()
            wanted = QSize(room.width() * _PART // 100, room.height() * _PART // 100)
            self.resize(wanted.expandedTo(self.minimumSizeHint()))
        super().showEvent(event)

    def _least(self) -> int:
        return self.fontMetrics().averageCharWidth() * 62
