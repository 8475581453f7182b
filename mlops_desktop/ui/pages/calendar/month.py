"""A month beside the list: how much is due on each day, walked by arrows and page keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QCalendarWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
)

from mlops_desktop.core.clock import today
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.icons import icon
from mlops_desktop.ui.pages.calendar.day_cell import DayCell, DayCells, upper

_CHARACTERS, _LINES = 32, 21
_BUTTONS = {
    "qt_calendar_prevmonth": "earlier",
    "qt_calendar_nextmonth": "later",
    "qt_calendar_monthbutton": "month",
    "qt_calendar_yearbutton": "year",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How much is due on a day, and whether that day is over."""

    due: int
    is_late: bool


class _Weeks(QStyledItemDelegate):
    """Writes the number of a week on the line of its days: Qt centres it between two."""

    def __init__(self, days: QAbstractItemDelegate, sheet: QTableView) -> None:
        super().__init__(sheet)
        self._days = days

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Leave days and their names to Qt."""
        if index.column() or not index.row():
            self._days.paint(painter, option, index)
            return
        painter.save()
        painter.setPen(QColor(current_colors().muted))
        painter.drawText(upper(option.rect), Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()


class MonthView(QCalendarWidget):
    """Shows one month; Enter or a click chooses a day for the list."""

    day_chosen = Signal(object)
    walked = Signal(object)
    """The first day of the month shown now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._marks: Mapping[date, Mark] = {}
        self._cells = DayCells()
        self._chosen = self.day()
        self.setObjectName("month")
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setDateEditEnabled(False)
        self._keep_cells()
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.selectionChanged.connect(self._keep_chosen)
        self.clicked.connect(lambda day: self.day_chosen.emit(_day(day)))
        self.activated.connect(lambda day: self.day_chosen.emit(_day(day)))
        self.currentPageChanged.connect(lambda year, month: self.walked.emit(date(year, month, 1)))
        context.theme_changed.connect(self._dress)
        self._dress()

    def first(self) -> date:
        """Return the first day of the month shown."""
        return date(self.yearShown(), self.monthShown(), 1)

    def shown(self) -> QDate:
        """Return the same as Qt writes it, to be said in the language of the window."""
        return QDate(self.yearShown(), self.monthShown(), 1)

    def day(self) -> date:
        """Return the day a person stands on."""
        return _day(self.selectedDate())

    def _keep_chosen(self) -> None:
        self._chosen = self.day()

    def show_marks(self, marks: Mapping[date, Mark]) -> None:
        """Say on each day how much is due on it."""
        self._marks = marks
        self.updateCells()

    def retranslate(self) -> None:
        """Say every word again."""
        say = self._context.say
        self.setLocale(self._context.language.locale)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setAccessibleName(say("calendar.month.name"))
        for button in self.findChildren(QToolButton):
            word = _BUTTONS.get(button.objectName())
            if word is not None:
                button.setAccessibleName(say(f"calendar.month.{word}"))
                button.setToolTip(say(f"calendar.month.{word}"))
        for table in self.findChildren(QTableView):
            table.setAccessibleName(say("calendar.month.name"))
            if not isinstance(table.itemDelegate(), _Weeks):
                table.setItemDelegate(_Weeks(table.itemDelegate(), table))

    def changeEvent(self, event: QEvent) -> None:
        """Give the days of another size of text the room they need."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._keep_cells()

    def _keep_cells(self) -> None:
        letters = self.fontMetrics()
        self.setMinimumSize(letters.averageCharWidth() * _CHARACTERS, letters.height() * _LINES)

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        """Draw a day: its number, and below it how much is due, with the shape of being late.

        It asks Qt for little: forty of these are a page, and what Qt hands out and Python drops
        lets a worker come between.
        """
        shown = _day(day)
        mark = self._marks.get(shown)
        cell = DayCell(
            shown.day,
            is_chosen=shown == self._chosen,
            is_today=shown == today(),
            is_other_month=(shown.year, shown.month) != (self.yearShown(), self.monthShown()),
            due=self._context.language.number(mark.due) if mark is not None else "",
            is_late=mark is not None and mark.is_late,
        )
        self._cells.draw(painter, rect, cell, self.devicePixelRatioF())

    def _dress(self) -> None:
        """Take the colours in force: Qt paints weekends red and the head in the highlight."""
        colors, plain, head = current_colors(), QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(colors.text))
        head.setForeground(QColor(colors.muted))
        head.setBackground(QColor(colors.surface))
        for day in Qt.DayOfWeek:
            self.setWeekdayTextFormat(day, plain)
        self.setHeaderTextFormat(head)
        for name, drawn in (("qt_calendar_prevmonth", "left"), ("qt_calendar_nextmonth", "right")):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(drawn))


def _day(day: QDate | date) -> date:
    return date(day.year(), day.month(), day.day()) if isinstance(day, QDate) else day
