"""The one control of time: now, or a day; while a day is shown nothing can be changed."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.core.clock import today
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label


def period_ends(day: date) -> tuple[date, date, date]:
    """Return the last day of the month, the quarter and the year before ``day``."""
    month = day.replace(day=1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    one = timedelta(days=1)
    return month - one, quarter - one, month.replace(month=1) - one


class AsOfButton(Button):
    """Says which day is shown and opens the choice."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(icon="calendar", clicked=self.open_choice, parent=parent)
        self.setObjectName("asOf")
        self._context = context
        context.as_of_changed.connect(self.retranslate)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the day again."""
        day = self._context.day
        self.setText(tr("Now") if day is None else self._context.language.date(day))
        self.setAccessibleName(tr("Date shown: {day}", day=self.text()))
        self.setToolTip(tr("Show the register as it was on a past day"))

    def open_choice(self) -> None:
        """Open the days to choose from below the button."""
        choice = _Choice(self._context, self)
        choice.adjustSize()
        right = self.mapToGlobal(QPoint(self.width(), self.height() + 4))
        choice.move(right.x() - choice.width(), right.y())
        choice.show()
        choice.setFocus()


class _Choice(QFrame):
    """The days people ask for, and any other."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(4)
        column.addWidget(Label(tr("Show the register as of"), tone="muted", size="small"))
        column.addWidget(self._way(tr("Now"), None))
        month, quarter, year = period_ends(today())
        for name, day in (
            (tr("Yesterday"), today() - timedelta(days=1)),
            (tr("End of last month"), month),
            (tr("End of last quarter"), quarter),
            (tr("End of last year"), year),
        ):
            said = tr("{name}: {day}", name=name, day=context.language.date(day))
            column.addWidget(self._way(said, day))
        column.addLayout(self._any_day())

    def _way(self, text: str, day: date | None) -> Button:
        return Button(text, lambda: self._choose(day), flat=True)

    def _any_day(self) -> QHBoxLayout:
        shown = self._context.day or today()
        self._day = QDateEdit(QDate(shown.year, shown.month, shown.day))
        self._day.setCalendarPopup(True)
        self._day.setLocale(self._context.language.locale)
        self._day.setDisplayFormat(self._context.language.day_pattern)
        self._day.setMaximumDate(QDate(today().year, today().month, today().day))
        self._day.setAccessibleName(tr("Day"))
        row = QHBoxLayout()
        row.addWidget(self._day, 1)
        row.addWidget(Button(tr("Show"), self._choose_day, default=True))
        return row

    def _choose_day(self) -> None:
        day = self._day.date()
        self._choose(date(day.year(), day.month(), day.day()))

    def _choose(self, day: date | None) -> None:
        self.close()
        self._context.show_as_of(day)


class AsOfBand(QFrame):
    """Stands above the page while a past day is shown, and leads back to now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self._context = context
        self._said = Label(tone="warn", wrap=True)
        self._back = Button(clicked=self._to_now)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.addWidget(self._said, 1)
        row.addWidget(self._back)
        context.as_of_changed.connect(self.retranslate)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the day again, or vanish."""
        day = self._context.day
        self.setVisible(day is not None)
        self._back.setText(tr("Back to now"))
        shown = self._context.language.date(day)
        self._said.setText(
            tr("You see {day} as it was known that day. Nothing can be changed here.", day=shown)
        )

    def _to_now(self) -> None:
        self._context.show_as_of(None)
