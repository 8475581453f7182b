"""What every card of a role looks like: a title, a sentence, and its body."""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from mlops_desktop.services.overview.cards import Card, Said, Way
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.telling import follow, tell
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.label import Label

C = TypeVar("C", bound=Card)


class CardView(QFrame, Generic[C]):
    """A card in the window; ``show_card`` may be called again and again."""

    is_wide = False
    """Whether it takes the whole width of the page."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("card")
        self.context = context
        self._way: Way | None = None
        self._title = Label(strong=True, wrap=True)
        self._lead = Label(tone="muted", wrap=True)
        self._empty = Label(tone="muted", wrap=True)
        self._rest = Button("", self._go, flat=True)
        self.more = Button("", self._unfold, flat=True, parent=self)
        """Shows what there is no room for at first; a body that may be folded puts it below."""
        self.more.hide()
        self._folded: C | None = None
        self._is_whole = False
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.setSpacing(8)
        self.column.addLayout(top)
        self.column.addWidget(self._lead)
        self.column.addWidget(self._empty)

    def show_card(self, card: C) -> None:
        """Show ``card`` in place of the one before."""
        raise NotImplementedError

    def head(self, title: Said, lead: Said | None = None, way: Way | None = None) -> None:
        """Say title and lead; ``way`` leads to the whole of what is shown in part."""
        told, self._way = tell(self.context, title), way
        self._title.setText(told)
        self.setAccessibleName(told)
        self._lead.setText(tell(self.context, lead))
        self._lead.setVisible(lead is not None)
        self._rest.setText(self.context.say("overview.show_all"))
        name = self.context.say("overview.show_all_of", title=told)
        self._rest.setAccessibleName(name)
        self._rest.setToolTip(name)
        self._rest.setVisible(way is not None)

    def say_empty(self, sentence: Said | None) -> None:
        """Say that nothing is here; with None the body speaks."""
        self._empty.setText(tell(self.context, sentence))
        self._empty.setVisible(sentence is not None)

    def fold(self, card: C, number: int, most: int) -> int:
        """Return how many of ``number`` lines to show: ``most`` of them, or all where asked for.

        One line more than ``most`` is shown as well: it takes no more room than the button.
        """
        before, self._folded = self._folded, card
        self._is_whole = self._is_whole and before is not None and before.title == card.title
        is_long = number > most + 1
        say = self.context.say
        key = "overview.lines_fewer" if self._is_whole else "overview.lines_all"
        self.more.setText(say(key, n=number))
        told = tell(self.context, card.title)
        self.more.setAccessibleName(say("overview.lines_of", what=self.more.text(), title=told))
        self.more.setVisible(is_long)
        return most if is_long and not self._is_whole else number

    def _unfold(self) -> None:
        if self._folded is not None:
            self._is_whole = not self._is_whole
            self.show_card(self._folded)

    def _go(self) -> None:
        if self._way is not None:
            follow(self.context, self._way)
