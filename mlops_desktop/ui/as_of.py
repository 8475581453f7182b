"""The one control of time: now, or a day; while a day is shown nothing can be changed."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mlops_desktop.core.asof import AsOf
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.day_choice import DayChoice, period_ends
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.label import Label

__all__ = ["AsOfBand", "AsOfButton", "period_ends", "say_days"]


def say_days(context: Context, as_of: AsOf) -> str:
    """Return the day shown, and where it is another one that of which it is known."""
    say, date = context.say, context.language.date
    if as_of.is_now:
        return tr("Now")
    if as_of.known == as_of.at or as_of.at is None:
        return date(as_of.day)
    if as_of.known is None:
        return say("as_of.short_at", day=date(as_of.at))
    return say("as_of.short_both", day=date(as_of.at), known=date(as_of.known))


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
        self.setText(say_days(self._context, self._context.as_of))
        self.setAccessibleName(tr("Date shown: {day}", day=self.text()))
        self.setToolTip(tr("Show the register as it was on a past day"))

    def open_choice(self) -> None:
        """Open the days to choose from below the button."""
        choice = DayChoice(self._context, self)
        choice.adjustSize()
        right = self.mapToGlobal(QPoint(self.width(), self.height() + 4))
        choice.move(right.x() - choice.width(), right.y())
        choice.show()
        choice.begin()


class AsOfBand(QFrame):
    """Stands above the page while a past day is shown; leads to another day and back to now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("band")
        self._context, self._note = context, ""
        self._said = Label(tone="warn", wrap=True)
        self._compare = ActionButton(context.actions.action("as_of.compare"))
        self._back = ActionButton(context.actions.action("as_of.now"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.addWidget(self._said, 1)
        row.addWidget(self._compare)
        row.addWidget(self._back)
        context.as_of_changed.connect(self.retranslate)
        context.language_changed.connect(self.retranslate)
        self.retranslate()

    def set_note(self, note: str) -> None:
        """Say too, by a key of Words, what the page shows of now all the same."""
        self._note = note
        self.retranslate()

    def retranslate(self) -> None:
        """Say the day again, or vanish."""
        self.setVisible(self._context.day is not None)
        note = self._context.say(self._note) if self._note else ""
        self._said.setText(" ".join(filter(None, (self._sentence(), note))))

    def _sentence(self) -> str:
        as_of, say, date = self._context.as_of, self._context.say, self._context.language.date
        day = date(self._context.day)
        if as_of.at is None or as_of.at == as_of.known:
            return tr(
                "You see {day} as it was known that day. Nothing can be changed here.", day=day
            )
        if as_of.known is None:
            return say("as_of.band.at", day=day)
        return say("as_of.band.both", day=day, known=date(as_of.known))
