"""Workspaces on both databases, new for a test or filled once a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.outside.randomness import new_id
from tests.store.desks import Desk, Ticking, create
from tests.store.sample import HISTORY
from tests.support.postgres import new_database


@pytest.fixture(scope="module", params=["file", "team"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """The sample recorded, once a module on each database: for tests that leave it as it is."""
    with clock.reading(Ticking()), _place(request, tmp_path_factory) as place:
        desk = create(place)
        desk.record(*HISTORY)
        yield desk
        desk.workspace.close()


@contextmanager
def _place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "file":
        yield str(tmp_path_factory.mktemp("filled") / "bank.mrm")
        return
    server = request.getfixturevalue("_postgres")
    with new_database(server, f"filled_{new_id().replace('-', '')}") as url:
        yield url


@pytest.fixture
def ticking() -> Iterator[Ticking]:
    """The clock of the test."""
    source = Ticking()
    with clock.reading(source):
        yield source


@pytest.fixture
def file_desk(tmp_path: Path, ticking: Ticking) -> Iterator[Desk]:
    """A workspace in an encrypted file."""
    desk = create(str(tmp_path / "bank.mrm"))
    yield desk
    desk.workspace.close()


@pytest.fixture
def team_desk(postgres_url: str, ticking: Ticking) -> Iterator[Desk]:
    """A workspace on PostgreSQL."""
    desk = create(postgres_url)
    yield desk
    desk.workspace.close()


@pytest.fixture(params=["file", "team"])
def desk(request: pytest.FixtureRequest) -> Desk:
    """A workspace, once on each database."""
    found: Desk = request.getfixturevalue(f"{request.param}_desk")
    return found
