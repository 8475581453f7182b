"""The result of an experiment: a chart of the difference with its bounds, and a sentence."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.items.experiments import Effect, effect_of
from mlops_desktop.services.experiment_figures import Interval, Look, draw_effect, interval_of
from mlops_desktop.services.items import ItemSheet
from mlops_desktop.ui.charts.picture import Draw, Drawn, Mark
from mlops_desktop.ui.colors import Colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HEIGHT = 220
_FIGURES = ("lower", "value", "upper", "needed")


class ExperimentTab(QWidget):
    """What was measured against what was fixed beforehand; nothing before it is concluded."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._said = Label(wrap=True, selectable=True)
        self.chart = ChartView(context, "")
        self.chart.setFixedHeight(_HEIGHT)
        self._buttons = [
            ActionButton(context.actions.action("experiment.copy"), icon="copy"),
            ActionButton(context.actions.action("experiment.picture"), icon="chart"),
        ]
        row = QHBoxLayout()
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.addWidget(self._said)
        column.addWidget(self.chart)
        column.addLayout(row)
        column.addStretch()
        self.setFocusProxy(self.chart)

    def drawn(self) -> ChartView | None:
        """Return the chart that can be copied, if there is one."""
        return None if self.chart.isHidden() else self.chart

    def show_experiment(self, sheet: ItemSheet) -> None:
        """Show the result of ``sheet``, or say that there is none yet."""
        details, context = sheet.state.details, self._context
        if not isinstance(details, ExperimentDetails):
            return
        effect, interval = effect_of(details), interval_of(details)
        for part in (self.chart, *self._buttons):
            part.setVisible(effect is not None)
        if effect is None or interval is None:
            told = context.language.date(details.ends)
            running = sheet.row.stage == "running"
            key = "experiment.none_yet" if running else "experiment.none"
            self._said.setText(context.say(key, day=told))
            return
        said = say_effect(context, details, effect)
        self._said.setText(said)
        self.chart.setAccessibleName(said)
        self.chart.show_chart(draw_result(context, interval, details))


def say_effect(context: Context, details: ExperimentDetails, effect: Effect) -> str:
    """Return the result in a sentence: what the chart says to who cannot see it."""
    side = effect.direction.value
    told = {
        "criterion": details.criterion or "",
        "challenger": details.challenger or "",
        "champion": details.champion or "",
        "value": _number(context, format(effect.value, "f")),
        "lower": _number(context, format(effect.lower, "f")),
        "upper": _number(context, format(effect.upper, "f")),
        "confidence": _number(context, details.confidence or ""),
    }
    needed = _number(context, format(effect.needed, "f"))
    parts = (
        context.say("experiment.said", **told),
        context.say(f"experiment.needs.{side}", needed=needed),
        context.say(f"experiment.outcome.{effect.outcome.value}"),
    )
    return " ".join(parts)


def draw_result(context: Context, interval: Interval, details: ExperimentDetails) -> Draw:
    """Return what draws the result; its data are a row for each figure."""
    words, rows = _words(context, interval, details), _rows(context, interval)
    heads = (context.say("experiment.figure"), interval.name)
    marks = tuple(
        Mark(float(getattr(interval, name)), 0.0, "\n".join(row))
        for name, row in zip(_FIGURES[:3], rows[:3], strict=True)
    )

    def draw(figure: "Figure", colors: Colors) -> Drawn:
        axes = figure.add_subplot()
        axes.set_facecolor(colors.surface)
        inks = (colors.text, colors.muted, colors.accent, colors.edge, colors.good_soft)
        draw_effect(axes, interval, Look(*words, lambda text: _number(context, text), *inks))
        return Drawn(marks, (heads, *rows))

    return draw


def _words(
    context: Context, interval: Interval, details: ExperimentDetails
) -> tuple[str, str, str]:
    told = {"challenger": details.challenger or "", "champion": details.champion or ""}
    title = context.say("experiment.title", criterion=interval.name, **told)
    return title, context.say("experiment.better"), context.say("experiment.needed")


def _rows(context: Context, interval: Interval) -> tuple[tuple[str, str], ...]:
    return tuple(
        (context.say(f"experiment.row.{name}"), _number(context, getattr(interval, name)))
        for name in _FIGURES
    )


def _number(context: Context, text: str) -> str:
    return context.language.decimal(text)
