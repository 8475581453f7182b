"""Names and values in groups, to read and to copy; scrolled by the keyboard."""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.label import Label, Tone

_MOST_ROWS = 60
_NAME_CHARACTERS = 21
_LONGEST_WORD = 34
_JOINTS = re.compile(r"[_./:-]|\w{20}")
_NO_SPACE = "\u200b"

_SLIDES = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value; a ``tone`` where it says a gap, a ``status`` where it is a chip."""

    name: str
    value: str
    tone: Tone = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under a title; without one they stand alone. ``lead`` is a sentence above them."""

    title: str
    facts: tuple[Fact, ...] = ()
    lead: str = ""
    status: Status | None = None


class Sections(QWidget):
    """Shows groups below each other; the arrow keys scroll while it has the focus."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2, 10, 6, 14)
        self._column.setSpacing(6)
        self._inside: QWidget | None = None
        self._groups: tuple[Group, ...] = ()

    def show_groups(self, groups: tuple[Group, ...]) -> None:
        """Show ``groups`` in place of those before."""
        self._groups = groups
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget(self)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for group in groups:
            self._add_group(column, group)
        column.addStretch()
        self._column.addWidget(self._inside)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll the area this stands in; copy every name and value as tab-separated text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            lines = (f"{fact.name}\t{fact.value}" for group in self._groups for fact in group.facts)
            QGuiApplication.clipboard().setText("\n".join(lines))
            return
        area, slide = _area_of(self), _SLIDES.get(Qt.Key(event.key()))
        if area is None or slide is None:
            super().keyPressEvent(event)
        else:
            area.verticalScrollBar().triggerAction(slide)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show where the keyboard is."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(0, 0, 2, self.height(), QColor(current_colors().accent))

    def _add_group(self, column: QVBoxLayout, group: Group) -> None:
        if group.title:
            if column.count():
                column.addSpacing(10)
            column.addWidget(Label(group.title, strong=True, wrap=True))
        if group.status is not None:
            column.addWidget(Chip(group.status))
        if group.lead:
            column.addWidget(Label(group.lead, tone="muted", wrap=True))
        if group.facts:
            column.addWidget(_FactGrid(group.facts))


class _FactGrid(QWidget):
    """The facts of one group; a long one opens on request."""

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        super().__init__()
        self._facts = facts
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._name_width = self.fontMetrics().averageCharWidth() * _NAME_CHARACTERS
        self._show(facts[:_MOST_ROWS])
        self._more: Button | None = None
        left = len(facts) - _MOST_ROWS
        if left > 0:
            self._more = Button(tr("Show %n more", "", left), self._show_rest, flat=True)
            self._grid.addWidget(self._more, self._grid.rowCount(), 0, 1, 2)

    def _show(self, facts: tuple[Fact, ...]) -> None:
        top, left = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft
        for row, fact in enumerate(facts, self._grid.rowCount()):
            name = Label(_breakable(fact.name), tone="muted", wrap=True)
            name.setAccessibleName(fact.name)
            name.setFixedWidth(self._name_width)
            # What is aligned to the left keeps its own width and does not hold back its column's.
            self._grid.addWidget(name, row, 0, top | left)
            side = top if fact.status is None else top | left
            self._grid.addWidget(_value(fact), row, 1, side)

    def _show_rest(self) -> None:
        if self._more is not None:
            self._more.deleteLater()
            self._more = None
        self._show(self._facts[_MOST_ROWS:])


def _value(fact: Fact) -> QWidget:
    if fact.status is not None:
        return Chip(fact.status)
    shown = shorten(fact.value)
    label = Label(shown, tone=fact.tone, wrap=True, selectable=shown == fact.value)
    label.setAccessibleName(tr("{name}: {value}", name=fact.name, value=fact.value))
    if shown != fact.value:
        _offer_whole(label, fact.value)
    return label


def shorten(text: str) -> str:
    """Return ``text`` with the middle of every long word left out.

    A label breaks no word: a digest or a path would widen the whole pane.
    """
    return " ".join(_shorten(word) for word in text.split(" "))


def _breakable(name: str) -> str:
    """Let the long name of a metric or a data set break after its signs and every 20 letters."""
    if all(len(word) < _NAME_CHARACTERS for word in name.split()):
        return name
    return _JOINTS.sub(lambda found: f"{found[0]}{_NO_SPACE}", name)


def _shorten(word: str) -> str:
    return word if len(word) <= _LONGEST_WORD else f"{word[:18]}…{word[-10:]}"


def _offer_whole(label: Label, value: str) -> None:
    label.setToolTip(value)
    copy = QAction(tr("Copy"), label)
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(value))
    label.addAction(copy)
    label.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def _area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
