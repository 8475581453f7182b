"""A person at the window: reads what a screen reader would say, types, clicks; knows no inside."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.window import Window
from tests.stories import ears, eyes
from tests.ui.conftest import is_at_rest

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
_FIELDS = (QLineEdit, QPlainTextEdit, QComboBox)
_SELECT_ALL = "Ctrl+A"


class Desk:
    """Somebody at the window. Whatever is looked for is waited for, as a person would."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot

    # --- what the person sees

    def front(self) -> QWidget:
        """Return the window that takes keys now: a popup, a dialog, or the window itself."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def read(self) -> str:
        """Return everything that can be read in front, and in the window behind a popup."""
        heard = ears.texts(self.front())
        if isinstance(self.front(), QMenu):
            heard += ears.texts(self.window)
        return "\n".join([self.front().windowTitle(), *heard])

    def sees(self, *wanted: str) -> None:
        """Wait until each text can be read."""
        for text in wanted:
            self._wait(partial(self._reads, text), f"“{text}” is not to be seen")

    def sees_no(self, *unwanted: str) -> None:
        """Wait until none of the texts can be read."""
        for text in unwanted:
            self._wait(lambda: not self._reads(text), f"“{text}” is still to be seen")  # noqa: B023

    def rows(self) -> list[str]:
        """Return the rows of the list that is in front."""
        return [" | ".join(cells) for cells in ears.rows(self._only(QTableView))]

    def tabs(self) -> list[str]:
        """Return the tabs that can be opened."""
        return [
            bar.tabText(at)
            for bar in self._shown(QTabBar)
            for at in range(bar.count())
            if bar.isTabEnabled(at) and bar.isTabVisible(at)
        ]

    def field(self, name: str) -> QWidget:
        """Return the field that is called ``name``, by its label or its spoken name."""
        return self._found(lambda: next(self._fields(name), None), f"no field “{name}”")

    def button(self, name: str) -> QAbstractButton:
        """Return the button or tab-less control that is called ``name``."""
        return self._found(lambda: next(self._buttons(name), None), f"no button “{name}”")

    def can(self, name: str) -> bool:
        """Tell whether the button ``name`` can be pressed."""
        return self.button(name).isEnabled()

    # --- what the person does

    def presses(self, *keys: str) -> None:
        """Press keys such as ``Ctrl+N``, one after the other, wherever the keyboard is."""
        for name in keys:
            combination = QKeySequence(name)[0]  # type: ignore[index]
            popup = QApplication.activePopupWidget()
            held = popup.focusWidget() if popup is not None else None
            target = held or popup or self._awake().windowHandle()
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def types(self, text: str) -> None:
        """Type ``text`` wherever the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None, f"nothing takes “{text}”"
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(target, letter)
            else:  # QTest knows no other keys; a keyboard's event brings its text along
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                    QApplication.sendEvent(target, event)
        QApplication.processEvents()

    def fills(self, **values: str) -> None:
        """Type each value into its field; blanks of a name are written as ``_``."""
        for name, value in values.items():
            self.writes(name.replace("_", " "), value)

    def writes(self, name: str, value: str) -> None:
        """Type ``value`` into the field ``name``, or choose it there."""
        field = self.field(name)
        if isinstance(field, QComboBox) and not field.isEditable():
            self._choose_in(field, value)
            return
        self.points_at(field)
        self.presses(_SELECT_ALL)
        self.types(value)
        if QApplication.activePopupWidget() is not None:  # what could complete the word
            self.presses("Tab")

    def clicks(self, name: str) -> None:
        """Click the button ``name`` as soon as it can be clicked."""
        button = self.button(name)
        self._wait(button.isEnabled, f"“{name}” cannot be pressed")
        self.points_at(button)

    def takes(self, name: str) -> None:
        """Click what is spoken as ``name``: a cell of a chart, a figure, a link."""

        def in_sight() -> tuple[QWidget, QPoint] | None:
            found = ears.find(self.front(), name)
            if found is None:
                return None
            self._scroll_to(found[0], found[0].mapFromGlobal(found[1].center()))
            widget, place = ears.find(self.front(), name) or found
            at = widget.mapFromGlobal(place.center())
            return (widget, at) if self._under(widget, at) is None else None

        self._click(*self._found(in_sight, f"“{name}” is not to be seen"))

    def opens(self, tab: str) -> None:
        """Open the tab ``tab``; a number behind its name does not matter."""

        def find() -> tuple[QTabBar, int] | None:
            for bar in self._shown(QTabBar):
                for at in range(bar.count()):
                    if bar.tabText(at) == tab or bar.tabText(at).startswith(f"{tab} "):
                        return bar, at
            return None

        bar, at = self._found(find, f"no tab “{tab}”")
        self._wait(bar.isEnabled, f"“{tab}” cannot be opened")  # until its model is read
        place = bar.tabRect(at).center()
        if bar.rect().contains(place) and bar.childAt(place) is None:
            self._click(bar, place)
        else:  # behind the buttons that scroll the tabs: the arrow keys lead there
            bar.setFocus(Qt.FocusReason.TabFocusReason)
            way = at - bar.currentIndex()
            self.presses(*["Right" if way > 0 else "Left"] * abs(way))
        assert bar.currentIndex() == at, f"“{tab}” does not open"

    def chooses(self, text: str) -> None:
        """Click the row of a list or a menu in which ``text`` stands."""
        front = self.front()
        if isinstance(front, QMenu):
            self._choose_from(front, text)
            return

        def find() -> QAbstractItemView | None:
            views = self._shown(QAbstractItemView)
            return next((one for one in views if eyes.row_at(one, text) is not None), None)

        view = self._found(find, f"no row with “{text}”")
        index = eyes.row_at(view, text)
        assert index is not None
        view.scrollTo(index)
        self._click(view.viewport(), view.visualRect(index).center())

    def does(self, typed: str) -> None:
        """Do an action through the palette, by its words."""
        self.presses("Ctrl+Shift+P")
        self.types(typed)
        matches = self._only(QListView)

        def is_first() -> bool:
            found = [row[0].casefold() for row in eyes.rows(matches)]
            return bool(found) and typed.casefold() in found[0]

        self._wait(is_first, f"“{typed}” is not the first match")
        self.presses("Return")

    def goes_to(self, place: str) -> None:
        """Click a place in the rail and see its name in the header."""
        self.chooses(place)
        self.sees(place)

    def filters(self, text: str) -> None:
        """Write into the filter line of the list."""
        self.presses("Ctrl+F", _SELECT_ALL)
        self.types(text)

    def waits_for(self, is_true: Callable[[], bool], otherwise: str) -> None:
        """Wait for something that is not to be read."""
        self._wait(is_true, otherwise)

    def rests(self) -> None:
        """Wait until nothing runs any more."""
        self._wait(lambda: is_at_rest(self.window), "work does not end")
        QApplication.processEvents()

    # --- hands

    def points_at(self, widget: QWidget) -> None:
        """Scroll to ``widget`` and click its middle."""
        at = widget.rect().center()

        def is_in_sight() -> bool:
            self._scroll_to(widget, at)
            return self._under(widget, at) is None

        self._wait(is_in_sight, f"{widget} is covered by {self._under(widget, at)}")
        self._click(widget, at)

    def _scroll_to(self, widget: QWidget, at: QPoint) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            inside = parent.widget() if isinstance(parent, QScrollArea) else None
            if isinstance(parent, QScrollArea) and inside is not None:
                parent.ensureWidgetVisible(widget)
                place = widget.mapTo(inside, at)
                parent.ensureVisible(place.x(), place.y())
            parent = parent.parentWidget()
        QApplication.processEvents()

    def _click(self, widget: QWidget, at: QPoint) -> None:
        self._awake()
        covering = self._under(widget, at)
        assert covering is None, f"{widget} is covered by {covering}"
        top = widget.window()
        place = widget.mapTo(top, at)
        left, nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(top.windowHandle(), left, nothing, place)
        QApplication.processEvents()

    @staticmethod
    def _under(widget: QWidget, at: QPoint) -> QWidget | None:
        """Return what lies over ``widget`` at a place, or the window itself where nothing is."""
        top = widget.window()
        under = top.childAt(widget.mapTo(top, at))
        hit = under is not None and (under is widget or widget.isAncestorOf(under))
        return None if hit else under or top

    def _choose_in(self, box: QComboBox, value: str) -> None:
        self.points_at(box)
        entries = box.view()
        self._wait(entries.isVisible, f"{box.accessibleName()} does not open")
        index = eyes.row_at(entries, value)
        assert index is not None, f"{value} is not offered in {box.accessibleName()}"
        entries.setCurrentIndex(index)
        QTest.keyClick(entries, Qt.Key.Key_Return)
        self._wait(lambda: not entries.isVisible(), f"{box.accessibleName()} stays open")
        assert box.currentText() == value

    def _choose_from(self, menu: QMenu, text: str) -> None:
        entry = next((one for one in menu.actions() if text in one.text()), None)
        assert entry is not None, f"no entry “{text}” in {eyes.texts(menu)}"
        assert entry.isEnabled(), f"“{text}” cannot be chosen"
        place = menu.actionGeometry(entry).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        QApplication.processEvents()

    def _awake(self) -> QWidget:
        """Return what is in front once the window system has given it the keyboard."""
        front = self.front()
        owner = front if front.isModal() else self.window
        if not owner.isActiveWindow() and QApplication.activePopupWidget() is None:
            owner.activateWindow()
            self._wait(owner.isActiveWindow, "the window does not come to the front")
        return front

    # --- looking for things

    def _reads(self, text: str) -> bool:
        return text in self.read()

    def _shown(self, kind: type[W]) -> list[W]:
        return [found for found in eyes.on_screen(self.front()) if isinstance(found, kind)]

    def _only(self, kind: type[W]) -> W:
        return self._found(lambda: next(iter(self._shown(kind)), None), f"no {kind.__name__}")

    def _buttons(self, name: str) -> Iterator[QAbstractButton]:
        yield from (one for one in self._shown(QAbstractButton) if eyes.name_of(one) == name)

    def _fields(self, name: str) -> Iterator[QWidget]:
        labels = {id(label.buddy()): label.text() for label in self._shown(QLabel)}
        for field in self._shown(QWidget):
            names = (labels.get(id(field)), field.accessibleName())
            if isinstance(field, _FIELDS) and name in names:
                yield field

    def _found(self, find: Callable[[], T | None], otherwise: str) -> T:
        found: list[T] = []

        def look() -> bool:
            one = find()
            found[:] = [] if one is None else [one]
            return one is not None

        self._wait(look, otherwise)
        return found[0]

    def _wait(self, is_true: Callable[[], bool], otherwise: str) -> None:
        try:
            self._qtbot.waitUntil(is_true)
        except self._qtbot.TimeoutError:
            raise AssertionError(f"{otherwise}; what is:\n{self.read()}") from None
