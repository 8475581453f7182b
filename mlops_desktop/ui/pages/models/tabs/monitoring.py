"""Monitoring: every metric of this model with its state; a chart of the one chosen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.charts.timeline import draw_timeline
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.pages.monitoring.chart import timeline_of
from mlops_desktop.ui.pages.monitoring.columns import metric_columns
from mlops_desktop.ui.pages.monitoring.said import say_day, say_metric
from mlops_desktop.ui.pages.monitoring.span_box import SpanBox
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable

if TYPE_CHECKING:
    from mlops_desktop.services.monitoring.detail import ModelMonitoring
    from mlops_desktop.services.monitoring.rows import MetricRow

_MOST_ROWS = 7
_COLUMNS = ("metric", "state", "since", "value", "bounds", "at")


class MonitoringTab(Tab):
    """What is measured about the model of the detail, on the day shown."""

    title = "monitoring.tab.model"
    order = 45

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._found: ModelMonitoring | None = None
        self._key = ""
        self._missing = Label(tone="bad", wrap=True)
        self.table = ShortTable(context, "model.metrics", self.title, _columns)
        self.chart = ChartView(context, "")
        self.span = SpanBox(context)
        self._open = Button("", self._go, icon="monitoring")
        self._nothing = EmptyState(icon="monitoring")
        self.column.addWidget(self._missing)
        self.column.addWidget(self.table)
        self.column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.span)
        self.column.addWidget(self.chart)
        self.column.addWidget(self._nothing)
        self.column.addStretch()
        self.table.current_changed.connect(self._draw)
        self.table.opened.connect(self._go_to)
        self.span.changed.connect(self._read)
        for part in (self._missing, self.table, self._open, self.span, self.chart, self._nothing):
            part.hide()

    def show_model(self, shown: Shown) -> None:
        """Read what is measured about ``shown``."""
        key = shown.sheet.row.key
        if key != self._key:
            self._found = None
        self._key = key
        self._read()

    def _read(self) -> None:
        key, session, as_of = self._key, self.context.session, self.context.as_of
        days = self.span.days(as_of.day)

        def ask(progress: Progress) -> "ModelMonitoring":
            # numpy takes its time to import: it comes with the first model looked at
            from mlops_desktop.services.monitoring.detail import Span, show_monitoring

            return show_monitoring(session, key, span=Span(*days), as_of=as_of)

        name = self.context.say("monitoring.job")
        self.context.jobs.submit_read(name, ask, self._show, self._fail, key="models:monitoring")

    def _show(self, found: "ModelMonitoring") -> None:
        if found.model.key != self._key:
            return
        self._found = found
        rows = tuple(sheet.row for sheet in found.metrics)
        for part in (self.table, self._open, self.span):
            part.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._nothing.set_sentence(self.context.say("monitoring.model.none"))
        self._say_missing(found)
        self._open.setText(self.context.say("monitoring.action.show"))
        self.table.set_rows(rows)
        self.table.fit_rows(len(rows), _MOST_ROWS)
        chosen = next((row for row in rows if row.id == self.table.current_id()), None)
        first = chosen or next((row for row in rows if row.at is not None), None)
        if first is not None:
            self._draw(first)
        else:
            self.chart.hide()

    def _say_missing(self, found: "ModelMonitoring") -> None:
        since = say_day(self.context, found.unmeasured_since)
        word = "never" if found.is_never else "late"
        self._missing.setText(self.context.say(f"monitoring.model.{word}", day=since))
        self._missing.setVisible(bool(since))

    def _draw(self, row: "MetricRow") -> None:
        if self._found is None:
            return
        sheet = next((one for one in self._found.metrics if one.row.id == row.id), None)
        has_values = sheet is not None and bool(sheet.measured.times)
        self.chart.setVisible(has_values)
        if sheet is not None and has_values:
            self.chart.setAccessibleName(say_metric(self.context, row))
            self.chart.show_chart(draw_timeline(self.context, timeline_of(self.context, sheet)))

    def _fail(self, error: AppError) -> None:
        for part in (self.table, self._open, self.span, self.chart, self._missing):
            part.hide()
        self._nothing.set_sentence(self.context.explain(error)[0])
        self._nothing.show()

    def _go(self) -> None:
        if self.table.current_id():
            self.context.show_page("monitoring", self.table.current_id())
        else:
            self.context.show_page("monitoring")

    def _go_to(self, row: "MetricRow") -> None:
        self.context.show_page("monitoring", row.id)


def _columns(context: Context) -> "tuple[Column[MetricRow], ...]":
    known = {column.id: column for column in metric_columns(context)}
    return tuple(known[id] for id in _COLUMNS)
