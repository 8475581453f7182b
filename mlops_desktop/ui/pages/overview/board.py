"""The cards of a role, two beside each other where they have room; filled one at a time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mlops_desktop.services.overview import cards as kinds
from mlops_desktop.services.overview.cards import Card
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.cards.beside import BesideView
from mlops_desktop.ui.pages.overview.cards.figures import FiguresView
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.cards.heat import HeatCard
from mlops_desktop.ui.pages.overview.cards.table import TableView
from mlops_desktop.ui.pages.overview.cards.trend import TrendView
from mlops_desktop.ui.pages.overview.cards.waits import WaitsView
from mlops_desktop.ui.turns import turns
from mlops_desktop.ui.widgets.label import Label

_VIEWS: dict[type, type[CardView]] = {  # type: ignore[type-arg] # each shows its own kind
    kinds.Figures: FiguresView,
    kinds.Waits: WaitsView,
    kinds.Heat: HeatCard,
    kinds.Table: TableView,
    kinds.Beside: BesideView,
    kinds.Trend: TrendView,
}
_COLUMNS, _HEADS = 2, 3


class Board(QWidget):
    """Shows cards; those of a kind at the same place are filled anew, not made anew."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.shown: tuple[Card, ...] | None = None
        self.views: list[CardView] = []  # type: ignore[type-arg] # of every kind
        self._left: list[Card] = []
        self._spans: list[bool] = []
        self._loading = Label(tone="muted")
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.addWidget(self._loading)
        column_of_all.addLayout(self._grid)
        column_of_all.addStretch()

    def forget(self) -> None:
        """Show nothing but that it is being read: another role's cards are no answer."""
        turns().leave(self)
        self.shown, self._left = None, []
        self._drop_from(0)
        self._loading.setText(self._context.say("portfolio.reading"))
        self._loading.show()

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Show ``cards`` in place of those before, a card a turn, so that the window goes on."""
        self._loading.hide()
        self.shown = cards
        self._spans = _spans(cards)
        same = 0
        for view, card, is_wide in zip(self.views, cards, self._spans, strict=False):
            if type(view) is not _VIEWS[type(card)] or view.is_wide != is_wide:
                break
            same += 1
        self._drop_from(same)
        self._left = list(cards)
        turns().leave(self)
        turns().enter(self, self._fill_one)

    def stop_waiting(self) -> None:
        """Say no longer that something is being read: it failed, and another place says why."""
        self._loading.hide()

    def first_focus(self) -> QWidget | None:
        """Return the first thing in the cards that takes the keyboard."""
        every = (child for view in self.views for child in view.findChildren(QWidget))
        takes = Qt.FocusPolicy.TabFocus.value
        return next(
            (one for one in every if one.focusPolicy().value & takes and one.isVisible()), None
        )

    def is_whole(self) -> bool:
        """Whether every card is filled."""
        return self.shown is not None and not self._left

    def _drop_from(self, at: int) -> None:
        for view in self.views[at:]:
            self._grid.removeWidget(view)
            view.hide()
            view.deleteLater()
        del self.views[at:]

    def _fill_one(self) -> None:
        if not self._left:
            self._measure()
            return
        at = len(self.shown or ()) - len(self._left)
        card = self._left.pop(0)
        if at == len(self.views):
            self._add(_VIEWS[type(card)](self._context), is_wide=self._spans[at])
        self.views[at].show_card(card)
        # Shown in a later turn, its lines are measured before they stand, and some stay squeezed.
        self.views[at].show()
        turns().enter(self, self._fill_one)

    def _measure(self) -> None:
        """Let every text ask for its height once all stand: one asked too early stays squeezed."""
        for label in self.findChildren(Label):
            if label.wordWrap():
                label.updateGeometry()

    def _add(self, view: CardView, *, is_wide: bool) -> None:  # type: ignore[type-arg] # of any kind
        view.is_wide = is_wide
        row, column = self._place(is_wide=is_wide)
        self._grid.addWidget(view, row, column, 1, _COLUMNS if is_wide else 1)
        self.views.append(view)

    def _place(self, *, is_wide: bool) -> tuple[int, int]:
        row, column = 0, 0
        for view in self.views:
            if view.is_wide:
                row, column = row + (1 if column == 0 else 2), 0
            else:
                row, column = (row, 1) if column == 0 else (row + 1, 0)
        return (row + 1, 0) if is_wide and column else (row, column)


def _spans(cards: tuple[Card, ...]) -> list[bool]:
    """Return which cards take the whole width: of the others two stand beside each other."""
    wide: list[bool] = []
    for at, card in enumerate(cards):
        has_left = bool(wide) and not wide[-1] and _is_left(wide)
        has_right = at + 1 < len(cards) and _is_half(cards[at + 1])
        wide.append(not _is_half(card) or not (has_left or has_right))
    return wide


def _is_left(wide: list[bool]) -> bool:
    """Return whether the last card stands at the left and has its right side free."""
    halves = 0
    for one in reversed(wide):
        if one:
            break
        halves += 1
    return halves % 2 == 1


def _is_half(card: Card) -> bool:
    if isinstance(card, kinds.Table):
        return card.is_half
    if isinstance(card, kinds.Beside):
        return len(card.heads) <= _HEADS
    return isinstance(card, kinds.Heat | kinds.Trend)
