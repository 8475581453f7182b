"""The chosen metric: its chart, its values, the thresholds as they held, its breaches."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.monitoring.detail import (
    MetricSheet,
    ModelMonitoring,
    Span,
    show_monitoring,
)
from mlops_desktop.services.monitoring.listing import BreachRow
from mlops_desktop.services.monitoring.rows import MetricRow
from mlops_desktop.services.people import list_people
from mlops_desktop.ui.charts.timeline import draw_timeline
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.monitoring.chart import timeline_of
from mlops_desktop.ui.pages.monitoring.facts import facts_of
from mlops_desktop.ui.pages.monitoring.said import say_metric, state_status
from mlops_desktop.ui.pages.monitoring.span_box import SpanBox
from mlops_desktop.ui.pages.monitoring.tables import (
    BoundLine,
    ValueLine,
    bound_columns,
    bound_lines,
    breach_columns,
    value_columns,
    value_lines,
)
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sections import Group, Sections
from mlops_desktop.ui.widgets.short_table import ShortTable

__all__ = ["BoundLine", "MetricDetail", "ValueLine"]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a metric: the model's monitoring and what persons are called."""

    monitoring: ModelMonitoring
    names: dict[str, str]


class MetricDetail(DetailPane):
    """Shows one metric of a model; ``loaded`` tells that actions may look at it."""

    loaded = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            ("monitoring.plan", "monitoring.threshold"),
            default="monitoring.plan",
            more=(
                "monitoring.acknowledge", "monitoring.breach", "monitoring.end", "",
                "monitoring.copy", "monitoring.picture", "monitoring.model",
            ),
        )  # fmt: skip
        self.row: MetricRow | None = None
        self.sheet: MetricSheet | None = None
        self._shown: _Read | None = None
        self.chart = ChartView(context, "")
        self.missing = Label(tone="muted", wrap=True)
        self.span = SpanBox(context)
        self.facts = Sections(context, "monitoring.tab.facts")
        self.values = ShortTable(context, "metric.values", "monitoring.tab.values", value_columns)
        self.bounds = ShortTable(
            context, "metric.bounds", "monitoring.tab.thresholds", bound_columns
        )
        self.breaches = ShortTable(
            context, "metric.breaches", "monitoring.tab.breaches", breach_columns
        )
        self._add_tabs()
        self.span.changed.connect(self._read_again)
        self.breaches.opened.connect(self._go_to_breach)
        context.speaking.enlist(self, self._say_again)

    def show_row(self, row: MetricRow) -> None:
        """Show the metric of a row: its head at once, the rest as soon as it is read."""
        self.row, self.sheet = row, None
        self._set_head(row)
        session, as_of = self._context.session, self._context.as_of
        span = Span(*self.span.days(as_of.day))

        def ask(progress: Progress) -> _Read:
            metric = row.metric or None
            found = show_monitoring(session, row.key, metric=metric, span=span, as_of=as_of)
            return _Read(found, {one.id: one.name for one in list_people(session)})

        def tell(read: _Read) -> None:
            if self.row is row:
                self._show(read)

        name = self._context.say("monitoring.job")
        self._context.jobs.submit_read(name, ask, tell, self._fail, key="monitoring:detail")

    def _read_again(self) -> None:
        """Read the metric for another time."""
        if self.row is not None:
            self.show_row(self.row)

    def forget(self) -> None:
        """Show no metric."""
        self.row = self.sheet = self._shown = None
        self.hide()

    def open_breach(self) -> BreachRow | None:
        """Return the breach that is not cleared."""
        found = self.sheet.breaches if self.sheet is not None else ()
        return next((one for one in found if one.cleared is None), None)

    def any_breach(self) -> BreachRow | None:
        """Return the breach a person stands on, else the open or the last one."""
        found = self.sheet.breaches if self.sheet is not None else ()
        chosen = self.breaches.current_id()
        told = next((one for one in found if one.id == chosen), None)
        return told or self.open_breach() or (found[-1] if found else None)

    def current_threshold(self) -> str:
        """Return the id of the threshold that holds for this metric, "" for none."""
        if self._shown is None or self.row is None or self.row.bounds_since is None:
            return ""
        mine = [
            one.threshold
            for one in self._shown.monitoring.thresholds
            if one.bounds == self.row.bounds and one.since == self.row.bounds_since
        ]
        return mine[-1] if mine else ""

    def _add_tabs(self) -> None:
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 10, 0, 10)
        column.addWidget(self.span)
        column.addWidget(self.missing)
        column.addWidget(self.chart, 1)
        column.addStretch()
        self.add_tab("monitoring.tab.chart", above, scrolls=False)
        self.add_tab("monitoring.tab.facts", self.facts, scrolls=False)
        self.add_tab("monitoring.tab.values", self.values, scrolls=False)
        self.add_tab("monitoring.tab.thresholds", self.bounds, scrolls=False)
        self.add_tab("monitoring.tab.breaches", self.breaches, scrolls=False)

    def _set_head(self, row: MetricRow) -> None:
        chips = (state_status(self._context, row),)
        parts = (row.model, row.model_name, row.source)
        under = " · ".join(part for part in parts if part)
        self.set_head(say_metric(self._context, row), under, chips)

    def _show(self, read: _Read) -> None:
        row = self.row
        if row is None:
            return
        self._shown = read
        context, found = self._context, read.monitoring
        self.sheet = next((one for one in found.metrics if one.row.id == row.id), None)
        self.tabs.show()
        sheet = self.sheet
        has_values = sheet is not None and bool(sheet.measured.times)
        self.chart.setVisible(has_values)
        self.chart.setAccessibleName(say_metric(context, row))
        self.missing.setText(self._missing(row, sheet))
        self.missing.setVisible(bool(self.missing.text()))
        self.facts.show_groups((Group("", facts_of(context, row, found)),))
        self.values.set_rows(value_lines(sheet))
        self.bounds.set_rows(bound_lines(row, found, read.names))
        self.breaches.set_rows(sheet.breaches if sheet is not None else ())
        if sheet is not None and has_values:
            self.chart.show_chart(draw_timeline(context, timeline_of(context, sheet)))
        self.loaded.emit()

    def _missing(self, row: MetricRow, sheet: MetricSheet | None) -> str:
        if row.state.value == "unmeasured":
            return state_status(self._context, row).word
        if sheet is not None and sheet.measured.total > len(sheet.measured.times):
            number = self._context.language.number(sheet.measured.total)
            return self._context.say("monitoring.thinned", total=number)
        is_empty = sheet is not None and not sheet.measured.times
        return self._context.say("monitoring.span.empty") if is_empty else ""

    def _fail(self, error: AppError) -> None:
        self.sheet = self._shown = None
        self.tabs.hide()
        self.bar.show_error(error)
        self.loaded.emit()

    def _go_to_breach(self, row: BreachRow) -> None:
        self._context.show_page("governance", row.id)

    def _say_again(self) -> None:
        if self.row is not None and not self.isHidden():
            self._set_head(self.row)
            if self._shown is not None:
                self._show(self._shown)
