"""The tables of the page Resources: uses, bottlenecks, frameworks."""

from collections.abc import Callable

from mlops_desktop.core.events.series import Measure
from mlops_desktop.core.resources.frameworks import Support
from mlops_desktop.core.resources.use import Use
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.resources.reading import BottleneckLine, FrameworkLine, UseLine
from mlops_desktop.ui.pages.resources.said import (
    kind_status,
    measured_status,
    say_bottleneck,
    say_share,
    say_unit,
    say_value,
)
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.chips import Mood, Status

_SIDES = (Measure.REQUESTED, Measure.ALLOCATED, Measure.USED, Measure.CAPACITY, Measure.FORECAST)
_MOODS: dict[Support, Mood] = {
    Support.ENDED: "bad",
    Support.ENDING: "warn",
    Support.SUPPORTED: "good",
    Support.UNKNOWN: "idle",
}


def use_columns(context: Context) -> tuple[Column[UseLine], ...]:
    """Return the columns of what is consumed."""
    say = context.say

    def share(name: str, *, signed: bool = False) -> Callable[[UseLine], str]:
        return lambda line: say_share(context, getattr(line.use, name), signed=signed)

    return (
        Column("group", "resources.column.group", lambda line: _group(context, line.use), 12,
               strong=True),
        Column("name", "resources.column.name", lambda line: line.name, 18, flexible=True,
               key=True),
        Column("resource", "resources.column.resource",
               lambda line: say(f"resources.resource.{line.use.resource.value}"), 13, key=True),
        *(_side(context, side) for side in _SIDES),
        Column("unit", "resources.column.unit",
               lambda line: say_unit(context, line.use.unit.name), 7, key=True),
        Column("measured", "resources.word.measured",
               lambda line: say("resources.word.always"), 12,
               status=lambda line: measured_status(context, line.use), sortable=False),
        Column("share", "resources.word.share", share("share"), 8, numeric=True, key=True),
        Column("idle", "resources.column.idle", share("idle"), 9, numeric=True, optional=True),
        Column("change", "resources.word.trend", share("change", signed=True), 9, numeric=True),
    )  # fmt: skip


def _group(context: Context, one: Use) -> str:
    if one.version and one.models:
        return context.say("resources.word.version_of", models=one.models, version=one.version)
    return one.group or context.say("resources.word.nameless")


def _side(context: Context, side: Measure) -> Column[UseLine]:
    return Column(
        side.value,
        f"resources.measure.{side.value}",
        lambda line: say_value(context, line.use.value(side)),
        10,
        numeric=True,
        key=side is Measure.USED,
        shown=side is not Measure.FORECAST,
        optional=side is not Measure.FORECAST,
    )


SORTS: dict[str, Callable[[UseLine], object]] = {
    "group": lambda line: line.use.group,
    "name": lambda line: line.name.casefold(),
    "resource": lambda line: line.use.resource.value,
    "unit": lambda line: line.use.unit.name,
    "share": lambda line: line.use.share or 0.0,
    "idle": lambda line: line.use.idle if line.use.idle is not None else -1.0,
    "change": lambda line: line.use.change if line.use.change is not None else -2.0,
    **{
        side.value: (lambda line, side=side: line.use.value(side) or 0.0)  # type: ignore[misc] # bound now
        for side in _SIDES
    },
}


def bottleneck_columns(context: Context) -> tuple[Column[BottleneckLine], ...]:
    """Return the columns of what to look at."""

    def resource(line: BottleneckLine) -> str:
        told = line.found.resource
        return context.say(f"resources.resource.{told.value}") if told is not None else ""

    return (
        Column("kind", "resources.word.kind", lambda line: line.found.kind.value, 24,
               status=lambda line: kind_status(context, line.found), sortable=False),
        Column("value", "resources.word.value",
               lambda line: say_bottleneck(context, line.found), 12, sortable=False),
        Column("resource", "resources.column.resource", resource, 14, sortable=False),
        Column("group", "resources.word.where", _where, 16, flexible=True,
               sortable=False),
        Column("models", "resources.word.models", _models, 20, sortable=False, shown=False),
    )  # fmt: skip


def _where(line: BottleneckLine) -> str:
    group = line.found.group
    return tr("{id} {name}", id=group, name=line.name) if line.name else group


def _models(line: BottleneckLine) -> str:
    return line.name or ", ".join(line.found.models)


def framework_columns(context: Context) -> tuple[Column[FrameworkLine], ...]:
    """Return the columns of frameworks and their ends."""

    def until(line: FrameworkLine) -> str:
        end, no_date = line.row.end, line.row.no_date
        if end is not None:
            return context.language.date(end.last_day)
        return context.say(f"resources.policy.{no_date.policy}") if no_date is not None else ""

    return (
        Column("release", "resources.framework.release",
               lambda line: f"{line.row.title} {line.row.version}", 14, strong=True,
               sortable=False),
        Column("until", "resources.framework.until", until, 12, sortable=False),
        Column("state", "resources.word.kind", lambda line: line.row.state.value, 18,
               status=lambda line: support_status(context, line.row.state), sortable=False),
        Column("models", "resources.word.models", lambda line: line.models, 9,
               flexible=True, sortable=False),
        Column("source", "resources.framework.word",
               _source, 30, sortable=False,
               shown=False),
    )  # fmt: skip


def _source(line: FrameworkLine) -> str:
    said = line.row.end or line.row.no_date
    return said.source if said is not None else ""


def support_status(context: Context, state: Support) -> Status:
    """Return the chip that says whether a release is supported."""
    return Status(_MOODS[state], context.say(f"resources.support.{state.value}"))
