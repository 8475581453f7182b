"""The time that a chart shows: the last days, or from one day to another."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.choice import offer
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.lines import DayLine

_DAYS = {"month": 30, "quarter": 91, "year": 365}
_ALL, _OWN = "all", "own"
CHOICES = (*_DAYS, _ALL, _OWN)


class SpanBox(QWidget):
    """Keeps what was chosen for as long as its page lives; the days are counted back from now.

    While a past day is shown they are counted back from that day.
    """

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._label = Label(tone="muted")
        self.choice = QComboBox()
        self.since, self.until = DayLine(context), DayLine(context)
        self._label.setBuddy(self.choice)
        row = Flow(self)
        for part in (self._label, self.choice, self.since, self.until):
            row.addWidget(part)
        self.retranslate()
        self.choice.setCurrentIndex(CHOICES.index(_ALL))
        self.choice.currentIndexChanged.connect(self._on_choice)
        for line in (self.since, self.until):
            line.hide()
            line.editingFinished.connect(self._on_days)
        context.speaking.enlist(self, self.retranslate)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and the last day; None leaves that end open."""
        chosen = self.choice.currentData()
        if chosen == _OWN:
            return self.since.day(), self.until.day()
        return (today - timedelta(days=_DAYS[chosen]), None) if chosen in _DAYS else (None, None)

    def retranslate(self) -> None:
        """Say every word again."""
        say = self._context.say
        self._label.setText(say("monitoring.span.title"))
        self.choice.setAccessibleName(say("monitoring.span.title"))
        self.since.setAccessibleName(say("monitoring.span.since"))
        self.until.setAccessibleName(say("monitoring.span.until"))
        for line in (self.since, self.until):
            line.say_example()
        offer(self.choice, ((say(f"monitoring.span.{code}"), code) for code in CHOICES))

    def _on_choice(self) -> None:
        is_own = self.choice.currentData() == _OWN
        self.since.setVisible(is_own)
        self.until.setVisible(is_own)
        if is_own:
            self.since.setFocus()
        self.changed.emit()

    def _on_days(self) -> None:
        """Show the days typed; what is no day is marked and shows what was there before."""
        lines = (self.since, self.until)
        for line in lines:
            line.setProperty("wrong", not line.is_right())
            line.style().unpolish(line)
            line.style().polish(line)
        if all(line.is_right() for line in lines):
            self.changed.emit()
