"""What waits for the reader, a line each, the most pressing first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.services.overview.cards import Wait, Waits
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.telling import following, tell
from mlops_desktop.ui.widgets.chips import Mood
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.link import Link
from mlops_desktop.ui.widgets.picture import Picture

_ICONS: dict[Mood, str] = {"bad": "error", "warn": "warning", "info": "info", "good": "verify"}
_MOST = 8


class WaitsView(CardView[Waits]):
    """Lines with a link each; the sentence says what is to be done or known."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.lines: list[_Line] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addLayout(self._list)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_card(self, card: Waits) -> None:
        """Show what waits, the first of it where it is much."""
        is_more = len(card.waits) > _MOST
        self.head(card.title, card.lead, card.rest if is_more else None)
        self.say_empty(None if card.waits else card.empty)
        shown = card.waits[: self.fold(card, len(card.waits), _MOST)]
        while len(self.lines) < len(shown):
            line = _Line(self.context)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
        for line, wait in zip(self.lines, shown, strict=False):
            line.show_wait(wait)


class _Line(QWidget):
    """A picture of its mood, a link, and sentences below."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._picture = Picture("info", size=18)
        self.link = Link()
        self._about = Label(wrap=True)
        self._more = Label(tone="muted", wrap=True)
        text = QVBoxLayout()
        text.setSpacing(2)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.link)
        top.addStretch()
        text.addLayout(top)
        text.addWidget(self._about)
        text.addWidget(self._more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addLayout(text, 1)

    def show_wait(self, wait: Wait) -> None:
        """Show one thing that waits."""
        mood: Mood = wait.mood or "info"
        about = tell(self._context, wait.about)
        self._picture.show_icon(_ICONS.get(mood, "info"), mood if mood != "idle" else "muted")
        self.link.lead(about, tell(self._context, wait.what), following(self._context, wait.way))
        self._about.setText(about)
        more = "\n".join(tell(self._context, sentence) for sentence in wait.more)
        self.link.setAccessibleDescription(more)
        self._more.setText(more)
        self._more.setVisible(bool(more))
