"""Metrics as lists show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mlops_desktop.core.events.series import SeriesKind
from mlops_desktop.core.events.thresholds import Bounds, Level
from mlops_desktop.core.monitoring import MetricState


@dataclass(frozen=True, slots=True)
class GoalStand:
    """A use's business goal that a series measures, and what its last value comes to."""

    number: str
    kpi: str
    bounds: Bounds
    level: Level | None


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric of a model as lists show it; ``series`` is "" where nothing measures it.

    ``since`` is from when ``state`` holds, None where nobody knows. ``bounds`` are those in
    force, ``source_*`` what the source itself says of its last value.
    """

    key: str
    model: str
    model_name: str
    metric: str
    segment: str
    state: MetricState
    since: datetime | None
    series: str = ""
    source: str = ""
    kind: SeriesKind | None = None
    unit: str = ""
    environment: str = ""
    version: str = ""
    application: str = ""
    value: str | None = None
    at: datetime | None = None
    interval: timedelta | None = None
    bounds: Bounds | None = None
    bounds_since: datetime | None = None
    goal: GoalStand | None = None
    source_warning: str = ""
    source_intervention: str = ""
    source_verdict: str = ""

    @property
    def id(self) -> str:
        """What tells this row from all others."""
        return f"{self.key}/{self.series or self.metric}"
