"""A month beside the list: how much is due on each day, walked by arrows and page keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QCalendarWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
)

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.icons import icon
from mlops_desktop.ui.widgets.chips import Mood, draw_shape

_BUTTONS = {
    "qt_calendar_prevmonth": "earlier",
    "qt_calendar_nextmonth": "later",
    "qt_calendar_monthbutton": "month",
    "qt_calendar_yearbutton": "year",
}
_MARK = 8.0
_ROUND = 6


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
        painter.drawText(_upper(option.rect), Qt.AlignmentFlag.AlignCenter, str(index.data()))
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
        self.setObjectName("month")
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setDateEditEnabled(False)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 36)
        self.setMinimumHeight(self.fontMetrics().height() * 17)
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate | date) -> None:
        """Draw a day: its number, and below it how much is due, with the shape of being late."""
        shown, colors = _day(day), current_colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(colors.surface))
        inside = rect.adjusted(2, 2, -2, -2)
        if shown == self.day():
            painter.setBrush(QColor(colors.accent_soft))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(inside, _ROUND, _ROUND)
        if _day(QDate.currentDate()) == shown:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colors.accent))
            painter.drawRoundedRect(inside, _ROUND, _ROUND)
        is_other = (shown.year, shown.month) != (self.yearShown(), self.monthShown())
        painter.setPen(QColor(colors.faint if is_other else colors.text))
        painter.drawText(_upper(rect), Qt.AlignmentFlag.AlignCenter, str(shown.day))
        if (mark := self._marks.get(shown)) is not None:
            self._draw_mark(painter, inside.adjusted(0, inside.height() // 2, 0, -2), mark)
        painter.restore()

    def _draw_mark(self, painter: QPainter, rect: QRect, mark: Mark) -> None:
        colors, said = current_colors(), self._context.language.number(mark.due)
        ink = QColor(colors.bad if mark.is_late else colors.accent)
        width = painter.fontMetrics().horizontalAdvance(said)
        left = rect.center().x() - (width + _MARK * 2) / 2
        mood: Mood = "bad" if mark.is_late else "info"
        draw_shape(painter, QPointF(left + _MARK / 2, rect.center().y() + 1), _MARK, mood, ink)
        painter.setPen(ink)
        place = QRect(int(left + _MARK * 2), rect.top(), width + 2, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)

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


def _upper(rect: QRect) -> QRect:
    """Return where a number stands, above what is due."""
    inside = rect.adjusted(2, 2, -2, -2)
    return inside.adjusted(0, 2, 0, -inside.height() // 2)


def _day(day: QDate | date) -> date:
    return date(day.year(), day.month(), day.day()) if isinstance(day, QDate) else day
