"""The page: uses above, the trend of the one chosen below, what to look at beside it."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.resources.use import By, Use
from mlops_desktop.services.filtering import filter_term
from mlops_desktop.services.resources.outlook import Outlook
from mlops_desktop.services.resources.reading import Wanted
from mlops_desktop.services.resources.table import write_csv
from mlops_desktop.ui.actions import bind
from mlops_desktop.ui.charts.timeline import draw_timeline
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.letting_go import let_go
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.resources import trend
from mlops_desktop.ui.pages.resources.ahead import AheadTable
from mlops_desktop.ui.pages.resources.columns import SORTS, use_columns
from mlops_desktop.ui.pages.resources.limiting import ask_limits
from mlops_desktop.ui.pages.resources.lower import Lower
from mlops_desktop.ui.pages.resources.offers import OFFERS
from mlops_desktop.ui.pages.resources.reading import (
    SPANS,
    Consumption,
    UseLine,
    read_consumption,
    wanted_of,
    wanted_work,
)
from mlops_desktop.ui.pages.resources.said import say_outlook, say_shared
from mlops_desktop.ui.pages.resources.side import Side
from mlops_desktop.ui.pages.resources.trend import Trend
from mlops_desktop.ui.saving import ask_where
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.choice import offer
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.shared import Shared
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.widgets.views import ViewsButton

_USUAL = 30
_MOST_ROWS = 6


class ResourcesPage(Page):
    """What is consumed in a period that ends with the day shown."""

    watches = frozenset({"series", "points", "model", "source"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Consumption | None = None
        self._wanted_resource = ""
        self.bar = MessageBar(context)
        self.by, self.span, self.resource = QComboBox(), QComboBox(), QComboBox()
        self.table = ShortTable(context, "resources", "resources.title.uses", use_columns, SORTS)
        self.table.stand_alone()
        self.chart = ChartView(context, "resources.title.trend")
        self.ahead = AheadTable(context)
        self.note = Label(tone="muted", size="small", wrap=True)
        self.side = Side(context)
        self.empty = EmptyState(icon="resources")
        deeds = {
            "resources.go": (self._go, lambda: self._line() is not None),
            "resources.export": (self._export, lambda: self._shown is not None),
            "resources.limits": (self._limit, self._is_acting),
        }
        context.actions.add(*bind("resources", OFFERS, deeds))
        self._lay_out()
        self.retranslate()
        self._connect()

    @property
    def wanted(self) -> Wanted:
        """What is asked for by the choices above."""
        by, days = self.by.currentData() or By.MODEL.value, self.span.currentData() or _USUAL
        return wanted_of(By(by), int(days), self.context.as_of)

    def heading(self) -> str:
        """Say how much was measured and how much is to be looked at."""
        if self._shown is None:
            return ""
        found, number = self._shown.found, self.context.language.number
        models = {one.group for one in found.uses} if found.by is By.MODEL else self._models()
        return self.context.say(
            "resources.word.heading",
            models=number(len(models)),
            first=self.context.language.date(found.period.first),
            last=self.context.language.date(found.period.last),
            bottlenecks=number(len(self._shown.bottlenecks)),
        )

    def _models(self) -> set[str]:
        told = self._shown.bottlenecks if self._shown is not None else ()
        return {model for one in told for model in one.found.models}

    def reload(self) -> None:
        """Add up in the read lane."""
        session, wanted = self.context.session, self.wanted

        def ask(progress: Progress) -> Consumption:
            return read_consumption(session, wanted, wanted_work(progress))

        name = self.context.say("resources.word.reading")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="resources")

    def retranslate(self) -> None:
        """Say every word again."""
        say = self.context.say
        for box, word in ((self.by, "by"), (self.span, "period"), (self.resource, "resource")):
            box.setAccessibleName(say(f"resources.word.{word}"))
        offer(self.by, [(say(f"resources.by.{by.value}"), by.value) for by in By], "model")
        spans = [(say("resources.word.days", days=days), days) for days in SPANS]
        offer(self.span, spans, _USUAL)
        self.empty.set_sentence(say("resources.word.nothing"))
        self.side.retranslate()
        if self._shown is not None:
            self._tell(self._shown)

    def _boxes(self) -> dict[str, QComboBox]:
        return {"by": self.by, "span": self.span, "resource": self.resource}

    def _read_view(self) -> dict[str, str]:
        return {name: str(box.currentData() or "") for name, box in self._boxes().items()}

    def _show_view(self, view: Mapping[str, str]) -> None:
        for name, box in self._boxes().items():
            told = [str(box.itemData(at) or "") for at in range(box.count())]
            if view.get(name) in told:
                box.setCurrentIndex(told.index(view[name]))

    def show_list(self, text: str) -> None:
        """Show what choices such as ``by:owner span:90 resource:gpu`` say, else the usual."""
        told = dict(word.split(":", 1) for word in text.split() if ":" in word)
        self._wanted_resource = told.get("resource", "")
        self._show_view({"by": By.MODEL.value, "span": str(_USUAL), "resource": "", **told})

    def show_record(self, id: str) -> None:
        """Stand on the use ``id`` among those of models."""
        self.show_list("")
        self.table.choose(id)

    def first_focus(self) -> QWidget | None:
        """Begin at the uses."""
        return self.table

    def _lay_out(self) -> None:
        top = Flow()
        for box in (self.by, self.span, self.resource):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            top.addWidget(box)
        top.addWidget(ViewsButton(self.context, "resources", self._read_view, self._show_view))
        top.go_right()
        for id in ("resources.go", "resources.limits", "resources.export"):
            top.addWidget(ActionButton(self.context.actions.action(id)))
        below = Lower(self.chart, self.ahead, self.note, self.side)
        self._shared = Shared(self, self.table, below, _MOST_ROWS)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addLayout(top)
        column.addWidget(self.table)
        column.addWidget(self.empty, 1)
        column.addWidget(below, 1)

    def _connect(self) -> None:
        for box in (self.by, self.span):
            box.currentIndexChanged.connect(self._on_choice)
        self.resource.currentIndexChanged.connect(self._show)
        self.table.current_changed.connect(self._on_line)
        self.table.opened.connect(self._go)
        self.side.model_wanted.connect(partial(self.context.show_page, "models"))

    def _on_choice(self) -> None:
        if self.context.is_open:
            self.reload()

    def _tell(self, shown: Consumption) -> None:
        if self._shown is not None and self._shown is not shown:
            name = self.context.say("resources.word.reading")
            let_go(self.context.jobs, name, self._shown.rows())
        self._shown = shown
        self.bar.clear()
        say = self.context.say
        rows = [(say(f"resources.resource.{one.value}"), one.value) for one in shown.resources]
        offer(self.resource, [(say("resources.word.every"), ""), *rows], "")
        if self._wanted_resource:  # asked for before there was anything to choose from
            self.resource.setCurrentIndex(max(0, self.resource.findData(self._wanted_resource)))
            self._wanted_resource = ""
        self.side.show_consumption(shown)
        self._show()

    def _show(self) -> None:
        if self._shown is None:
            return
        wanted = self.resource.currentData() or ""
        lines = tuple(line for line in self._shown.lines if wanted in ("", line.use.resource.value))
        has_lines = bool(lines)
        self.table.setVisible(has_lines)
        self.chart.setVisible(has_lines)
        self.empty.setVisible(not has_lines)
        if not has_lines:  # what stands below the trend tells of a use that is not listed
            self.ahead.show_outlook(None)
            self.note.hide()
        self.table.set_rows(lines)
        self._shared.set_rows(len(lines))
        if has_lines and self.table.current_id() not in {line.id for line in lines}:
            self.table.choose(lines[0].id)
        if (line := self._line()) is not None:
            self._on_line(line)
        self.context.actions.refresh()
        self.heading_changed.emit()

    def _line(self) -> UseLine | None:
        lines = self._shown.lines if self._shown is not None else ()
        return next((line for line in lines if line.id == self.table.current_id()), None)

    def _on_line(self, line: UseLine) -> None:
        session, wanted = self.context.session, self.wanted
        self._note(line.use)

        def ask(progress: Progress) -> Trend:
            return trend.read(session, wanted, line.use, wanted_work(progress))

        name = self.context.say("resources.word.reading")
        self.context.jobs.submit_read(name, ask, self._draw, self._fail, key="resources:trend")
        self.context.actions.refresh()

    def _note(self, use: Use, outlook: Outlook | None = None) -> None:
        """Say under the trend what a number there does not: left out, shared, expected."""
        others = ", ".join(use.left_out)
        left = self.context.say("resources.word.left_out", sources=others) if others else ""
        ahead = say_outlook(self.context, outlook) if outlook is not None else ""
        self.ahead.show_outlook(outlook)
        told = " ".join(filter(None, (ahead, say_shared(self.context, use), left)))
        self.note.setText(told)
        self.note.setVisible(bool(told))

    def _draw(self, found: Trend) -> None:
        self._note(found.use, found.outlook)
        self.chart.show_chart(draw_timeline(self.context, trend.timeline_of(self.context, found)))

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _go(self) -> None:
        line = self._line()
        if line is None or self._shown is None:
            return
        group = line.use.group
        if self._shown.found.by is By.OWNER and group:
            self.context.show_list("models", filter_term("owner", group))
        elif group.startswith("M-"):
            self.context.show_page("models", group.split(" ")[0])

    def _is_acting(self) -> bool:
        return self.context.is_open and bool(self.context.session.actor.person)

    def _limit(self) -> None:
        ask_limits(self.context, self.window(), self.reload)

    def _export(self) -> None:
        title = self.context.say("resources.word.save_title")
        dialog = ask_where(self.window(), title, "resources.csv", self._save)
        dialog.setNameFilters(["CSV (*.csv)"])

    def _save(self, path: Path) -> None:
        if self._shown is None:
            return
        found, language = self._shown.found, self.context.language.code

        def work(progress: Progress) -> str:
            write_csv(found, path, language, overwrite=True)
            return path.name

        def done(name: str) -> None:
            self.context.toast(self.context.say("resources.word.saved", name=name))

        name = self.context.say("resources.word.reading")
        self.context.jobs.submit_read(name, work, done, self.context.show_error)
