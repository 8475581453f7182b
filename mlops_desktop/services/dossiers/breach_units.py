"""Breaches recorded before figures had units: the unit is that of the metric, where it has one."""

import re
from dataclasses import replace

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.breaches import BreachDetails
from mlops_desktop.services.items import ItemSheet
from mlops_desktop.services.monitoring.reading import read_metrics
from mlops_desktop.store.unit_of_work import ReadSession

_BARE = re.compile(r"(.*? -?\d+(?:\.\d+)?)( [<>≤≥] -?[\d.]+| ∉ \S+ … \S+)?")
"""A title as the program wrote it then: value and threshold without a unit."""


def with_unit(view: ReadSession, model: str, sheet: ItemSheet, as_of: AsOf) -> ItemSheet:
    """Return a breach with the unit of its metric in its title and its figures, if it had none."""
    details = sheet.state.details
    if not isinstance(details, BreachDetails) or details.unit or details.value is None:
        return sheet
    unit = _unit_of(view, model, details, as_of)
    if not unit:
        return sheet
    told = replace(sheet.state, details=replace(details, unit=unit))
    return replace(sheet, state=told, row=replace(sheet.row, title=titled(sheet.row.title, unit)))


def _unit_of(view: ReadSession, model: str, details: BreachDetails, as_of: AsOf) -> str:
    units = {
        (row.segment or None) == details.segment: row.unit
        for row in read_metrics(view, model, as_of)
        if row.metric == details.metric and row.unit
    }
    return units.get(True, units.get(False, ""))


def titled(title: str, unit: str) -> str:
    """Return a title that the program wrote without units with them."""
    found = _BARE.fullmatch(title)
    if found is None:
        return title
    return f"{found[1]} {unit}" + (f"{found[2]} {unit}" if found[2] else "")
