"""Saying words again in another language: what is seen at once, what is hidden when it is shown."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from mlops_desktop.ui.turns import turns

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
        self._owes = False
        changed.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say it before the widget is seen: at once, or in its turn where nothing is painted."""
        if event.type() == QEvent.Type.Show:
            if self._widget.updatesEnabled():
                self._pay()
            else:
                turns().enter(self, self._pay_if_seen, is_light=True)
        return False

    def _on_changed(self) -> None:
        self._owe()
        self._pay_if_seen()

    def _owe(self) -> None:
        self._owes = True
        self._widget.installEventFilter(self)  # once, however often it is asked for

    def _pay_if_seen(self) -> None:
        if self._owes and self._widget.isVisible():
            self._pay()

    def _pay(self) -> None:
        self._owes = False
        self._widget.removeEventFilter(self)
        self._say()
