"""Metrics: one metric over the versions, as a chart and as data to copy."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from mlops_desktop.services.rows import VersionRow
from mlops_desktop.ui.charts.dress import dress
from mlops_desktop.ui.charts.picture import Draw, Drawn, Mark
from mlops_desktop.ui.colors import Colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import field_name, say_decimal
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.buttons import IconButton
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Measure:
    """A version's value of a metric as the source gave it; None where it has none."""

    version: str
    value: str | None

    @property
    def number(self) -> float | None:
        """The value as a finite number, None where it is not one."""
        try:
            number = float(self.value) if self.value is not None else math.nan
        except ValueError:
            return None
        return number if math.isfinite(number) else None


class MetricsTab(Tab):
    """A metric over the versions of this model."""

    title = later("Metrics")
    order = 40

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Shown | None = None
        self._choice = QComboBox()
        self._copy = IconButton("copy", self._copy_data)
        self._gaps = Label(tone="muted", size="small", wrap=True)
        self.chart = ChartView(context, later("Metric over versions"))
        self._nothing = EmptyState(icon="chart")
        self._top = QWidget()
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._choice, 1)
        row.addWidget(self._copy)
        for part in (self._top, self.chart, self._gaps, self._nothing):
            self.column.addWidget(part)
        self.column.setStretch(1, 1)
        self._choice.currentTextChanged.connect(self._draw)

    def show_model(self, shown: Shown) -> None:
        """Show the metric chosen before, or the first that ``shown`` has."""
        self._shown = shown
        names = sorted({name for row in shown.sheet.versions for name in _names(row)})
        for part in (self._top, self.chart, self._gaps):
            part.setVisible(bool(names))
        self._nothing.setVisible(not names)
        self._nothing.set_sentence(tr("Not measured: no version of this model has a metric."))
        self._choice.setAccessibleName(field_name(self.context, "metric"))
        self._copy.call(tr("Copy the data"))
        self._offer(names)

    def _offer(self, names: list[str]) -> None:
        before = self._choice.currentText()
        self._choice.blockSignals(True)
        self._choice.clear()
        self._choice.addItems(names)
        if before in names:
            self._choice.setCurrentText(before)
        self._choice.blockSignals(False)
        self._draw(self._choice.currentText())

    def _draw(self, metric: str) -> None:
        if self._shown is None or not metric:
            return
        measures = series(self._shown.sheet.versions, metric)
        unknown = [one.version for one in measures if one.number is None]
        named = ", ".join(unknown)
        self._gaps.setText(tr("Not measured in version {versions}.", versions=named))
        self._gaps.setVisible(bool(unknown))
        heads = (field_name(self.context, "version"), metric)
        self.chart.show_chart(draw_series(self.context, measures, heads))

    def _copy_data(self) -> None:
        self.chart.copy_data()


def _names(row: VersionRow) -> set[str]:
    run = row.details.run
    return {metric.name for metric in run.metrics} if run is not None else set()


def series(versions: tuple[VersionRow, ...], metric: str) -> tuple[Measure, ...]:
    """Return each version's last value of ``metric``, the oldest version first."""
    return tuple(
        Measure(row.details.version, _last_value(row, metric)) for row in reversed(versions)
    )


def _last_value(row: VersionRow, metric: str) -> str | None:
    run = row.details.run
    found = [one for one in run.metrics if one.name == metric] if run is not None else []
    return max(found, key=lambda one: one.step or 0).value if found else None


def draw_series(context: Context, measures: tuple[Measure, ...], heads: tuple[str, str]) -> Draw:
    """Return what draws ``measures`` over their versions; a gap breaks the line."""
    shown = [_localised(context, one) for one in measures]
    unmeasured = tr("not measured")
    point = context.language.locale.decimalPoint()

    def draw(figure: "Figure", colors: Colors) -> Drawn:
        axes = figure.add_subplot()
        xs = range(len(measures))
        ys = [math.nan if one.number is None else one.number for one in measures]
        axes.plot(xs, ys, color=colors.accent, linewidth=1.8, marker="o", markersize=5)
        axes.yaxis.set_major_formatter(lambda value, _at: f"{value:.6g}".replace(".", point))
        axes.set_xlabel(heads[0], color=colors.muted, fontsize=9)
        step = max(1, math.ceil(len(measures) / _MOST_LABELS))
        axes.set_xticks([*xs][::step], [one.version for one in measures][::step])
        dress(axes, colors)
        marks = tuple(
            Mark(x, number, f"{heads[0]} {one.version}\n{said}")
            for x, one, said in zip(xs, measures, shown, strict=True)
            if (number := one.number) is not None
        )
        pairs = zip(measures, shown, strict=True)
        table = [(one.version, said or unmeasured) for one, said in pairs]
        return Drawn(marks, (heads, *table))

    return draw


def _localised(context: Context, one: Measure) -> str:
    """Return the value with the locale's decimal sign, digit for digit as the source gave it."""
    if one.number is None or one.value is None:
        return ""
    return say_decimal(context, one.value)
