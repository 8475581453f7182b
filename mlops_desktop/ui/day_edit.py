"""A field for a day that is typed as it is written: with signs between its parts or without."""

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QValidator,
)
from PySide6.QtWidgets import QDateEdit, QWidget

_SIZES = (2, 2, 4)
_DIGITS, _SIGNS = "0123456789", "./-, "
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CENTURY = 2000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_WITH_TEXT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class DayEdit(QDateEdit):
    """A day with a calendar; Tab leaves it, the arrow keys go between day, month and year.

    Qt types part by part: a sign leaves the part, and a digit without a place is lost. Here what
    is typed stands before the rest of the old day, and is the day once it is sent or left.
    """

    refused = Signal(str)
    """What was typed and is no day; empty once a day is typed instead."""

    def __init__(self, day: QDate) -> None:
        super().__init__(day)
        self._typed, self._shown = "", ""
        self._start = self._at = 0
        self._is_wrong = self._is_entered = False
        self.lineEdit().installEventFilter(self)

    def settle(self) -> bool:
        """Let what is typed be the day; else leave it there to be mended, and tell."""
        if not self._is_typing():
            return True
        day = _written(self._shown)
        is_day = day is not None and self.minimumDate() <= day <= self.maximumDate()
        if day is not None and is_day:
            self._show_day(day)
        if self._is_wrong or not is_day:
            self.refused.emit("" if is_day else self._shown)
        self._is_wrong = not is_day
        return is_day

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on to the next field, not to the next part of this one."""
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; what is no day is not sent."""
        key, text = event.key(), event.text()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.lineEdit().copy()
        elif key in _BACK:
            self._take_back()
        elif text.isprintable() and text and not event.modifiers() & ~_WITH_TEXT:
            self._type(text)
        elif key in _MOVES:
            self._move(_MOVES[Qt.Key(key)])
        elif key not in _ENTER + _ENDS or self.settle():
            if key == Qt.Key.Key_Escape:
                self._drop()
            super().keyPressEvent(event)

    def stepBy(self, steps: int) -> None:
        """Step from what is typed."""
        if self.settle():
            super().stepBy(steps)

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Leave alone what is being typed."""
        if self._is_typing():
            return QValidator.State.Intermediate, text, at
        return super().validate(text, at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the first click select the whole day, and what was no day be typed anew."""
        super().focusInEvent(event)
        self._is_entered = event.reason() == Qt.FocusReason.MouseFocusReason
        if self._is_typing():
            self.lineEdit().selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what is typed."""
        is_settled = self.settle()
        super().focusOutEvent(event)
        if not is_settled:  # Qt shows the old day again
            self._write(self._shown, len(self._shown))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take what is typed before the calendar opens."""
        self.settle()
        super().mousePressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select the whole day by a first click, a part of it by another."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.settle()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._select()
        return super().eventFilter(watched, event)

    def _select(self) -> None:
        if self._is_entered:
            self.lineEdit().selectAll()
        elif not self.lineEdit().hasSelectedText() and not self._is_typing():
            self.setSelectedSection(self.currentSection())
        self._is_entered = False

    def _is_typing(self) -> bool:
        """Whether what stands there was typed: a day set meanwhile ends it."""
        return bool(self._typed) and self.lineEdit().text() == self._shown

    def _type(self, text: str) -> None:
        edit = self.lineEdit()
        is_all = edit.selectedText() == edit.text()
        if is_all or not self._is_typing():
            self._typed, self._start = "", 0 if is_all else max(0, self.currentSectionIndex())
        if text in _DIGITS + _SIGNS:
            self._take(self._typed + text)

    def _move(self, by: int) -> None:
        """Go to the part beside: Qt goes sign by sign."""
        if self.settle():
            at = self.currentSectionIndex() + by
            self.setSelectedSection(self.sectionAt(max(0, min(at, len(_SIZES) - 1))))

    def _paste(self, text: str) -> None:
        text = _ISO.sub(r"\3.\2.\1", text.strip())
        if text and all(sign in _DIGITS + _SIGNS for sign in text):
            self._start = 0
            self._take(text)

    def _take_back(self) -> None:
        """Type one sign less; a day there always is."""
        edit = self.lineEdit()
        if len(self._typed) > 1 and self._is_typing() and edit.selectedText() != edit.text():
            self._take(self._typed[:-1])
        else:
            self._drop()

    def _take(self, typed: str) -> None:
        """Show ``typed`` from the part it began in, or from the day on where it is more."""
        for start in (self._start, 0):
            parts = _cut(typed, start)
            if parts is not None:
                self._typed, self._start = typed, start
                self._show(parts)
                return

    def _show(self, parts: list[str]) -> None:
        """Write the parts before the rest of the old day, which stays selected."""
        old = [self.date().toString(form) for form in ("dd", "MM", "yyyy")]
        sign, self._at = self.displayFormat()[_SIZES[0]], self._start + len(parts) - 1
        filled = [part or old[at] for at, part in enumerate(parts, self._start)]
        before = old[: self._start] + filled[:-1]
        self._shown = sign.join([*before, filled[-1], *old[self._at + 1 :]])
        self._write(self._shown, len(sign.join([*before, parts[-1]])))

    def _write(self, text: str, done: int) -> None:
        edit = self.lineEdit()
        edit.blockSignals(True)  # Qt would read it part by part
        edit.setText(text)
        edit.setCursorPosition(done)
        if done < len(text):
            edit.setSelection(done, len(text) - done)
        edit.blockSignals(False)

    def _drop(self) -> None:
        """Show the day that holds again."""
        if self._is_typing():
            self._show_day(self.date())

    def _show_day(self, day: QDate) -> None:
        """Show ``day``, with the part selected that was typed last."""
        self._typed = ""
        self.setDate(day)
        self.setSelectedSection(self.sectionAt(self._at))


def _cut(typed: str, start: int) -> list[str] | None:
    """Return the parts that ``typed`` makes from part ``start`` on; None if it is more."""
    parts = [""]
    for sign in typed:
        is_digit = sign in _DIGITS
        if not is_digit or len(parts[-1]) == _SIZES[start + len(parts) - 1]:
            parts.append("")
        if start + len(parts) > len(_SIZES):
            return None
        if is_digit:
            parts[-1] += sign
    return parts


def _written(text: str) -> QDate | None:
    """Return the day that is written, one of this century where the year has two digits."""
    day, month, year = re.split(r"\D", text)
    if len(year) not in (2, _SIZES[2]):
        return None
    try:
        found = date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return QDate(found.year, found.month, found.day)
