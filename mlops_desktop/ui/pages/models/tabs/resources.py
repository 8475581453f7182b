"""Resources: what this model consumes by version, its trend, and the frameworks under it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.resources.use import By
from mlops_desktop.services.resources.frameworks import FrameworkRow, read_frameworks
from mlops_desktop.services.resources.reading import Resources, Wanted, read_resources
from mlops_desktop.services.resources.training import TrainingUse, read_training
from mlops_desktop.ui.charts.timeline import draw_timeline
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import Tab
from mlops_desktop.ui.pages.resources import trend
from mlops_desktop.ui.pages.resources.columns import SORTS, support_status, use_columns
from mlops_desktop.ui.pages.resources.reading import UseLine, wanted_of, wanted_work
from mlops_desktop.ui.pages.resources.said import say_value
from mlops_desktop.ui.pages.resources.trend import Trend
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.short_table import ShortTable

_DAYS = 90
_MOST_ROWS = 6
_MOST_RUNS = 3
_LEFT_OUT = ("name", "share", "forecast")


@dataclass(frozen=True, slots=True)
class _Read:
    """What the tab shows of one model."""

    wanted: Wanted
    found: Resources
    frameworks: tuple[FrameworkRow, ...]
    training: tuple[TrainingUse, ...]


class ResourcesTab(Tab):
    """What a model consumes in the last ninety days, read when the tab is looked at."""

    title = "resources.title.page"
    order = 43

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._read: _Read | None = None
        self.period = Label(tone="muted", size="small", wrap=True)
        self.table = ShortTable(context, "model.resources", self.title, _columns, SORTS)
        self.chart = ChartView(context, "resources.title.trend")
        self.facts = Sections(context, "resources.title.frameworks")
        self._nothing = EmptyState(icon="resources")
        for part in (self.period, self.table, self.chart, self._nothing, self.facts):
            self.column.addWidget(part)
        self.column.setStretchFactor(self.chart, 1)
        self.column.setStretchFactor(self._nothing, 1)
        self.table.current_changed.connect(self._draw)

    def show_model(self, shown: Shown) -> None:
        """Ask for the consumption of ``shown``."""
        session, as_of, row = self.context.session, self.context.as_of, shown.sheet.row
        wanted = replace(wanted_of(By.VERSION, _DAYS, as_of), model=row.key)

        def ask(progress: Progress) -> _Read:
            found = read_resources(session, wanted, wanted_work(progress))
            frameworks = read_frameworks(session, as_of, row.key)
            return _Read(wanted, found, frameworks, read_training(session, row.key, as_of))

        name = self.context.say("resources.word.reading")
        self.context.jobs.submit_read(name, ask, self._tell, self._fail, key="models:resources")

    def _tell(self, read: _Read) -> None:
        self._read, say = read, self.context.say
        lines = tuple(
            UseLine(f"{one.group}|{one.resource}|{one.unit.name}", one, "")
            for one in read.found.uses
        )
        self.period.setText(say("resources.word.consumed", days=_DAYS))
        for part in (self.period, self.table, self.chart):
            part.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._nothing.set_sentence(say("resources.word.nothing_here", days=_DAYS))
        self.table.set_rows(lines)
        self.table.fit_rows(len(lines), _MOST_ROWS)
        facts = tuple(_framework(self.context, one) for one in read.frameworks)
        groups = [Group(say("resources.title.frameworks"), facts)] if facts else []
        groups += _training(self.context, read.training)
        self.facts.setVisible(bool(groups))
        self.facts.show_groups(tuple(groups))
        if lines:
            known = {line.id: line for line in lines}
            chosen = known.get(self.table.current_id(), lines[0])
            self.table.choose(chosen.id)
            self._draw(chosen)

    def _draw(self, line: UseLine) -> None:
        if self._read is None:
            return
        session, wanted, context = self.context.session, self._read.wanted, self.context

        def ask(progress: Progress) -> Trend:
            return trend.read(session, wanted, line.use, wanted_work(progress))

        def show(found: Trend) -> None:
            self.chart.show_chart(draw_timeline(context, trend.timeline_of(context, found)))

        name = context.say("resources.word.reading")
        context.jobs.submit_read(name, ask, show, self._fail, key="models:resources:trend")

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def _training(context: Context, found: tuple[TrainingUse, ...]) -> Iterator[Group]:
    """Yield what the latest training runs used, a group a run."""
    runs: dict[str, list[TrainingUse]] = {}
    for one in found:
        runs.setdefault(one.run, []).append(one)
    title = context.say("resources.training.title")
    for some in list(runs.values())[:_MOST_RUNS]:
        named = " · ".join(filter(None, (title, some[0].version, some[0].run_name)))
        yield Group(named, tuple(_measurement(context, one) for one in some))


def _measurement(context: Context, one: TrainingUse) -> Fact:
    told = context.say(
        "resources.training.value",
        average=say_value(context, one.average),
        peak=say_value(context, one.peak),
        day=context.language.date(one.last.date()),
    )
    return Fact(one.metric.replace("_", " "), told)


def _columns(context: Context) -> tuple[Column[UseLine], ...]:
    kept = (one for one in use_columns(context) if one.id not in _LEFT_OUT)
    return tuple(replace(one, whole=one.whole or one.id == "group") for one in kept)


def _framework(context: Context, one: FrameworkRow) -> Fact:
    name = f"{one.title} {one.version}"
    status = support_status(context, one.state)
    if one.end is None and one.no_date is not None:
        word = context.say(f"resources.policy.{one.no_date.policy}")
        return Fact(name, word, status=replace(status, word=word))
    if one.end is None:
        return Fact(name, status.word, status=status)
    day = context.language.date(one.end.last_day)
    told = context.say("resources.framework.end", state=status.word, day=day)
    return Fact(name, told, status=replace(status, word=told))
