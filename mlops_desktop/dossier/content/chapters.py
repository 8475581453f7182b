"""Chapters of governance: named parts of fields and grids, all printed in the same way.

A noun adds its chapter by a file in ``services/dossiers/chapters``; names are terms of the
dossier's words (``section.<chapter>``, ``part.<part>``, ``column.<column>``).
"""

from dataclasses import dataclass
from typing import TypeAlias

from mlops_desktop.dossier.content.history import Series
from mlops_desktop.dossier.content.values import Field, Missing, Value

Cell: TypeAlias = tuple[Value, ...] | Missing


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under named columns; every row has a cell for each column. No rows: there is none."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Station:
    """A place in a flowchart: what it is (a code), its name, a line below; bad ones are marked."""

    key: str
    kind: str
    name: str
    under: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Flowchart:
    """Stations and which of them lead to which, by their keys; laid out where it is drawn."""

    stations: tuple[Station, ...]
    flows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured difference with its bounds and the line it had to cross, as decimal texts.

    ``direction`` is ``at_least`` or ``at_most``: the side of ``needed`` on which it is better.
    """

    name: str
    value: str
    lower: str
    upper: str
    needed: str
    direction: str
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, in the order of the kinds it is cut by."""

    label: Value
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts as bars, each cut by the same kinds (codes)."""

    name: str
    kinds: tuple[str, ...]
    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a chapter under a heading: a term, or the thing's own ``label``; "" has none.

    What is called otherwise in each language brings its label in English and, on the next line,
    in German.
    """

    name: str
    label: str | None = None
    fields: tuple[Field, ...] = ()
    grid: Grid | None = None
    flowchart: Flowchart | None = None
    charts: tuple[Series, ...] = ()
    intervals: tuple[Interval, ...] = ()
    bars: tuple[Bars, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Everything a dossier says under one heading, or why it says nothing."""

    name: str
    parts: tuple[Part, ...] | Missing
