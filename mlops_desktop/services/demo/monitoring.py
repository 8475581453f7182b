"""Acts of monitoring: a table of measurements read again and again, thresholds, breaches."""

import csv
import math
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.inventory import Pair, number_text
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.work import unheard
from mlops_desktop.services import items, sources
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.monitoring.listing import list_breaches
from mlops_desktop.services.monitoring.thresholds import NewThreshold, set_threshold
from mlops_desktop.services.sources import NewSource

_HEADS = ("Modell", "Anwendung", "Kennzahl", "Kanal", "Einheit", "Datum", "Wert")
_SETTINGS = {
    "column.model": "Modell",
    "column.application": "Anwendung",
    "column.metric": "Kennzahl",
    "column.segment.kanal": "Kanal",
    "column.unit": "Einheit",
    "column.time": "Datum",
    "column.value": "Wert",
    "numbers": "en",
}
_DAILY, _MONTHLY = 1, 30


class SeriesPart(Strict, frozen=True):
    """A series: a value a quarter, single points, or values about a middle every day or month."""

    metric: str
    model: int | None = None
    application: str = ""
    segment: str = ""
    unit: str = ""
    values: str = ""
    points: dict[str, str] = msgspec.field(default_factory=dict)
    goes_on: bool = False
    daily: float | None = None
    monthly: float | None = None
    spread: float = 0.0
    since: str = msgspec.field(default="", name="from")
    until: str = "-1d"


class ThresholdPart(Strict, frozen=True):
    """A threshold set on a day by a person."""

    model: int
    metric: str
    direction: Side
    on: str
    by: str
    why: str = ""
    segment: str = ""
    warning: str | None = None
    intervention: str | None = None
    warning_high: str | None = None
    intervention_high: str | None = None
    unit: str | None = None
    every: int | None = None


class BreachPart(Strict, frozen=True):
    """A step of the open breach of a metric; ``links`` are kinds of items about the same model."""

    model: int
    metric: str
    step: str
    on: str
    by: str
    why: str = ""
    fields: dict[str, str] = msgspec.field(default_factory=dict)
    links: tuple[str, ...] = ()


class Monitoring(Strict, frozen=True):
    """The folder of measurements, when it is read, and everything about it."""

    source: str
    added: str
    by: str
    folder: str
    file: str
    first: str
    read: tuple[str, ...]
    series: tuple[SeriesPart, ...]
    threshold: tuple[ThresholdPart, ...]
    act: tuple[BreachPart, ...]


def read_monitoring() -> Monitoring:
    """Return what was measured at the sample bank; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "monitoring.toml"), Monitoring)


def plan_monitoring(told: Monitoring, calendar: Calendar, folder: Path) -> Iterator[Act]:
    """Yield thresholds, readings at every quarter's end and out of turn, and steps of breaches."""
    place = folder.resolve() / told.folder
    yield Act(calendar.moment(told.added, Hours.CONNECT), _connect(told, place))
    for number, part in enumerate(told.threshold):
        at = about(calendar.moment(part.on, Hours.EDIT), "threshold", number)
        yield Act(at, _set(part))
    for day in sorted({*_quarters(told, calendar), *(calendar.day(text) for text in told.read)}):
        yield Act(calendar.moment(day.isoformat(), Hours.SYNC), _read(told, place, day))
    for number, step in enumerate(told.act):
        at = about(calendar.moment(step.on, Hours.STEP), "breach", number)
        yield Act(at, _take(step))


def _connect(told: Monitoring, place: Path) -> Perform:
    def perform(stage: Stage) -> None:
        place.mkdir(parents=True, exist_ok=True)
        settings = tuple(Pair(name, value) for name, value in _SETTINGS.items())
        wanted = NewSource("folder", told.source, str(place), settings=settings)
        sources.add_source(stage.acting(told.by), wanted)

    return perform


def _set(part: ThresholdPart) -> Perform:
    bounds = Bounds(
        part.direction, part.warning, part.intervention, part.warning_high,
        part.intervention_high, part.unit, part.every,
    )  # fmt: skip
    wanted = NewThreshold(part.metric, bounds, part.segment, reason=part.why or None)
    return lambda stage: set_threshold(stage.acting(part.by), number_text(part.model), wanted)


def _read(told: Monitoring, place: Path, day: date) -> Perform:
    def perform(stage: Stage) -> None:
        text = write_table(told, stage.calendar, day)
        (place / told.file).write_text(text, "utf-8", newline="")
        sources.sync(stage.acting(told.by), told.source, unheard)

    return perform


def _take(part: BreachPart) -> Perform:
    def perform(stage: Stage) -> None:
        model = number_text(part.model)
        rows = list_breaches(stage.session, f"model:{model}")
        row = next(one for one in rows if one.details.metric == part.metric)
        fields = {name: stage.calendar.fill_date(text) for name, text in part.fields.items()}
        if part.links:
            fields["linked"] = ", ".join(_about(stage, row.key, part.links))
        given = Given(fields, reason=part.why)
        items.take_step(stage.acting(part.by), kind_named("breach"), row.id, part.step, given)

    return perform


def _about(stage: Stage, model: str, kinds: tuple[str, ...]) -> list[str]:
    wanted = ItemFilter(kinds, models=(model,))
    return [row.number for row in items.list_items(stage.session, wanted)]


def write_table(told: Monitoring, calendar: Calendar, day: date) -> str:
    """Return the table of measurements as it stood on the evening of a day."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(_HEADS)
    for part in told.series:
        model = number_text(part.model) if part.model is not None else ""
        head = (model, part.application, part.metric, part.segment, part.unit)
        for at, value in _points(part, told, calendar):
            if at <= day:
                writer.writerow((*head, at.isoformat(), value))
    return file.getvalue()


def _points(part: SeriesPart, told: Monitoring, calendar: Calendar) -> Iterator[tuple[date, str]]:
    middle = part.daily if part.daily is not None else part.monthly
    if middle is not None:
        distance = _DAILY if part.daily is not None else _MONTHLY
        yield from _steady(part, middle, distance, calendar)
        return
    quarters = _quarters(told, calendar)
    values = part.values.split()
    last = values[-1] if values else ""
    if values:
        filled = values + [last] * (len(quarters) - len(values))
        pairs = zip(quarters, filled, strict=False)
        yield from ((at, value) for at, value in pairs if value != "-")
        return
    known = [(date.fromisoformat(at), value) for at, value in part.points.items()]
    yield from known
    if part.goes_on:
        yield from ((at, known[-1][1]) for at in quarters if at > known[-1][0])


def _steady(
    part: SeriesPart, middle: float, distance: int, calendar: Calendar
) -> Iterator[tuple[date, str]]:
    """Yield values about ``middle``, up and down, the last of them ``middle`` itself."""
    digits = 3 if part.spread < 0.1 else 1
    at = calendar.day(part.until)
    number = 0
    while at >= date.fromisoformat(part.since):
        value = middle + part.spread * math.sin(number * 0.7) * math.cos(number * 0.13)
        yield at, f"{value:.{digits}f}"
        at -= timedelta(days=distance)
        number += 1


def _quarters(told: Monitoring, calendar: Calendar) -> list[date]:
    """Return the ends of quarters from the first on that lie before the day of opening."""
    found, day = [], date.fromisoformat(told.first)
    while day < calendar.opening:
        found.append(day)
        day = _month_end(day + timedelta(days=80))
    return found


def _month_end(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)
