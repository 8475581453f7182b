"""Saying words again in another language: what is seen at once, what is hidden when it is shown."""

from collections.abc import Callable
from itertools import count
from weakref import WeakValueDictionary

from PySide6.QtCore import QEvent, QObject, SignalInstance
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from mlops_desktop.ui.turns import turns

Say = Callable[[], None]


class Speaking(QObject):
    """All whose words are said again after ``changed``, in the order in which they came.

    A person who went through all pages has hundreds of hidden words; to say them all at once would
    stop the window. Nor does the signal call each of them: between two calls of a signal Python is
    given to a worker that wants it, and comes back a while later, hundreds of times.
    """

    def __init__(self, changed: SignalInstance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed, self._numbers = changed, count()
        self._speakers: WeakValueDictionary[int, Speaker] = WeakValueDictionary()

    def enlist(self, widget: QWidget, say: Say) -> None:
        """Call ``say`` after a change, as soon as ``widget`` is seen."""
        number = next(self._numbers)
        if number == 0:  # not before: whoever made the window comes first
            self._changed.connect(self._on_changed)
        self._speakers[number] = Speaker(widget, say)

    def _on_changed(self) -> None:
        for speaker in tuple(self._speakers.values()):  # what is said may make more of them
            if isValid(speaker):
                speaker.owe()


class Speaker(QObject):
    """Waits for a hidden widget to be shown; looks at its events only while it waits."""

    def __init__(self, widget: QWidget, say: Say) -> None:
        super().__init__(widget)
        self._widget, self._say = widget, say
        self._owes = False

    def owe(self) -> None:
        """Say it now if the widget is seen, else when it is shown."""
        self._owes = True
        if self._widget.isVisible():
            self._pay()
        else:
            self._widget.installEventFilter(self)  # once, however often it is asked for

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say it before the widget is seen: at once, or in its turn where nothing is painted."""
        if event.type() == QEvent.Type.Show:
            if self._widget.updatesEnabled():
                self._pay()
            else:
                turns().enter(self, self._pay_if_seen, is_light=True)
        return False

    def _pay_if_seen(self) -> None:
        if self._owes and self._widget.isVisible():
            self._pay()

    def _pay(self) -> None:
        self._owes = False
        self._widget.removeEventFilter(self)
        self._say()
