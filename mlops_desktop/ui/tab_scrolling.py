"""The buttons that scroll tabs: Qt names them when it makes them, and never again."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QToolButton, QWidget

_WORDS = {"ScrollLeftButton": "Scroll Left", "ScrollRightButton": "Scroll Right"}


def name_scrolling(whole: QWidget) -> None:
    """Name them, on every bar of tabs in ``whole``, by Qt's own words in the language in force."""
    for name, word in _WORDS.items():
        said = QCoreApplication.translate("QTabBar", word)
        for button in whole.findChildren(QToolButton, name):
            button.setAccessibleName(said)
