"""How often a team's server is asked: every question lies under the lock that others wait for.

Counted in the driver's own trace of the protocol, which tells each time the server was done.
"""

from array import array
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.series import SeriesDetails, SeriesKind, SeriesObserved
from mlops_desktop.core.events.thresholds import Bounds, Side, ThresholdSet
from mlops_desktop.core.inventory import ModelDetails, Sighting
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.work import unheard
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import feedback, imports, items, many, models, sources
from mlops_desktop.services.imports import Source, Wishes
from mlops_desktop.services.session import Session
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.points import record_points
from mlops_desktop.sources.observations import ObservedPoints
from mlops_desktop.store.queries.item_filter import ItemFilter
from tests.benchmarks.registry import BigRegistry, make_registry, open_reader
from tests.support.register import dirty_register
from tests.support.team import MEMBER, Team

PSI = SeriesDetails(name="psi", metric="psi", kind=SeriesKind.STABILITY)


@contextmanager
def counting(session: Session, folder: Path) -> Iterator[Callable[[], int]]:
    """Give what tells how often the server was done since, over every connection opened within."""
    engine, path = session.workspace.engine, folder / "trace.txt"
    with path.open("wb") as file:

        def trace(connection: Any, _: object) -> None:
            connection.pgconn.trace(file.fileno())

        engine.dispose()
        sa.event.listen(engine, "connect", trace)
        yield lambda: path.read_text(errors="replace").count("\tReadyForQuery\t")
        sa.event.remove(engine, "connect", trace)
        engine.dispose()


def spent(session: Session, folder: Path, act: Callable[[], object]) -> int:
    """Return how often the server was asked by an act on a connection that is open."""
    with counting(session, folder) as told:
        with session.workspace.read() as view:
            view.connection.execute(sa.text("SELECT 1"))
        before = told()
        act()
        return told() - before


def read_anew(session: Session, name: str, registry: BigRegistry) -> None:
    with closing(open_reader(registry)) as reader:
        sync_source(session, name, reader, unheard)


@pytest.mark.parametrize("are_known", [False, True], ids=["new", "changed"])
def test_a_reading_asks_as_often_for_many_facts_as_for_few(
    team: Team, tmp_path: Path, are_known: bool
) -> None:
    found = []
    with team.session(MEMBER) as session:
        for number in (10, 40):
            name, registry = f"registry-{number}-{are_known}", make_registry(number, 3)
            sources.add_source(session, NewSource("mlflow", name, f"http://{name}.invalid"))
            if are_known:
                read_anew(session, name, registry)
                registry.change(every=1)
            act = partial(read_anew, session, name, registry)
            found.append(spent(session, tmp_path, act))
    few, many = found
    assert few <= many <= few + 2  # events go a hundred at a time


def test_a_list_asks_hardly_more_for_four_times_the_rows(team: Team, tmp_path: Path) -> None:
    wishes, found = Wishes(adds_people=True, leaves_out_refused=True), []
    with team.session(MEMBER) as session:
        for number in (40, 160):
            source = Source(f"{number}.csv", dirty_register(number).as_csv())
            act = partial(imports.apply_import, session, source, wishes)
            found.append(spent(session, tmp_path, act))
    few, many = found
    assert many < few + 10  # the second edits forty models as well


def number_of(session: Session, kind: str) -> int:
    return items.count_items(session, ItemFilter((kind,), scope=ItemScope.ALL))


def watch_models(session: Session, number: int) -> tuple[str, ...]:
    """Register models, each with a series that is held against a threshold; return their ids."""
    seen = Sighting("cc" * 32, datetime(2026, 1, 1, tzinfo=UTC))
    bounds, keys = Bounds(Side.ABOVE, "0.1", "0.25"), tuple(new_id() for _ in range(number))
    with session.workspace.write(session.actor) as work:
        for place, model in enumerate(keys):
            name = f"psi of {model}"
            named = ModelDetails(name=model, tier=1 + place % 3, owner=session.actor.person)
            work.record(ModelRegistered(model, named))
            work.record(ThresholdSet(new_id(), model, "psi", bounds))
            work.record(SeriesObserved(model, "monitor", name, (model,), PSI, seen))
    return keys


def measure(session: Session, keys: tuple[str, ...], value: float, day: int) -> None:
    """Record a value of the series of each model, as a source tells it."""
    times, values = array("q", [day * 86_400_000]), array("d", [value])
    told = [(key, ObservedPoints(f"psi of {key}", PSI, times, values)) for key in keys]
    with session.workspace.write(session.actor) as work:
        record_points(Ledgering(work), "monitor", told)


@pytest.mark.parametrize(("before", "after"), [(0.05, 0.3), (0.3, 0.05)], ids=["worse", "better"])
def test_measurements_ask_as_often_for_many_series_as_for_few(
    team: Team, tmp_path: Path, before: float, after: float
) -> None:
    found = []
    with team.session(MEMBER) as session:
        known = number_of(session, "breach")
        for number in (5, 20):
            keys = watch_models(session, number)
            measure(session, keys, before, day=1)
            found.append(spent(session, tmp_path, partial(measure, session, keys, after, day=2)))
        assert number_of(session, "breach") == known + 25
    few, many = found
    assert few <= many <= few + 2


def test_one_field_of_many_models_is_changed_as_fast_as_of_few(team: Team, tmp_path: Path) -> None:
    found = []
    with team.session(MEMBER) as session:
        for number in (5, 20):
            keys = watch_models(session, number)
            text = f"logit {number}"
            act = partial(many.change_models, session, keys, "methodology", text)
            found.append(spent(session, tmp_path, act))
    few, many_ = found
    assert few <= many_ <= few + 2


def test_many_cases_become_a_finding_as_fast_as_few(team: Team, tmp_path: Path) -> None:
    found = []
    with team.session(MEMBER) as session:
        for number in (5, 20):
            (model,) = watch_models(session, 1)
            rows = (f"case {place};segment" for place in range(number))
            feedback.paste_cases(session, model, "\n".join(("cause;segment", *rows)))
            choice = feedback.Choice(model)
            act = partial(feedback.make_finding, session, choice, "Cases", date(2027, 1, 1))
            found.append(spent(session, tmp_path, act))
    few, many_ = found
    assert few <= many_ <= few + 2


def edited_list(number: int, tier: int) -> Source:
    rows = [f"R-{place},Model {place},{tier},purpose {tier}" for place in range(number)]
    return Source("list.csv", "\n".join(["id,name,tier,purpose", *rows]).encode())


def test_a_list_that_edits_asks_as_often_for_many_models_as_for_few(
    team: Team, tmp_path: Path
) -> None:
    found = []
    with team.session(MEMBER) as session:
        known = number_of(session, "validation")
        for number, tier in ((5, 3), (20, 2)):
            imports.apply_import(session, edited_list(number, tier), Wishes())
            # Of each the text changes, and the tier rises, which calls for a validation.
            act = partial(imports.apply_import, session, edited_list(number, tier - 1), Wishes())
            found.append(spent(session, tmp_path, act))
        assert number_of(session, "validation") == known + 20
    few, many = found
    assert few <= many <= few + 2


def test_an_edit_asks_sixteen_times_at_most(team: Team, tmp_path: Path) -> None:
    with team.session(MEMBER) as session:
        key = models.register_model(session, {"name": "PD Mittelstand", "tier": "3"}).id
        act = partial(models.edit_model, session, key, {"methodology": "logit"})
        assert spent(session, tmp_path, act) <= 16  # nobody waits meanwhile, see test_late
