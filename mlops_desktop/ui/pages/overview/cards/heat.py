"""Counts over two cuts as a heat map, each leading to its rows."""

from mlops_desktop.services.overview import cards
from mlops_desktop.ui.charts.heat import Heat, HeatCell, HeatView
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.telling import follow, tell

_NOTHING = HeatCell(0)


class HeatCard(CardView[cards.Heat]):
    """A grid with names at its edges; a cell leads to its rows."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._ways: dict[tuple[int, int], cards.Way] = {}
        self.heat = HeatView(context)
        self.heat.opened.connect(self._follow)
        self.column.addWidget(self.heat)
        self.column.addStretch()

    def show_card(self, card: cards.Heat) -> None:
        """Show the counts."""
        self.head(card.title)
        self.say_empty(None if card.cells else card.empty)
        self.heat.setVisible(bool(card.cells))
        self._ways = {(cell.row, cell.column): cell.way for cell in card.cells}
        counts = {(cell.row, cell.column): HeatCell(cell.count) for cell in card.cells}
        columns = range(len(card.columns))
        self.heat.show_heat(
            Heat(
                tell(self.context, card.title),
                "",
                card.counted,
                tuple(tell(self.context, name) for name in card.rows),
                tuple(tell(self.context, name) for name in card.columns),
                tuple(
                    tuple(counts.get((row, column), _NOTHING) for column in columns)
                    for row in range(len(card.rows))
                ),
            )
        )

    def _follow(self, row: int, column: int) -> None:
        follow(self.context, self._ways[row, column])
