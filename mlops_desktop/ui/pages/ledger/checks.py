"""Numbered checks below each other: a shape, a title, what was looked at and what was found."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.chips import Status, draw_shape
from mlops_desktop.ui.widgets.label import Label, Tone

_LONG, _PIECE = re.compile(r"\S{24,}"), re.compile(r".{8}")


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check: its number (0 for none) and title, how it ended, and sentences about it.

    Its word is written beside the title unless the sentences say the same.
    """

    number: int
    title: str
    status: Status
    sentences: tuple[str, ...]
    shows_word: bool = True


class CheckArea(QScrollArea):
    """A column that scrolls by keyboard; widgets of one's own can stand above and below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ground = _Ground(self)
        self.column = QVBoxLayout(self._ground)
        self.column.setContentsMargins(8, 10, 8, 14)
        self.column.setSpacing(8)
        self.setWidget(self._ground)
        self._shown: dict[int, tuple[CheckLine, ...]] = {}

    def show_lines(self, lines: tuple[CheckLine, ...], at: int) -> None:
        """Show ``lines`` as the part ``at`` of the column, in place of those before."""
        self._shown[at] = lines
        item = self.column.itemAt(at)
        before = item.widget() if item is not None else None
        if isinstance(before, _Lines):
            self.column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.column.insertWidget(at, _Lines(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy every check as tab-separated text; the rest scrolls."""
        if event.matches(QKeySequence.StandardKey.Copy):
            shown = (line for at in sorted(self._shown) for line in self._shown[at])
            rows = (
                (str(one.number or ""), one.title, one.status.word, *one.sentences) for one in shown
            )
            QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._ground.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard left."""
        super().focusOutEvent(event)
        self._ground.update()


class _Ground(QWidget):
    """What the column stands on; a line at its side where the keyboard is."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__()
        self._area = area

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        if self._area.hasFocus():
            painter = QPainter(self)
            painter.fillRect(0, 0, 2, self.height(), QColor(current_colors().accent))


class _Lines(QWidget):
    """Checks below each other."""

    def __init__(self, lines: tuple[CheckLine, ...]) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 4, 0, 4)
        rows.setSpacing(12)
        for line in lines:
            rows.addWidget(_Row(line))


class _Shape(QWidget):
    """The shape of a mood beside a line of text."""

    def __init__(self, status: Status) -> None:
        super().__init__()
        self._status = status
        self.measure()

    def measure(self) -> None:
        """Be as large as a line is high."""
        side = self.fontMetrics().height()
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the palette in force."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(getattr(current_colors(), self._status.mood))
        middle = self.width() / 2
        draw_shape(painter, QPointF(middle, middle), self.width() * 0.6, self._status.mood, ink)


class _Row(QWidget):
    """One check."""

    def __init__(self, line: CheckLine) -> None:
        super().__init__()
        numbered = tr("{number}. {title}", number=line.number, title=line.title)
        said = numbered if line.number else line.title
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(_Shape(line.status), 0, 0, top)
        grid.addWidget(Label(said, strong=True, wrap=True), 0, 1)
        tone: Tone = "bad" if line.status.mood == "bad" else "muted"
        if line.shows_word:
            grid.addWidget(Label(line.status.word, tone=tone), 0, 2, top)
        for at, sentence in enumerate(line.sentences, 1):
            is_quiet = at == 1 or line.status.mood != "bad"
            shown = breakable(sentence)
            ink: Tone = "muted" if is_quiet else ""
            found = Label(shown, tone=ink, wrap=True, selectable=shown == sentence)
            grid.addWidget(found, at, 1, 1, 2)
        self.setAccessibleName(said)
        self.setAccessibleDescription(" ".join((line.status.word, *line.sentences)))


def breakable(sentence: str) -> str:
    """Let a digest or an id break inside, so that it does not widen the whole column."""
    return _LONG.sub(lambda word: _PIECE.sub("\\g<0>\u200b", word[0]), sentence)
