"""A small chart over time; its whole is on the page it leads to."""

import math

from mlops_desktop.services.overview.cards import Trend
from mlops_desktop.ui.charts.timeline import Line, Timeline, draw_timeline
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.cards.frame import CardView
from mlops_desktop.ui.pages.overview.telling import tell
from mlops_desktop.ui.pages.resources.said import say_unit
from mlops_desktop.ui.widgets.chart import ChartView

_HEIGHT = 220


class TrendView(CardView[Trend]):
    """The chart of the house, drawn in the read lane."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.chart = ChartView(context, "")
        self.chart.setFixedHeight(_HEIGHT)
        self.column.addWidget(self.chart)
        self.column.addStretch()

    def show_card(self, card: Trend) -> None:
        """Draw the lines; a value that is missing is a gap."""
        self.head(card.title, None, card.way)
        has_points = any(line.points for line in card.lines)
        self.say_empty(None if has_points else card.empty)
        self.chart.setVisible(has_points)
        self.chart.setAccessibleName(tell(self.context, card.title))
        if has_points:
            self.chart.show_chart(draw_timeline(self.context, self._timeline(card)))

    def _timeline(self, card: Trend) -> Timeline:
        lines = tuple(
            Line(
                tell(self.context, line.name),
                tuple(at for at, _ in line.points),
                tuple(math.nan if value is None else value for _, value in line.points),
            )
            for line in card.lines
        )
        return Timeline(lines, say_unit(self.context, tell(self.context, card.unit)))
