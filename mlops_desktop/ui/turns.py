"""Who has something to do takes turns, so that a person at the keyboard comes between.

Qt fires all timers that are due, and hands on all that threads have sent to the window, in one go
before it looks for a key. So there is one timer for all, and one of them acts when it fires.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from shiboken6 import isValid

T = TypeVar("T")
Act = Callable[[], None]
_SLICE_SECONDS = 0.005
"""What light turns may take together before a key comes between."""


@dataclass(frozen=True, slots=True)
class _Turn:
    owner: QObject
    act: Act
    is_light: bool


class Round(QObject):
    """The turns of one application; what goes away has none any more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._next: deque[_Turn] = deque()
        self._calm: deque[_Turn] = deque()
        self._known: WeakSet[QObject] = WeakSet()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    def enter(
        self, owner: QObject, act: Act, *, is_light: bool = False, is_calm: bool = False
    ) -> None:
        """Let ``act`` be called when its turn comes, behind all that entered before.

        Some that are light come in one turn; what is calm waits until nobody else does.
        """
        if owner not in self._known:
            self._known.add(owner)
            owner.destroyed.connect(self._forget)
        (self._calm if is_calm else self._next).append(_Turn(owner, act, is_light))
        self._timer.start()

    def leave(self, owner: QObject) -> None:
        """Forget what ``owner`` entered."""
        self._forget(owner)

    def _forget(self, gone: QObject) -> None:
        for waiting in (self._next, self._calm):
            left = [turn for turn in waiting if turn.owner is not gone and isValid(turn.owner)]
            waiting.clear()
            waiting.extend(left)
        self._rest()

    def _go_on(self) -> None:
        """Act, and go on while it is light; what has nothing to do any more is passed over."""
        until = perf_counter() + _SLICE_SECONDS
        goes_on = True
        while goes_on and (turn := self._take()) is not None:
            if isValid(turn.owner):
                turn.act()
                goes_on = turn.is_light and self._is_light_next() and perf_counter() < until
        self._rest()

    def _take(self) -> _Turn | None:
        waiting = self._next or self._calm
        return waiting.popleft() if waiting else None

    def _is_light_next(self) -> bool:
        return bool(self._next) and self._next[0].is_light

    def _rest(self) -> None:
        if not self._next and not self._calm:
            self._timer.stop()


def turns() -> Round:
    """Return the turns of the application that runs."""
    app = QCoreApplication.instance()
    assert app is not None
    found = app.findChild(Round, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Round) else Round(app)


class Turns(QObject, Generic[T]):
    """Hands each thing to ``take`` in a turn of its own, in the order they came."""

    def __init__(self, parent: QObject, take: Callable[[T], None]) -> None:
        super().__init__(parent)
        self._take = take
        self._brought: deque[T] = deque()

    def put(self, thing: T) -> None:
        """Let ``thing`` be taken when its turn comes."""
        self._brought.append(thing)
        turns().enter(self, self._take_one)

    def _take_one(self) -> None:
        self._take(self._brought.popleft())
