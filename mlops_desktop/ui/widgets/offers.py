"""What a line offers to complete a word by: a list over everything, dressed as the line is."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QCompleter, QWidget


def dress_offers(completer: QCompleter, line: QWidget) -> None:
    """Let the list of a completer wear the sheet of the part of the window its line stands in."""
    popup = completer.popup()
    if popup is None:  # one that completes within its line
        return
    popup.setObjectName("offers")
    dresser = _Dresser(completer, line, popup)
    for part in (line, popup):
        part.installEventFilter(dresser)


class _Dresser(QObject):
    """The list has no parent to take a sheet from, so it asks before and when it is shown."""

    def __init__(self, completer: QCompleter, line: QWidget, popup: QWidget) -> None:
        super().__init__(completer)
        self._line, self._popup = line, popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress the list once somebody is in the line: how high it opens follows from it."""
        wanted = QEvent.Type.Show if watched is self._popup else QEvent.Type.FocusIn
        if event.type() == wanted:
            sheet = _sheet_of(self._line)
            if self._popup.styleSheet() != sheet:
                self._popup.setStyleSheet(sheet)
                self._popup.setFont(self._line.font())
        return False


def _sheet_of(part: QWidget | None) -> str:
    while part is not None and not part.styleSheet():
        part = part.parentWidget()
    return part.styleSheet() if part is not None else ""
