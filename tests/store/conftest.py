"""A workspace on both databases, its heads signed by an enrolled device as in real life."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings

from mlops_desktop.core import clock
from mlops_desktop.core.events.people import DeviceEnrolled, WorkspaceCreated
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Actor
from mlops_desktop.ledger import checkpoint
from mlops_desktop.ledger.checkpoint import Checkpoint
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store import engine as engines
from mlops_desktop.store import workspace as workspaces
from mlops_desktop.store.unit_of_work import SignHead
from mlops_desktop.store.workspace import Workspace
from tests.store.sample import HISTORY

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ACTOR = Actor("feddersen", "desk")
START = datetime(2026, 1, 15, 8, tzinfo=UTC)


class Ticking:
    """A clock that goes on by a second at each reading, so that every run has the same times."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class Desk:
    """An open workspace with all that is needed to open it again."""

    workspace: Workspace
    place: str
    key: bytes
    device: Ed25519PrivateKey

    def record(self, *events: Event, effective: datetime | None = None) -> None:
        """Record events in one session."""
        with self.workspace.write(ACTOR) as work:
            for event in events:
                work.record(event, effective=effective)

    @contextmanager
    def opened_again(self) -> Iterator["Desk"]:
        """Open the same workspace once more, as another program would."""
        engine = workspaces.open_engine(self.place, lambda _: self.key)
        found = workspaces.load(self.place, engine)
        try:
            yield replace(self, workspace=with_device(found, self.device))
        finally:
            found.close()


def head_signer(origin: str, device: Ed25519PrivateKey) -> SignHead:
    """Return what signs a workspace's heads with a device key."""

    def sign(frontier: Frontier) -> str:
        head = Checkpoint(origin, frontier.size, frontier.root())
        return checkpoint.sign(head, origin, device)

    return sign


def with_device(found: Workspace, device: Ed25519PrivateKey) -> Workspace:
    return replace(found, sign_head=head_signer(found.origin, device))


def create(place: str) -> Desk:
    """Make a workspace with the two events every real one begins with."""
    id, key, device = new_id(), secrets.token_bytes(32), Ed25519PrivateKey.generate()
    is_team = engines.is_team(place)
    engine = engines.open_team(place) if is_team else engines.open_file(Path(place), key, id)
    made = workspaces.create(place, id, "Elbmark Bank AG", f"mlops-desktop/{id}", engine)
    desk = Desk(with_device(made, device), place, key, device)
    public = device.public_key().public_bytes_raw().hex()
    desk.record(
        WorkspaceCreated(made.name, made.origin, "PEM"),
        DeviceEnrolled(ACTOR.device, ACTOR.person, public),
    )
    return desk


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
    name = f"filled_{new_id().replace('-', '')}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield server.replace("/postgres?", f"/{name}?").replace(":@/", "@/")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def altering(desk: Desk) -> Iterator[sa.Connection]:
    """A connection that writes what it likes, and all of it undone afterwards."""
    with desk.workspace.engine.connect().execution_options(**{engines.WRITES: True}) as connection:
        yield connection
        connection.rollback()


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
