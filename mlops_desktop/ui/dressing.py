"""Style sheets part by part: one sheet for everything would stop the window while it changes.

Qt goes through every widget below a sheet at once, some 80 µs each, whether it is seen or not. So
a part of the window has a sheet of its own. When the sheet changes, the window is not painted until
what is in sight wears the new one; what is out of sight follows part by part, between what a
person does, or next where it comes in sight meanwhile. The wings of a room are out of it while it
changes, and come back one by one: those in sight before it is painted.
"""

from collections.abc import Iterator
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from mlops_desktop.ui.turns import turns
from mlops_desktop.ui.widgets.wing import Wing


class Dressing(QObject):
    """The parts and the sheet they wear; no part lies in another, dialogs of its own apart."""

    dressed = Signal(QWidget)
    """A part wears the sheet that is in force now, after it wore another."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = ""
        self._parts: WeakSet[QWidget] = WeakSet()
        self._rooms: WeakSet[QWidget] = WeakSet()
        self._late: WeakSet[QWidget] = WeakSet()
        self._held: list[QWidget] = []
        self._out: list[Wing] = []
        self._steps: Iterator[None] | None = None

    @property
    def is_done(self) -> bool:
        """Whether every part wears the sheet that is in force."""
        return self._steps is None

    def dress(self, part: QWidget) -> None:
        """Let a part that stays small wear the sheet, from now on and at once; once is enough."""
        if part not in self._parts:
            self._parts.add(part)
            part.setStyleSheet(self._sheet)

    def dress_room(self, room: QWidget) -> None:
        """Let a part that may hold a thousand widgets wear the sheet, from now on, in slices."""
        self._rooms.add(room)
        room.setStyleSheet(self._sheet)

    def change(self, sheet: str) -> None:
        """Let every part wear ``sheet``: small ones at once, rooms in sight first."""
        self._sheet = sheet
        self._hold()
        for part in _there(self._parts):
            part.setStyleSheet(sheet)
            self.dressed.emit(part)
        rooms = sorted(_there(self._rooms), key=lambda room: not room.isVisible())
        self._late = WeakSet(rooms)
        self._begin(self._change_rooms(rooms))

    def stop(self) -> None:
        """Leave what is not dressed yet as it is: nobody will see it any more."""
        turns().leave(self)
        self._steps = None
        self._let_go()

    def hurry(self, room: QWidget) -> None:
        """Dress a room next that has come in sight; nothing happens if it wears the sheet already.

        Until then the window shows what it showed, as with a change of the sheet.
        """
        if self._waits(room):
            self._hold()
            others = (one for one in _there(self._rooms) if one in self._late and one is not room)
            self._begin(self._change_rooms([room, *others]))

    def gather(self) -> None:
        """Bring back at once all that is out: who goes through a page must find the whole of it."""
        for _ in self._come_back(self._out):
            pass

    def _dress(self, room: QWidget) -> None:
        self._late.discard(room)
        room.setStyleSheet(self._sheet)
        self.dressed.emit(room)

    def _change_rooms(self, rooms: list[QWidget]) -> Iterator[None]:
        for room in filter(isValid, rooms):
            if not room.isVisible():
                self._let_go()
                yield from self._come_back(self._out)
            yield from self._clear_out(room)
            if self._waits(room):
                room.setStyleSheet("")  # the half of the work, in an event of its own
                yield
            if self._waits(room):
                self._dress(room)
                yield
            yield from self._come_back([wing for wing in self._out if _is_seen(wing)])
        self._let_go()
        yield from self._come_back(self._out)

    def _clear_out(self, room: QWidget) -> Iterator[None]:
        wings = room.findChildren(Wing) if self._waits(room) else []
        for wing in wings:  # one that holds others comes before them, and takes them along
            if self._waits(room) and isValid(wing) and _may_leave(wing, room):
                wing.clear_out(self.dressed.emit)
                self._out.append(wing)
                yield

    def _come_back(self, wings: list[Wing]) -> Iterator[None]:
        while wings:
            wing = wings.pop()
            if isValid(wing) and wing.is_out:
                wing.bring_back()
                yield

    def _waits(self, room: QWidget) -> bool:
        return room in self._late and isValid(room)

    def _begin(self, steps: Iterator[None]) -> None:
        self._steps = steps
        turns().leave(self)
        turns().enter(self, self._step)

    def _step(self) -> None:
        """Take a step; nobody waits for what is out of sight, so it comes after all else."""
        steps = self._steps
        if steps is not None and next(steps, self) is self and steps is self._steps:
            self._let_go()
            self._steps = None
        if self._steps is not None:
            turns().enter(self, self._step, is_calm=not self._held)

    def _hold(self) -> None:
        """Leave on the screen what is there, until what takes its place is whole."""
        seen = {part.window() for part in _there(self._rooms) if part.isVisible()}
        for window in seen:
            if window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._held.append(window)

    def _let_go(self) -> None:
        held, self._held = self._held, []
        for window in held:
            if isValid(window):
                window.setUpdatesEnabled(True)


def _may_leave(wing: Wing, room: QWidget) -> bool:
    """Return whether nobody misses what a wing holds until the room is painted again."""
    if wing.is_out or not room.isAncestorOf(wing):
        return False
    return not wing.isVisible() or not (wing.findChild(Wing) or _has_keyboard(wing))


def _has_keyboard(wing: Wing) -> bool:
    # The window's own: the program's is None while another is in front, or in an open list of it.
    return wing.isAncestorOf(wing.window().focusWidget())


def _is_seen(wing: Wing) -> bool:
    return isValid(wing) and wing.isVisible()


def _there(parts: "WeakSet[QWidget]") -> list[QWidget]:
    return [part for part in parts if isValid(part)]
