"""Numbers side by side, each leading to its rows."""

from functools import partial

from mlops_desktop.services.overview.cards import Figure, Figures
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.card import FigureCard
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.telling import follow, tell
from mlops_desktop.ui.widgets.tiles import Tiles

_IN_A_ROW, _GAP = 5, 10


class FiguresView(CardView[Figures]):
    """A grid of figures, filled again rather than made again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: tuple[Figure, ...] = ()
        self.figures: list[FigureCard] = []
        self._tiles = Tiles(_IN_A_ROW, _GAP)
        self.column.addLayout(self._tiles)

    def show_card(self, card: Figures) -> None:
        """Show the figures."""
        self.head(card.title, card.lead)
        self.say_empty(None)
        self._shown = card.figures
        while len(self.figures) < len(card.figures):
            self._add(len(self.figures))
        for at, tile in enumerate(self.figures):
            tile.setVisible(at < len(card.figures))
        for tile, figure in zip(self.figures, card.figures, strict=False):
            tile.setEnabled(figure.way is not None)
            tile.show_figure(
                self.context.say(figure.name),
                tell(self.context, figure.value),
                tell(self.context, figure.definition),
                is_bad=figure.mood == "bad",
            )

    def _add(self, at: int) -> None:
        tile = FigureCard()
        tile.wanted.connect(partial(self._follow, at))
        self._tiles.addWidget(tile)
        self.figures.append(tile)

    def _follow(self, at: int) -> None:
        way = self._shown[at].way
        if way is not None:
            follow(self.context, way)
