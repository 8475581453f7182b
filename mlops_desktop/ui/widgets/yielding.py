"""A sentence or a name that widens nothing: a word without room in one line ends it within."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel

from mlops_desktop.ui.text import honest, tr
from mlops_desktop.ui.widgets.breaking import joined
from mlops_desktop.ui.widgets.label import Label, Size, Tone
from mlops_desktop.ui.widgets.room import ANY
from mlops_desktop.ui.widgets.ruler import ruler_of

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class YieldingLabel(Label):
    """Is read, heard and copied as it was set, whatever breaks it shows."""

    _whole = ""

    def __init__(
        self,
        text: str = "",
        *,
        tone: Tone = "",
        size: Size = "text",
        strong: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(
            text, tone=tone, size=size, strong=strong, wrap=True, selectable=selectable
        )
        self._copy = QAction(self)
        self._copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._whole))
        self.addAction(self._copy)
        self._show()

    def setText(self, text: str) -> None:
        """Show ``text`` as it is written, broken where it has no room."""
        self._whole = honest(text)
        self._show()

    def text(self) -> str:
        """Return what was set."""
        return self._whole

    def measure(self) -> None:
        """Take the font again, and break anew."""
        super().measure()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show()

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of the longest syllable."""
        ruler = ruler_of(self)
        return QSize(ruler.widest(ruler.fitted(self._whole, 0)), super().minimumSizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width, in which other words are broken."""
        shown = self._broken(width)
        if shown == super().text():
            return super().heightForWidth(width)
        place = QRect(0, 0, width, ANY)
        return self.fontMetrics().boundingRect(place, int(_WRAPPED), shown).height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected without the breaks."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(joined(self.selectedText()))
        else:
            super().keyPressEvent(event)

    def _broken(self, width: int) -> str:
        return ruler_of(self).fitted(self._whole, width)

    def _show(self) -> None:
        shown = self._broken(self.width())
        QLabel.setText(self, shown)
        is_whole, menus = shown == self._whole, Qt.ContextMenuPolicy
        self.setAccessibleName("" if is_whole else self._whole)
        if self.actions():
            self._copy.setText(tr("Copy"))
            self.setContextMenuPolicy(
                menus.DefaultContextMenu if is_whole else menus.ActionsContextMenu
            )
