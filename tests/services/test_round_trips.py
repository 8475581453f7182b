"""How often a team's server is asked: every question lies under the lock that others wait for.

Counted in the driver's own trace of the protocol, which tells each time the server was done.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mlops_desktop.core.work import unheard
from mlops_desktop.services import imports, models, sources
from mlops_desktop.services.imports import Source, Wishes
from mlops_desktop.services.session import Session
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from tests.benchmarks.registry import BigRegistry, make_registry, open_reader
from tests.support.register import dirty_register
from tests.support.team import MEMBER, Team


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
    assert many < few + 40  # the texts of a model that is edited are opened by themselves


def test_an_edit_asks_fifteen_times_at_most(team: Team, tmp_path: Path) -> None:
    with team.session(MEMBER) as session:
        key = models.register_model(session, {"name": "PD Mittelstand", "tier": "3"}).id
        act = partial(models.edit_model, session, key, {"methodology": "logit"})
        assert spent(session, tmp_path, act) <= 15
