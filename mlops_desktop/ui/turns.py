"""Hands on what several bring at once, so that a person at the keyboard comes between."""

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")


class Turns(QObject, Generic[T]):
    """Hands each thing to ``take`` in an event of its own, in the order they came.

    Qt hands all that threads have sent to the window on in one go, before it looks for a key.
    """

    def __init__(self, parent: QObject, take: Callable[[T], None]) -> None:
        super().__init__(parent)
        self._take = take
        self._brought: deque[T] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._take_one)

    def put(self, thing: T) -> None:
        """Let ``thing`` be taken when its turn comes."""
        self._brought.append(thing)
        self._timer.start()

    def _take_one(self) -> None:
        if self._brought:
            self._take(self._brought.popleft())
        if not self._brought:
            self._timer.stop()
