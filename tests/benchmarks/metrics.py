"""The list of metrics over 500 models with three series each, one in twenty out of its bounds.

The floor reads the rows that all metrics are made of by the driver. What needs attention is found
by the last evaluations first; the whole is read only where the whole is asked for.
"""

from array import array
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import sqlalchemy as sa

from mlops_desktop.core.events.series import SeriesDetails, SeriesKind, SeriesObserved
from mlops_desktop.core.events.thresholds import Bounds, Side, ThresholdSet
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.monitoring.reading import list_attention, list_metrics
from mlops_desktop.services.session import Session
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.points import record_points
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.store import sql
from mlops_desktop.store.tables.projected import models
from mlops_desktop.store.unit_of_work import WriteSession
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS, _ROUNDS = 500, 3
_METRICS = ("psi", "gini", "missing")
_SEEN = Sighting("cc" * 32, datetime(2026, 1, 1, 6, tzinfo=UTC))
_PLAIN = (
    "SELECT id, number, name, state, owner_name, tier FROM models",
    "SELECT id, source, models, record FROM observed WHERE kind = 'series'",
    "SELECT series, content FROM series_chunks",
    "SELECT series, against, record FROM evaluations",
)


def measure() -> list[Line]:
    """List everything, and what needs attention."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        fill(session, _MODELS)
        _tell(session)
        spent = interleave(_works(session), _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _tell(session: Session) -> None:
    bounds = Bounds(Side.ABOVE, "0.1", "0.25")
    now = int(datetime.now(UTC).timestamp() * 1000)
    times = array("q", range(now - 20 * 86_400_000, now, 86_400_000))
    with session.workspace.write(session.actor) as work:
        keys = work.connection.execute(sa.select(models.c.id)).scalars().all()
        points = []
        for at, model in enumerate(keys):
            work.record(ThresholdSet(new_id(), model, "psi", bounds))
            for metric in _METRICS:
                value = 0.3 if metric == "psi" and at % 20 == 0 else 0.05
                points.append(_series(work, model, metric, value, times))
        record_points(Ledgering(work), "monitor", points)


def _series(
    work: WriteSession, model: str, metric: str, value: float, times: "array[int]"
) -> tuple[str, ObservedPoints]:
    thing, name = new_id(), f"{model}/{metric}"
    details = SeriesDetails(
        name=name, metric=metric, kind=SeriesKind.STABILITY, environment="production",
        interval=86_400,
    )  # fmt: skip
    work.record(SeriesObserved(thing, "monitor", name, (model,), details, _SEEN))
    return thing, ObservedPoints(name, details, times, array("d", [value] * len(times)))


def _works(session: Session) -> dict[str, Callable[[], object]]:
    return {
        "floor": partial(_plainly, session),
        "attention": partial(list_attention, session),
        "all": partial(list_metrics, session),
        "one": partial(list_metrics, session, "M-00042"),
    }


def _plainly(session: Session) -> None:
    with session.workspace.read() as view:
        for text in _PLAIN:
            sql.fetch(view.connection, text)


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    floor = spent["floor"]
    for name, what, limit, goal in (
        ("attention", f"out of bounds among {3 * _MODELS:,} metrics", 7.0, 3.5),
        ("all", "every metric", 56.0, 28.0),
        ("one", "the metrics of one model", 3.0, 1.5),
    ):
        one = spent[name]
        told = f"{milliseconds(one.processor)} against {milliseconds(floor.processor)}"
        yield Line(what, told, one.processor / floor.processor, limit, goal)
