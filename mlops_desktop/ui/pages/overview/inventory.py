"""All figures: the inventory in figures with their definitions, and cut four ways."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mlops_desktop.services.filtering import filter_term
from mlops_desktop.services.portfolio import Part, Portfolio
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.card import FigureCard
from mlops_desktop.ui.pages.overview.cuts import Cut, CutRow
from mlops_desktop.ui.widgets.tiles import Tiles

_IN_A_ROW, _GAP = 5, 12
_BAD = frozenset(
    {"reviews_overdue", "breaches_open", "exceptions_open", "items_overdue", "items_lapsed"}
)
_CUTS = ("tier", "state", "owner", "region")
_KEYS = {"tier": "tier", "state": "state", "owner": "owner"}


class AllFigures(QWidget):
    """Every figure whoever asks, as of the day shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.found: Portfolio | None = None
        self.cards: dict[str, FigureCard] = {}
        self.cuts = {name: Cut() for name in _CUTS}
        self._tiles = Tiles(_IN_A_ROW, _GAP)
        self._lay_out()
        for name, cut in self.cuts.items():
            cut.setObjectName(name)
            cut.wanted.connect(partial(self.context.show_list, "models"))

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(18)
        inside.addLayout(self._tiles)
        parts = QGridLayout()
        parts.setHorizontalSpacing(32)
        parts.setVerticalSpacing(18)
        for at, cut in enumerate(self.cuts.values()):
            parts.addWidget(cut, at // 2, at % 2)
            parts.setColumnStretch(at % 2, 1)
        inside.addLayout(parts)
        inside.addStretch()

    def show_portfolio(self, found: Portfolio) -> None:
        """Show every figure and every cut."""
        self.found = found
        self._show_figures(found)
        for name in _CUTS:
            parts: tuple[Part, ...] = getattr(found, f"by_{name}")
            title = self.context.say(f"portfolio.title.by_{name}")
            rows = tuple(self._row(name, part) for part in parts)
            self.cuts[name].show_rows(title, rows, self._more)

    def _show_figures(self, found: Portfolio) -> None:
        for figure in found.figures:
            card = self.cards.get(figure.name)
            if card is None:
                card = self.cards[figure.name] = FigureCard()
                self._tiles.addWidget(card)
                card.wanted.connect(partial(self._go, figure.name))
            card.setEnabled(bool(figure.filter) or figure.name == "current")
            card.show_figure(
                self.context.say(f"portfolio.figure.{figure.name}"),
                self.context.language.number(figure.value),
                self.context.say(f"portfolio.definition.{figure.name}"),
                is_bad=figure.name in _BAD and figure.value > 0,
            )

    def _go(self, name: str) -> None:
        if self.found is not None:
            figure = next(one for one in self.found.figures if one.name == name)
            self.context.show_list(figure.place.value, figure.filter)

    def _row(self, cut: str, part: Part) -> CutRow:
        key = _KEYS.get(cut)
        term = filter_term(key, part.key) if key and part.key else ""
        shown = self.context.language.number(part.count)
        return CutRow(self._name(cut, part.key), part.count, shown, term)

    def _more(self, left_out: int) -> str:
        number = self.context.language.number(left_out)
        return self.context.say("portfolio.more", n=number)

    def _name(self, cut: str, key: str) -> str:
        if cut == "tier":
            known = self.context.say("portfolio.tier", tier=key)
            return known if key else self.context.say("portfolio.no_tier")
        if cut == "state":
            return self.context.say(f"models.state.{key}")
        return key or self.context.say("portfolio.none")
