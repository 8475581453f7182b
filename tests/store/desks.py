"""A workspace and all that is needed to open it again, its heads signed as in real life."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.events.people import DeviceEnrolled, WorkspaceCreated
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Actor
from mlops_desktop.ledger import checkpoint
from mlops_desktop.ledger.checkpoint import Checkpoint
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store import engine as engines
from mlops_desktop.store import workspace as workspaces
from mlops_desktop.store.signing import SignHead
from mlops_desktop.store.workspace import Workspace

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
    try:
        made = workspaces.create(place, id, "Elbmark Bank AG", f"mlops-desktop/{id}", engine)
    except BaseException:
        engine.dispose()
        raise
    desk = Desk(with_device(made, device), place, key, device)
    public = device.public_key().public_bytes_raw().hex()
    desk.record(
        WorkspaceCreated(made.name, made.origin, "PEM"),
        DeviceEnrolled(ACTOR.device, ACTOR.person, public),
    )
    return desk


@contextmanager
def altering(desk: Desk) -> Iterator[sa.Connection]:
    """A connection that writes what it likes, and all of it undone afterwards."""
    with desk.workspace.engine.connect().execution_options(**{engines.WRITES: True}) as connection:
        yield connection
        connection.rollback()
