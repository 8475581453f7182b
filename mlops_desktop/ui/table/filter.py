"""The filter line: words and key:value, completed from the keys a list knows."""

from PySide6.QtCore import QEvent, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from mlops_desktop.ui.announcing import announce
from mlops_desktop.ui.icons import pixmap
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.label import Label, room_for
from mlops_desktop.ui.widgets.offers import dress_offers

_LEAST, _EDGE = 16, 8
_WORD = 10
"""In characters."""


class FilterLine(QLineEdit):
    """Tells every change at once; Escape empties it, Down goes into the list."""

    filtered = Signal(str)
    left_down = Signal()

    def __init__(self, keys: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filter")
        self.setClearButtonEnabled(True)
        self._keys = keys
        # Qt draws an icon of its own 16 pixels wide, whatever the size of the text.
        self._glass = Label()
        self._glass.setParent(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._offers = QStringListModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        dress_offers(self._completer, self)
        self._completer.activated.connect(self._complete)
        self.textChanged.connect(self.filtered)
        self.textEdited.connect(self._offer)
        self.retranslate()
        self._draw()

    def sizeHint(self) -> QSize:
        """Ask for a short word: with less, what stands beside it goes on below."""
        margins = self.textMargins().left() + 2 * _EDGE
        return QSize(room_for(self.fontMetrics(), _WORD) + margins, super().sizeHint().height())

    def retranslate(self) -> None:
        """Say the name and the example again."""
        self.setAccessibleName(tr("Filter"))
        known = " ".join(f"{key}:…" for key in self._keys[:3])
        said = tr("Filter: words, {keys}", keys=known) if known else tr("Filter: words")
        self.setPlaceholderText(said)
        self.setToolTip(tr("Ctrl+F; Escape empties the line"))

    def tell(self, found: str) -> None:
        """Let what was found be spoken to whoever types here."""
        if self.hasFocus():
            announce(self, found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty on Escape, go down into the list on Down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down and not self._offers_shown():
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the glass in the new palette, as large as the text."""
        super().changeEvent(event)
        kinds = QEvent.Type.PaletteChange, QEvent.Type.FontChange
        if event.type() in kinds and hasattr(self, "_glass"):
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the glass in the middle of the height."""
        super().resizeEvent(event)
        self._glass.move(_EDGE, (self.height() - self._glass.height()) // 2)

    def _draw(self) -> None:
        size = max(_LEAST, self.fontMetrics().height() * 4 // 5)
        self._glass.setPixmap(pixmap("search", size=size, scale=self.devicePixelRatioF()))
        self._glass.resize(size, size)
        self._glass.move(_EDGE, (self.height() - size) // 2)
        self.setTextMargins(size + _EDGE // 2, 0, 0, 0)

    def _offer(self, typed: str) -> None:
        word = typed[: self.cursorPosition()].rsplit(" ", 1)[-1]
        fitting = [f"{key}:" for key in self._keys if word and key.startswith(word.casefold())]
        self._offers.setStringList(fitting)
        if fitting and len(word) > 1:
            self._completer.setCompletionPrefix(word)
            self._completer.complete()
        else:
            self._hide_offers()

    def _offers_shown(self) -> bool:
        popup = self._completer.popup()
        return popup is not None and popup.isVisible()

    def _hide_offers(self) -> None:
        if (popup := self._completer.popup()) is not None:
            popup.hide()

    def _complete(self, key: str) -> None:
        at = self.cursorPosition()
        before, after = self.text()[:at], self.text()[at:]
        start = before.rfind(" ") + 1
        self.setText(before[:start] + key + after)
        self.setCursorPosition(start + len(key))
