"""Figures in words, for whoever cannot see them (ISO 14289-1, 7.3)."""

from mlops_desktop.dossier.content import Flowchart, Interval, Missing, Point, Series
from mlops_desktop.dossier.language import Language

_LIMITS = ("warning", "intervention")


def describe_series(series: Series, language: Language) -> str:
    """Return what the chart of a metric shows: how many values, from which to which."""
    measured = [point for point in series.points if not isinstance(point.value, Missing)]
    parts = [language.say("figure.series", metric=series.metric)]
    if measured:
        count = language.count("figure.values", len(measured))
        unit = series.measured_in
        first, last = (_said(measured[at], unit, language) for at in (0, -1))
        parts.append(language.say("figure.span", count=count, first=first, last=last))
    for name in _LIMITS:
        limit: str | None = getattr(series, name)
        if limit is not None:
            parts.append(
                language.say(f"figure.{name}", value=language.measured(limit, series.measured_in))
            )
    for one in series.served:
        day = language.day(one.at.date())
        parts.append(language.say("figure.served", day=day, version=one.version))
    return " ".join(parts)


def _said(point: Point, unit: str, language: Language) -> str:
    where = point.version or (language.day(point.at.date()) if point.at else "")
    value = language.text(point.value)
    shown = value if isinstance(point.value, Missing) else language.measured(value, unit)
    return language.say("figure.value_at", value=shown, where=where) if where else shown


def describe_interval(interval: Interval, language: Language) -> str:
    """Return what the figure of an experiment shows: the difference and its bounds."""
    return language.say(
        "figure.interval",
        name=interval.name,
        value=language.decimal(interval.value),
        lower=language.decimal(interval.lower),
        upper=language.decimal(interval.upper),
        needed=language.decimal(interval.needed),
    )


def describe_flowchart(chart: Flowchart, language: Language) -> str:
    """Return what leads to what, by name."""
    names = {station.key: station.name for station in chart.stations}
    flows = [
        language.say("figure.flow", source=names[source], target=names[target])
        for source, target in chart.flows
        if source in names and target in names
    ]
    lead = language.count("figure.flowchart", len(chart.stations))
    return " ".join((lead, *flows))
