"""Measured values and thresholds as cells of a dossier."""

from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.dossier.content import Cell, Kind, Missing, Reason, Value
from mlops_desktop.dossier.language import is_figure
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.monitoring.rows import MetricRow


def name_of(row: MetricRow) -> str:
    """Return what a metric is called, with its segment."""
    return f"{row.metric} ({row.segment})" if row.segment else row.metric


def value_cell(text: str | None, unit: str = "") -> Cell:
    """Return a figure and its unit; what is no figure was not measured."""
    if text is None or not is_figure(text):
        return Missing(Reason.NOT_MEASURED)
    return _figure(text, unit)


def _figure(text: str, unit: str) -> tuple[Value, ...]:
    figure = Value(Kind.EXACT, text)
    return (figure, Value(Kind.TEXT, unit)) if unit else (figure,)


def bounds_cells(bounds: Bounds | None, unit: str = "") -> tuple[Cell, Cell]:
    """Return the warning and the intervention threshold; of a band both ends and their sides."""
    if bounds is None:
        return cells.NONE, cells.NONE
    if bounds.side is Side.BAND:
        warning = *_end("below", bounds.warning, unit), *_end("above", bounds.warning_high, unit)
        low, high = bounds.intervention, bounds.intervention_high
        intervention = *_end("below", low, unit), *_end("above", high, unit)
        return warning or cells.NONE, intervention or cells.NONE
    single = (bounds.warning, bounds.intervention)
    first, second = (_figure(text, unit) if text is not None else cells.NONE for text in single)
    return first, second


def _end(side: str, text: str | None, unit: str) -> tuple[Value, ...]:
    return (Value(Kind.CODE, f"bound.{side}"), *_figure(text, unit)) if text is not None else ()
