"""Metrics: a chart of the first series, a table of all."""

from collections.abc import Iterator, Sequence

from mlops_desktop.dossier.content import Axis, Missing, Point, Series
from mlops_desktop.dossier.language import is_figure
from mlops_desktop.dossier.pages.sheet import Sheet, Story, side_by_side
from mlops_desktop.dossier.typeset.chart import chart_rows
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import SMALL, Align
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Band, Column, Row, Table

#: A reader compares a handful of charts; the table has every series.
MOST_CHARTS = 8
#: One point says nothing as a line.
_FEWEST_POINTS = 2


def build(sheet: Sheet) -> Story:
    """Return charts and table."""
    series = sheet.facts.series
    if isinstance(series, Missing):
        return [sheet.gap(series)]
    story: Story = [sheet.lead("metrics.lead")]
    drawn = [line for line in series if _measured(line) >= _FEWEST_POINTS][:MOST_CHARTS]
    if drawn:
        story += [*chart_rows(drawn, sheet.language), _caption(sheet, len(drawn), len(series))]
    heading = Heading(sheet.say("metrics.table"), 1, "metrics-table", outline=False)
    return [*story, heading, _table(sheet, series), sheet.note("metrics.rounding")]


def _measured(series: Series) -> int:
    return sum(
        not isinstance(point.value, Missing) and is_figure(point.value) for point in series.points
    )


def _caption(sheet: Sheet, drawn: int, total: int) -> Text:
    write = sheet.language.integer
    said = sheet.say("metrics.caption", drawn=write(drawn), total=write(total))
    return Text(said, SMALL, before=2, after=8)


def _table(sheet: Sheet, series: Sequence[Series]) -> Table:
    position, value = sheet.say("metrics.position"), sheet.say("column.value")
    columns = (
        Column(position, 0.28, CELL),
        Column(value, 0.22, STRONG, Align.RIGHT),
        Column(position, 0.28, CELL),
        Column(value, 0.22, STRONG, Align.RIGHT),
    )
    return Table(columns, [row for line in series for row in _rows(sheet, line)])


def _rows(sheet: Sheet, series: Series) -> Iterator[Row]:
    yield Band(_band(sheet, series))
    cells = [_cell(sheet, series, point) for point in series.points]
    yield from side_by_side(cells, 2)


def _band(sheet: Sheet, series: Series) -> str:
    language = sheet.language
    if series.warning is None and series.intervention is None:
        return series.metric
    none = sheet.say("metrics.no_threshold")
    warning, intervention = (
        none if text is None else language.decimal(text)
        for text in (series.warning, series.intervention)
    )
    return sheet.say(
        "metrics.band", metric=series.metric, warning=warning, intervention=intervention
    )


def _cell(sheet: Sheet, series: Series, point: Point) -> tuple[str, str]:
    language = sheet.language
    value = point.value
    shown = language.missing(value) if isinstance(value, Missing) else language.decimal(value)
    return where(sheet, series.axis, point), shown


def where(sheet: Sheet, axis: Axis, point: Point) -> str:
    """Return the version or time of a point, both where both are known."""
    version = None
    if point.version is not None:
        version = sheet.say("metrics.at_version", version=point.version)
    day = sheet.language.day(point.at.date()) if point.at else None
    order = (version, day) if axis is Axis.VERSION else (day, version)
    first, *second = [part for part in order if part] or [""]
    return sheet.say("metrics.at_both", first=first, second=second[0]) if second else first
