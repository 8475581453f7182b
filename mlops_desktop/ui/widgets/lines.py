"""Lines that know what they hold: a day, a person, a text of several lines."""

from collections.abc import Iterable
from datetime import date, datetime
from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from mlops_desktop.core.clock import today
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.turns import turns
from mlops_desktop.ui.widgets.offers import dress_offers
from mlops_desktop.ui.widgets.room import area_of

_MOST_LINES, _AROUND = 14, 22
_PATTERNS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


def parse_day(text: str) -> date | None:
    """Return the day of 2026-12-31, 31.12.2026 or 31/12/2026; None for anything else."""
    for pattern in _PATTERNS:
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - a day alone
        except ValueError:
            continue
    return None


class DayLine(QLineEdit):
    """A day, typed as the locale writes it or as ISO 8601; may stay empty.

    ``is_ahead`` is a day that may lie in the future, as the last one of something does.
    """

    def __init__(
        self, context: Context, day: date | None = None, *, is_ahead: bool = False
    ) -> None:
        super().__init__()
        self.is_ahead = is_ahead
        self._language = context.language
        example = today().replace(month=12, day=31)
        self.setPlaceholderText(
            tr(
                "e.g. {day} or {iso}",
                day=context.language.date(example),
                iso=example.isoformat(),
            )
        )
        self.set_day(day)
        self.editingFinished.connect(self._write_well)

    def say_example(self) -> None:
        """Say how a day is written, shortly, and write the day typed in the language in force."""
        self.setPlaceholderText(self._language.date(today().replace(month=12, day=31)))
        if (day := self.day()) is not None:
            self.set_day(day)

    def set_day(self, day: date | None) -> None:
        """Show ``day``, or nothing."""
        self.setText(self._language.date(day))

    def day(self) -> date | None:
        """Return the day typed, None where there is none or it is no day."""
        return parse_day(self.text())

    def is_right(self) -> bool:
        """Whether the line is empty or holds a day."""
        return not self.text().strip() or self.day() is not None

    def iso(self) -> str:
        """Return the day as ISO 8601, or what was typed where it is no day."""
        day = self.day()
        return day.isoformat() if day is not None else self.text().strip()

    def _write_well(self) -> None:
        if (day := self.day()) is not None:
            self.set_day(day)


class NameLine(QLineEdit):
    """A name, completed from those that are known, from any part of it."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        super().__init__()
        self._names = QStringListModel(sorted(names), self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        dress_offers(completer, self)
        self.setCompleter(completer)

    def set_names(self, names: Iterable[str]) -> None:
        """Complete from ``names``."""
        self._names.setStringList(sorted(names))


class _LastName(QCompleter):
    """Completes the name after the last comma."""

    def splitPath(self, path: str) -> list[str]:
        """Return what is completed of a text."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return the whole text with a name completed."""
        line, name = self.widget(), super().pathFromIndex(index)
        before = line.text().rpartition(",")[0].strip() if isinstance(line, QLineEdit) else ""
        return f"{before}, {name}" if before else name


class NamesLine(NameLine):
    """Several names with commas between them, each completed from those that are known."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        super().__init__(names)
        completer = _LastName(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        dress_offers(completer, self)
        self.setCompleter(completer)


class TextBox(QPlainTextEdit):
    """A text of a few lines, as high as what is typed, up to a height; Tab leaves it."""

    def __init__(self, text: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self._fit()
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.cursorPositionChanged.connect(self._follow)

    def changeEvent(self, event: QEvent) -> None:
        """Be as high as its lines are in another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line that is typed in sight where the form is scrolled for it."""
        super().resizeEvent(event)
        self._fit()  # another width breaks other lines, of which Qt does not tell
        if self.hasFocus():
            turns().enter(self, self._follow, is_light=True)

    def _fit(self, *_: object) -> None:
        lines = int(self.document().size().height())  # Qt counts the lines of a plain text
        shown = min(max(lines, self._lines), max(_MOST_LINES, self._lines))
        line = ceil(QFontMetricsF(self.font()).lineSpacing())  # as Qt lays them out
        self.setFixedHeight(line * shown + _AROUND)

    def _follow(self) -> None:
        area = area_of(self)
        inside = area.widget() if area is not None and self.hasFocus() else None
        if area is not None and inside is not None:
            line = self.cursorRect()
            at = self.viewport().mapTo(inside, line.center())
            area.ensureVisible(at.x(), at.y(), 0, line.height())

    def text(self) -> str:
        """Return what was typed, without blanks around it."""
        return self.toPlainText().strip()


def show_start(line: QLineEdit, text: str) -> None:
    """Write ``text`` into a line so that its beginning is seen where it is too long."""
    line.setText(text)
    line.setCursorPosition(0)
