"""A threshold set, set anew and ended, and values held against it."""

from datetime import UTC, datetime

from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.thresholds import (
    Bounds,
    Evaluation,
    Level,
    SeriesEvaluated,
    Side,
    ThresholdEnded,
    ThresholdSet,
)

_AT = datetime(2026, 3, 31, 6, 0, tzinfo=UTC)
_WHY = commit("Validierung 2025, Abschnitt 4.2", b"0123456789abcdef")
_PSI = Bounds(Side.ABOVE, "0.1", "0.25", unit="1", interval_days=92)
_BAND = Bounds(Side.BAND, "0.85", "0.75", "1.15", "1.25")

MONITORING: tuple[Event, ...] = (
    ThresholdSet("t1", "m1", "PSI", _PSI, "channel=broker", _WHY),
    ThresholdSet("t2", "m1", "PD ratio", _BAND),
    ThresholdSet("t1", "m1", "PSI", Bounds(Side.ABOVE, "0.2"), "channel=broker"),
    ThresholdEnded("t2", "m1", "PD ratio", None, _WHY),
    SeriesEvaluated(
        (
            Evaluation("series-1", "m1", _AT, "0.27", Level.RED, _PSI, _AT, "t1"),
            Evaluation("series-1", "m1", _AT, "0.27", Level.GREEN, _BAND, _AT, goal="use_case-1"),
        ),
        "b1",
    ),
)
