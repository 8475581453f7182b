"""What is due in the row a person stands on, in whole: the list has no room for long titles."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from mlops_desktop.services.notices.writing import called, kind_word
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.calendar.lines import DueLine, due_in_words
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections


class ChosenDue(QFrame):
    """Shows one row with every word of it; without one it is away."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context = context
        self._facts = Sections(context, "calendar.chosen")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 1, 10, 1)
        inside.addWidget(self._facts)
        self.hide()

    def show_line(self, line: DueLine | None) -> None:
        """Show ``line``."""
        self.setVisible(line is not None)
        if line is not None:
            self._facts.show_groups((self._told(line),))

    def _told(self, line: DueLine) -> Group:
        context, words = self._context, self._context.language.words
        left = due_in_words(context, line.due, line.today)
        told = (
            ("what", kind_word(words, line.notice)),
            ("number", line.notice.id),
            ("due", context.language.date(line.due)),
            ("left", left),
            ("persons", line.persons),
        )
        facts = (Fact(context.say(f"calendar.head.{name}"), value) for name, value in told if value)
        return Group(called(words, line.notice), tuple(facts))
