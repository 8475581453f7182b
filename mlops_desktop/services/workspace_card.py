"""The open workspace as a thing: where it lies, how large it is, who keeps its key."""

import os
from dataclasses import dataclass
from pathlib import Path

from mlops_desktop.outside import secrets, workspace_key
from mlops_desktop.outside.workspace_key import KeyPlace
from mlops_desktop.services.session import Session
from mlops_desktop.store import engine as engines
from mlops_desktop.store.drives import network_kind
from mlops_desktop.store.synced_folders import synced_by

__all__ = ["KeyPlace"]


@dataclass(frozen=True, slots=True)
class WorkspaceCard:
    """What is to be known of a workspace; ``size`` is None on a server.

    ``wrapped`` is the file that holds its key under a passphrase, None where there is none.
    ``synced`` names the service that copies the folder it lies in.
    """

    name: str
    id: str
    place: str
    is_team: bool
    size: int | None
    events: int
    keys: frozenset[KeyPlace]
    wrapped: Path | None
    synced: str | None = None


def show_workspace(session: Session) -> WorkspaceCard:
    """Return the card of the open workspace; nothing is asked for."""
    workspace = session.workspace
    with workspace.read() as view:
        events = view.head().size
    is_team = engines.is_team(workspace.place)
    keys = workspace_key.places(workspace.own_id)
    return WorkspaceCard(
        workspace.name,
        workspace.id,
        _shown(session),
        is_team,
        None if is_team else _size(Path(workspace.place)),
        events,
        keys,
        workspace_key.wrapped_path(workspace.own_id) if KeyPlace.FILE in keys else None,
        None if is_team else synced_by(Path(workspace.place).resolve().parent),
    )


def _shown(session: Session) -> str:
    workspace = session.workspace
    if engines.is_team(workspace.place):
        return workspace.engine.url.set(drivername="postgresql").render_as_string()
    return str(Path(workspace.place).resolve())


def _size(path: Path) -> int:
    beside = (path.with_name(path.name + ending) for ending in ("", "-wal"))
    return sum(one.stat().st_size for one in beside if one.exists())


def keep_key(session: Session, passphrase: str, old: str | None = None) -> Path:
    """Keep the workspace's key in a file under a passphrase as well, for a lost keyring.

    ``old`` is the passphrase it opens with where only such a file holds it. Return the file.
    Raises ``passphrase.too_short``, ``passphrase.wrong``, ``workspace_key.…``, ``file.…``.
    """
    id = session.workspace.own_id
    key = workspace_key.workspace_key(id, None if old is None else lambda: old)
    workspace_key.wrap_workspace_key(id, key, passphrase)
    return workspace_key.wrapped_path(id)


@dataclass(frozen=True, slots=True)
class PlaceWarning:
    """What is doubtful about a folder for a workspace: ``network`` or ``synced``, and by what."""

    code: str
    what: str


def doubt_place(place: str) -> PlaceWarning | None:
    """Return what speaks against a new workspace file at ``place``; None where nothing does."""
    folder = Path(place).expanduser().parent
    if (kind := network_kind(folder)) is not None:
        return PlaceWarning("network", kind)
    service = synced_by(folder.resolve())
    return PlaceWarning("synced", service) if service is not None else None


def key_keeping() -> KeyPlace:
    """Return where the key of a new workspace will be kept: a file where nothing else can."""
    if os.environ.get(workspace_key.VARIABLE):
        return KeyPlace.ENVIRONMENT
    return KeyPlace.KEYRING if secrets.is_available() else KeyPlace.FILE
