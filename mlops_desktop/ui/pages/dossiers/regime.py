"""What a regulator's view is about: a regime the workspace works by, and the days of a period."""

from datetime import date, timedelta

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.clock import today
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import Period
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.lines import DayLine


class RegimeFields:
    """The fields of a form that say which rules and when, shown only where they are asked for."""

    def __init__(self, context: Context, form: Form) -> None:
        say = context.say
        self._context, self._form = context, form
        first, last = _last_quarter(today())
        self.profile = form.add(say("dossiers.order.profile"), QComboBox())
        self.first = form.add(say("dossiers.order.first"), DayLine(context, first))
        self.last = form.add(
            say("dossiers.order.last"), DayLine(context, last), say("dossiers.order.last_help")
        )

    def offer(self, profiles: tuple[tuple[str, str], ...]) -> None:
        """Offer regimes by id and title."""
        for id, title in profiles:
            self.profile.addItem(title, id)

    def set_shown(self, is_shown: bool) -> None:
        """Show the fields, or none of them."""
        for field in self._fields():
            self._form.set_shown(field, is_shown)

    def id(self) -> str:
        """Return the regime chosen, or nothing where none is worked by."""
        return str(self.profile.currentData() or "")

    def period(self) -> Period | None:
        """Return the days; raises ``period.backwards``."""
        first, last = self.first.day(), self.last.day()
        return Period(first, last) if first is not None and last is not None else None

    def wrong(self) -> tuple[tuple[QWidget, bool, str], ...]:
        """Return what is missing or no day, field by field."""
        say = self._context.say
        first, last = self.first.day(), self.last.day()
        is_backwards = first is not None and last is not None and last < first
        return (
            (self.profile, not self.id(), say("dossiers.order.no_profile")),
            (self.first, first is None, say("dossiers.order.no_day")),
            (self.last, last is None, say("dossiers.order.no_day")),
            (self.last, is_backwards, say("dossiers.order.backwards")),
        )

    def field_of(self, error: AppError) -> QWidget | None:
        """Return the field that an error is about, if it is one of these."""
        if error.code.startswith("period."):
            return self.last
        return self.profile if error.code.startswith("profile.") else None

    def _fields(self) -> tuple[QWidget, ...]:
        return (self.profile, self.first, self.last)


def _last_quarter(day: date) -> tuple[date, date]:
    """Return the quarter that ended last."""
    begun = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = begun - timedelta(days=1)
    return date(last.year, (last.month - 1) // 3 * 3 + 1, 1), last
