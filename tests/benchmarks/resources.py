"""What 2,000 models consume in ninety days, a forecast with it, against reading the points plainly.

Four series a model, one point a day for half a year, their capacities, and a cost that all of an
environment share. The floor reads the same points by the driver and unpacks them.
"""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.events.series import (
    Measure,
    Resource,
    SeriesDetails,
    SeriesKind,
    SeriesObserved,
)
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.resources.use import By
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.resources.frameworks import read_frameworks
from mlops_desktop.services.resources.outlook import read_outlook
from mlops_desktop.services.resources.reading import Wanted, read_resources
from mlops_desktop.services.session import Session
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.points import record_points
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.store import chunks, sql
from mlops_desktop.store.tables.projected import models
from mlops_desktop.store.unit_of_work import WriteSession
from mlops_desktop.ui.pages.resources.reading import wanted_of
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_MODELS, _DAYS, _ROUNDS = 2_000, 182, 3
_DAY = 86_400_000
_PLACES = ("blue", "green", "red")
_SEEN = Sighting("cc" * 32, datetime(2026, 1, 1, 6, tzinfo=UTC))
_SIDES = (
    (Resource.CPU, Measure.USED, "cores"),
    (Resource.CPU, Measure.REQUESTED, "cores"),
    (Resource.MEMORY, Measure.USED, "GiB"),
    (Resource.MEMORY, Measure.REQUESTED, "GiB"),
)
_WHOLE = (
    (Resource.CPU, Measure.CAPACITY, "cores"),
    (Resource.MEMORY, Measure.CAPACITY, "GiB"),
    (Resource.COST, Measure.USED, "EUR"),
)
_PLAIN = (
    "SELECT id, number, name, state, owner_name, tier FROM models",
    "SELECT id, source, models, record FROM observed WHERE kind = 'series'",
)


def measure() -> list[Line]:
    """Add up by model and by environment, look ahead, and list what runs out."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        fill(session, _MODELS)
        _consume(session)
        spent = interleave(_works(session), _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _consume(session: Session) -> None:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    start = int((today - timedelta(days=_DAYS)).timestamp() * 1000)
    times = array("q", range(start, start + _DAYS * _DAY, _DAY))
    with session.workspace.write(session.actor) as work:
        keys = work.connection.execute(sa.select(models.c.id)).scalars().all()
        points = []
        for at, model in enumerate(keys):
            place = _PLACES[at % len(_PLACES)]
            points += [_series(work, (model,), place, side, times) for side in _SIDES]
        points += [_series(work, (), place, side, times) for place in _PLACES for side in _WHOLE]
        record_points(Ledgering(work), "metrics", points)


def _series(
    work: WriteSession,
    about: tuple[str, ...],
    place: str,
    side: tuple[Resource, Measure, str],
    times: "array[int]",
) -> tuple[str, ObservedPoints]:
    resource, measure, unit = side
    thing, name = new_id(), f"{about} {place} {resource.value} {measure.value}"
    details = SeriesDetails(
        name=name, metric=resource.value, kind=SeriesKind.RESOURCE, unit=unit, environment=place,
    )  # fmt: skip
    details = replace(details, resource=resource, measure=measure, interval=86_400)
    work.record(SeriesObserved(thing, "metrics", name, about, details, _SEEN))
    values = array("d", (1.0 + at / 100 for at in range(len(times))))
    return thing, ObservedPoints(name, details, times, values)


def _works(session: Session) -> dict[str, Callable[[], object]]:
    quarter = wanted_of(By.MODEL, 90, NOW)
    return {
        "floor": partial(_plainly, session),
        "models": partial(read_resources, session, quarter),
        "places": partial(read_resources, session, replace(quarter, by=By.ENVIRONMENT)),
        "ahead": partial(read_outlook, session, NOW),
        "one": partial(read_resources, session, Wanted(model="M-00042")),
        "frameworks": partial(read_frameworks, session),
    }


def _plainly(session: Session) -> None:
    with session.workspace.read() as view:
        for text in _PLAIN:
            sql.fetch(view.connection, text)
        for row in sql.fetch(view.connection, "SELECT series, content FROM series_chunks"):
            chunks.decode(row[1])


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    floor = spent["floor"]
    for name, what, limit, goal in (
        ("models", f"{_MODELS:,} models, ninety days, by model", 20.0, 10.0),
        ("places", "the same by environment", 20.0, 10.0),
        ("ahead", "the forecast of every environment, half a year", 20.0, 10.0),
        ("one", "one model, thirty days, its part of shared costs", 10.0, 5.0),
        ("frameworks", "frameworks and their ends", 4.0, 2.0),
    ):
        one = spent[name]
        told = f"{milliseconds(one.processor)} against {milliseconds(floor.processor)}"
        yield Line(what, told, one.processor / floor.processor, limit, goal)
