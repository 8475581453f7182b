"""The choice of the day that is shown: the days people ask for, and any other with its two dates.

What was true of a day and what was known of it differ: an auditor asks for both as they were that
day, a risk manager for the end of the year as it is known by now, or as it was by a cut-off.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.core.asof import AsOf, on
from mlops_desktop.core.clock import today
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.day_edit import DayEdit
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from mlops_desktop.services.days import Days

_THEN, _TODAY, _ON = "then", "now", "on"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def period_ends(day: date) -> tuple[date, date, date]:
    """Return the last day of the month, the quarter and the year before ``day``."""
    month = day.replace(day=1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    one = timedelta(days=1)
    return month - one, quarter - one, month.replace(month=1) - one


def day_edit(context: Context, day: date) -> DayEdit:
    """Return a field for a day with a calendar, written as the locale does."""
    field = DayEdit(QDate(day.year, day.month, day.day))
    field.setCalendarPopup(True)
    field.setLocale(context.language.locale)
    field.setDisplayFormat(context.language.day_pattern)
    return field


def no_day(typed: str) -> AppError | None:
    """Return what to say of what was typed and is no day; None of nothing."""
    return AppError("as_of.no_day", typed=typed) if typed else None


def day_of(field: DayEdit) -> date:
    """Return the day that stands in a field."""
    field.settle()
    day = field.date()
    return date(day.year(), day.month(), day.day())


class DayChoice(QFrame):
    """Opens below the header's button; what cannot be shown is refused beside its field."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._known_days: Days | None = None
        self._first = self._way(tr("Now"), None)
        self._dossier = Button("", self._show_dossier, flat=True)
        self._dossier.hide()
        self._lay_out()
        self._set_known()
        self._ask()

    def begin(self) -> None:
        """Take the keyboard: Tab goes on, Enter chooses, Escape leaves."""
        self._first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the keyboard, and show the day from its fields."""
        held = self.focusWidget()
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif isinstance(held, QAbstractButton):
            held.click()
        else:
            self._show_day()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(4)
        column.addWidget(Label(tr("Show the register as of"), tone="muted", size="small"))
        column.addWidget(self._first)
        month, quarter, year = period_ends(today())
        for name, day in (
            (tr("Yesterday"), today() - timedelta(days=1)),
            (tr("End of last month"), month),
            (tr("End of last quarter"), quarter),
            (tr("End of last year"), year),
        ):
            column.addWidget(self._way(self._named(name, day), day))
        column.addWidget(self._dossier)
        column.addWidget(self._any_day())
        row = QHBoxLayout()
        if self._context.actions.can("as_of.compare"):
            name = self._context.say("as_of.action.compare")
            row.addWidget(Button(name, self._compare, flat=True))
        row.addStretch()
        row.addWidget(Button(tr("Show"), self._show_day, default=True))
        column.addLayout(row)

    def _named(self, name: str, day: date) -> str:
        return tr("{name}: {day}", name=name, day=self._context.language.date(day))

    def _way(self, text: str, day: date | None) -> Button:
        return Button(text, lambda: self._choose(day), flat=True)

    def _any_day(self) -> Form:
        say, as_of = self._context.say, self._context.as_of
        self._form = Form()
        self._day = self._form.add(
            say("as_of.day"), day_edit(self._context, self._context.day or today())
        )
        self._known = self._form.add(say("as_of.known"), QComboBox())
        for kind in (_THEN, _TODAY, _ON):
            self._known.addItem(say(f"as_of.known_{kind}"), kind)
        self._on = self._form.add(
            say("as_of.known_day"), day_edit(self._context, as_of.known or today())
        )
        shown = _TODAY if as_of.known is None and as_of.at is not None else _THEN
        both = as_of.known is not None and as_of.at not in (None, as_of.known)
        self._known.setCurrentIndex(self._known.findData(_ON if both else shown))
        self._known.currentIndexChanged.connect(self._set_known)
        for field in (self._day, self._on):
            field.refused.connect(lambda typed, field=field: self._say_wrong(no_day(typed), field))
        return self._form

    def _set_known(self) -> None:
        self._form.set_shown(self._on, self._known.currentData() == _ON)
        self._refuse(None)
        self.adjustSize()

    def _ask(self) -> None:
        find, context = self._context.find_days, self._context
        if find is not None and context.is_open:
            name = context.say("as_of.day")
            context.jobs.submit_read(name, find, self._keep, context.show_error, key="days")

    def _keep(self, days: "Days") -> None:
        self._known_days = days
        if days.dossier is not None:
            self._dossier.setText(self._named(self._context.say("as_of.dossier"), days.dossier))
            self._dossier.show()
            self.adjustSize()

    def _show_dossier(self) -> None:
        if self._known_days is not None:
            self._choose(self._known_days.dossier)

    def _asked(self) -> AsOf:
        day, known = day_of(self._day), self._known.currentData()
        if known == _TODAY:
            return AsOf(None, day)
        return on(day) if known == _THEN else AsOf(day_of(self._on), day)

    def _show_day(self) -> None:
        if all(field.settle() for field in (self._day, self._on) if not field.isHidden()):
            self._choose(self._asked())

    def _choose(self, day: date | AsOf | None) -> None:
        as_of = on(day) if isinstance(day, date) else day
        error = self._wrong(as_of) if as_of is not None else None
        self._refuse(error)
        if error is None:
            self.close()
            self._context.show_as_of(as_of)
        elif as_of is not None and as_of.at is not None:
            self._day.setDate(QDate(as_of.at.year, as_of.at.month, as_of.at.day))

    def _wrong(self, as_of: AsOf) -> AppError | None:
        from mlops_desktop.services.days import Days, check_days

        days = self._known_days or Days(date.min, date.min)
        try:
            check_days(as_of, days)
        except AppError as error:
            return error
        return None

    def _refuse(self, error: AppError | None) -> None:
        """Say beside the field why its day cannot be shown."""
        is_known = error is not None and error.where == "known"
        on_known = is_known and self._known.currentData() == _ON
        self._say_wrong(error, self._on if on_known else self._day)

    def _say_wrong(self, error: AppError | None, beside: DayEdit) -> None:
        for field in (self._day, self._on):
            said = " ".join(self._context.explain(error)) if error and field is beside else ""
            self._form.set_wrong(field, said)
        self.adjustSize()

    def _compare(self) -> None:
        self.close()
        self._context.actions.run("as_of.compare")
