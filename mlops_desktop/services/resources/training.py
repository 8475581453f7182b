"""What training a model used: the measurements of the machine that its runs kept (MLflow)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.outside.late import Late
from mlops_desktop.services.session import Session
from mlops_desktop.store import series
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.queries.observed import ObservedFilter, list_observed
from mlops_desktop.store.unit_of_work import ReadSession

if TYPE_CHECKING:
    import numpy as np
else:
    np = Late("numpy")

_PREFIX = "system/"
_TRAINING = "training"


@dataclass(frozen=True, slots=True)
class TrainingUse:
    """One measurement of a training run: average, peak, from when to when, how many points."""

    run: str
    run_name: str
    version: str
    metric: str
    unit: str
    average: float
    peak: float
    first: datetime
    last: datetime
    points: int
    source: str


def read_training(session: Session, model: str, as_of: AsOf = NOW) -> tuple[TrainingUse, ...]:
    """Return what the training runs of a model used, the latest run first.

    Raises ``model.not_found``.
    """
    with session.workspace.read() as view:
        return training_in(view, find_model(view.connection, model), as_of)


def training_in(view: ReadSession, model: str, as_of: AsOf = NOW) -> tuple[TrainingUse, ...]:
    """Return what the training runs of a model used, by its id, inside a read session."""
    rows = [
        (row, row.details)
        for row in list_observed(
            view.connection, ObservedFilter(("series",), model=model, as_of=as_of)
        )
        if isinstance(row.details, SeriesDetails) and _is_training(row.details)
    ]
    points = series.read_many(view.connection, [row.id for row, _ in rows], as_of=as_of)
    found = [
        one
        for row, details in rows
        if row.id in points and (one := _use(details, row.source, points[row.id])) is not None
    ]
    return tuple(sorted(found, key=lambda one: (-one.last.timestamp(), one.run, one.metric)))


def _is_training(details: SeriesDetails) -> bool:
    return details.environment == _TRAINING and (details.metric or "").startswith(_PREFIX)


def _use(details: SeriesDetails, source: str, points: Points) -> TrainingUse | None:
    kept = ~np.isnan(points.values)
    times, values = points.times[kept], points.values[kept]
    if not len(times):
        return None
    told = {pair.name: pair.value for pair in (*details.segment, *details.labels)}
    versions = {one.version for one in details.subjects if one.version}
    return TrainingUse(
        run=told.get("run", ""),
        run_name=told.get("run_name", ""),
        version=", ".join(sorted(versions)),
        metric=(details.metric or "").removeprefix(_PREFIX),
        unit=details.unit or "",
        average=float(values.mean()),
        peak=float(values.max()),
        first=datetime.fromtimestamp(int(times[0]) / 1000, UTC),
        last=datetime.fromtimestamp(int(times[-1]) / 1000, UTC),
        points=len(times),
        source=source,
    )
