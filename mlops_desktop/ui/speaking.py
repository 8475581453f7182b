"""Saying words again in another language: what is seen at once, what is hidden when it is shown."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, SignalInstance
from PySide6.QtWidgets import QWidget

Say = Callable[[], None]


def speak_when_seen(widget: QWidget, changed: SignalInstance, say: Say) -> None:
    """Call ``say`` after ``changed``, as soon as ``widget`` is seen.

    A person who went through all pages has hundreds of hidden words; to say them all at once would
    stop the window.
    """
    Speaker(widget, changed, say)


class Speaker(QObject):
    """Waits for a hidden widget to be shown; looks at its events only while it waits."""

    def __init__(self, widget: QWidget, changed: SignalInstance, say: Say) -> None:
        super().__init__(widget)
        self._widget, self._say = widget, say
        changed.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say it before the widget is seen."""
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            self._say()
        return False

    def _on_changed(self) -> None:
        self._widget.removeEventFilter(self)
        if self._widget.isVisible():
            self._say()
        else:
            self._widget.installEventFilter(self)
