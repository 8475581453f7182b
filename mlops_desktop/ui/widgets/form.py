"""Rows of a form: a label that belongs to its field, help below, and what is wrong beside it."""

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.ui.widgets.breaking import split_up
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label, room_for
from mlops_desktop.ui.widgets.value import Value

W = TypeVar("W", bound=QWidget)
_TITLE_CHARACTERS = 24
_GAP = 4
_BESIDE = 16


class _Title(Label):
    """What a field is called; a long one takes more lines, not the room of its field."""

    def __init__(self, text: str) -> None:
        super().__init__(text, wrap=True)

    def sizeHint(self) -> QSize:
        """Return the room of its text in a line, at most that of so many characters."""
        metrics, most = self.fontMetrics(), room_for(self.fontMetrics(), _TITLE_CHARACTERS)
        words = max(map(metrics.horizontalAdvance, split_up(self.text())), default=0)
        joint = metrics.horizontalAdvance("-")
        width = max(min(metrics.horizontalAdvance(self.text()), most), words) + joint
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Give up none of it: where there is less room, the form is scrolled."""
        return self.sizeHint()


class Form(QWidget):
    """Fields below each other; each is named by its label for eyes and ears.

    Titles stand beside their fields, or above them in a form that ``is_stacked``.
    """

    def __init__(self, parent: QWidget | None = None, *, is_stacked: bool = False) -> None:
        super().__init__(parent)
        self._is_stacked = is_stacked
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setHorizontalSpacing(_BESIDE)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._wrongs: dict[QWidget, Label] = {}
        self._examples: dict[QLineEdit, str] = {}
        self._labels: dict[QWidget, Label] = {}
        self._helps: dict[QWidget, Label] = {}
        self._rows: dict[QWidget, int] = {}
        self._next = 0

    def add(self, title: str, field: W, help: str = "") -> W:
        """Add ``field`` under ``title``; returns it."""
        label = Label(title, wrap=True) if self._is_stacked else _Title(title)
        label.setBuddy(field)
        self._labels[field] = label
        field.setAccessibleName(title)
        field.setAccessibleDescription(help)
        wrong = Label(tone="bad", size="small", wrap=True)
        wrong.hide()
        self._wrongs[field] = wrong
        if self._is_stacked:
            self._grid.addWidget(label, self._next, 1)
            self._next += 1
        else:
            self._grid.addWidget(label, self._next, 0, _side(field))
        self._grid.addWidget(field, self._next, 1)
        self._rows[field] = self._next
        if help:
            self._helps[field] = Label(help, tone="muted", size="small", wrap=True)
            self._grid.addWidget(self._helps[field], self._next + 1, 1)
        self._grid.addWidget(wrong, self._next + 2, 1)
        self._grid.setRowMinimumHeight(self._next + 3, _GAP)
        self._next += 4
        return field

    def add_below(self, field: QWidget, companion: QWidget) -> None:
        """Put ``companion`` at the end of the line of ``field``, or below where it has no room."""
        line = Flow()
        self._grid.removeWidget(field)
        line.add_wide(field)
        line.addWidget(companion)
        self._grid.addLayout(line, self._rows[field], 1)

    def titles_room(self) -> int:
        """Return the room that the widest title wants, or that was asked for all."""
        if self._is_stacked:
            return 0
        widest = max((label.sizeHint().width() for label in self._labels.values()), default=0)
        return max(widest, self._grid.columnMinimumWidth(0))

    def begin_at(self, room: int) -> None:
        """Begin every field behind so much room: forms above each other are aligned."""
        if not self._is_stacked:
            self._grid.setColumnMinimumWidth(0, room)

    def explain(self, field: QWidget, help: str) -> None:
        """Say ``help`` below ``field`` in place of what stood there."""
        if field not in self._helps:
            self._helps[field] = Label(tone="muted", size="small", wrap=True)
            self._grid.addWidget(self._helps[field], self._rows[field] + 1, 1)
        self._helps[field].setText(help)
        self._helps[field].setVisible(bool(help))  # an empty one would keep a line free
        field.setAccessibleDescription(help)

    def rename(self, field: QWidget, title: str) -> None:
        """Say the title of ``field`` in another language."""
        self._labels[field].setText(title)
        field.setAccessibleName(title)

    def lock(self, field: QWidget, locked: bool = True) -> None:
        """Let ``field`` be read alone, or typed into again; its title tells it too."""
        field.setEnabled(not locked)
        # An example in a field that takes nothing reads like what stands in it.
        if isinstance(field, QLineEdit) and locked and field not in self._examples:
            self._examples[field] = field.placeholderText()
            field.setPlaceholderText("")
        elif isinstance(field, QLineEdit) and not locked and field in self._examples:
            field.setPlaceholderText(self._examples.pop(field))
        self._labels[field].take_tone("faint" if locked else "")

    def set_shown(self, field: QWidget, shown: bool) -> None:
        """Show ``field`` with its label and help, or none of them."""
        for part in (field, self._labels[field], self._helps.get(field)):
            if part is not None:
                part.setVisible(shown)
        self._wrongs[field].setVisible(shown and bool(self._wrongs[field].text()))
        self._grid.setRowMinimumHeight(self._rows[field] + 3, _GAP if shown else 0)

    def set_wrong(self, field: QWidget, sentence: str) -> None:
        """Say what is wrong with ``field``, or nothing when it is right."""
        wrong = self._wrongs[field]
        wrong.setText(sentence)
        wrong.setVisible(bool(sentence))
        field.setProperty("wrong", bool(sentence))
        field.setAccessibleDescription(sentence)
        field.style().unpolish(field)
        field.style().polish(field)
        if sentence and isinstance(field, (QLineEdit, QPlainTextEdit)):
            field.setFocus()


def _side(field: QWidget) -> Qt.AlignmentFlag:
    """Return where the title of ``field`` stands beside it: at its first line."""
    is_text = isinstance(field, QLabel) and field.wordWrap()
    is_stack = isinstance(field.layout(), (QVBoxLayout, QGridLayout))
    tall = is_text or is_stack or isinstance(field, QAbstractScrollArea)
    return Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter


def _shown(name: str, value: str | QWidget) -> QWidget:
    """Return what shows a value: whatever it is, whole."""
    if isinstance(value, QWidget):
        value.setAccessibleName(name)
        return value
    shown = Value()
    shown.fill(name, value, whole=True)
    return shown


class Facts(QWidget):
    """Names and values to read: what a detail tab mostly is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 12, 0, 12)
        self._grid.setHorizontalSpacing(_BESIDE)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: tuple[tuple[str, str | QWidget], ...]) -> None:
        """Show ``facts`` in place of those before; a value is plain text or a widget."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        names = [Label(name, tone="muted") for name, _ in facts]
        for row, (name, value) in enumerate(facts):
            self._grid.addWidget(names[row], row, 0, top)
            self._grid.addWidget(_shown(name, value), row, 1, top)
        self._grid.setRowStretch(len(facts), 1)
        self._names = max((name.sizeHint().width() for name in names), default=0)

    def titles_room(self) -> int:
        """Return the room that the widest name wants."""
        return self._names

    def begin_at(self, room: int) -> None:
        """Begin every value behind so much room, as fields of a form below."""
        self._grid.setColumnMinimumWidth(0, room)
