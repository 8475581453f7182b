"""The right side of the page: the month, the way back to today, a day in words, and a row."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from mlops_desktop.core import clock
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.calendar.chosen import ChosenDue
from mlops_desktop.ui.pages.calendar.month import Mark, MonthView
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import Room


class MonthPane(Room):
    """Shows a month and says of the day a person stands on how much is due.

    Where it has no room it is scrolled by itself, not the page with the list in it.
    """

    def __init__(self, context: Context) -> None:
        inside = QWidget()
        super().__init__(inside)
        self._context = context
        self._marks: Mapping[date, Mark] = {}
        self.view = MonthView(context)
        self._said = Label(tone="muted", wrap=True)
        self.today = Button("", self._go_today, icon="calendar")
        self.chosen = ChosenDue(context)
        below = QHBoxLayout()
        below.addWidget(self._said, 1)
        below.addWidget(self.today)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        card = QFrame()
        card.setObjectName("card")
        framed = QVBoxLayout(card)
        framed.setContentsMargins(1, 1, 1, 1)
        framed.addWidget(self.view)
        column.addWidget(card)
        column.addLayout(below)
        column.addWidget(self.chosen)
        column.addStretch()
        self.view.selectionChanged.connect(self._say_day)
        self.view.selectionChanged.connect(self._follow)
        context.speaking.enlist(self, self.retranslate)
        self.retranslate()

    def show_marks(self, marks: Mapping[date, Mark]) -> None:
        """Say on each day how much is due on it."""
        self._marks = marks
        self.view.show_marks(marks)
        self._say_day()

    def minimumSizeHint(self) -> QSize:
        """Be as wide as the month, and its bar where it has one."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.whole().width() + bar, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for all of the month."""
        return self.whole()

    def retranslate(self) -> None:
        """Say every word again."""
        self.view.retranslate()
        self.today.setText(self._context.say("calendar.month.today"))
        self._say_day()

    def _say_day(self) -> None:
        day = self.view.day()
        mark = self._marks.get(day)
        told = self._context.language.date(day)
        number = self._context.language.number(mark.due if mark else 0)
        key = "late" if mark is not None and mark.is_late else "due"
        self._said.setText(self._context.say(f"calendar.month.{key}", day=told, n=number))

    def _follow(self) -> None:
        """Keep the day a person walks to in sight."""
        sheet = self.view.findChild(QTableView)
        if isinstance(sheet, QTableView) and (inside := self.widget()) is not None:
            cell = sheet.visualRect(sheet.currentIndex())
            at = sheet.viewport().mapTo(inside, cell.center())
            self.ensureVisible(at.x(), at.y(), 0, cell.height())

    def _go_today(self) -> None:
        today = clock.today()
        self.view.setSelectedDate(QDate(today.year, today.month, today.day))
        self.view.showToday()
