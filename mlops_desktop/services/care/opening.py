"""Copies of a workspace opened beside it, under its key, by nobody but this program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlops_desktop.core.work import Work
from mlops_desktop.ledger.verification import Verification
from mlops_desktop.outside import workspace_key
from mlops_desktop.services.examining import examine
from mlops_desktop.services.session import Ask
from mlops_desktop.store import engine as engines
from mlops_desktop.store import workspace as workspaces
from mlops_desktop.store.workspace import Workspace

_BESIDE = ("", "-wal", "-shm", "-journal")


def engine_for_copy(found: Workspace, path: Path, ask: Ask | None = None) -> engines.Engine:
    """Return an engine on a file that holds, or will hold, a copy of a workspace.

    A copy of a file has its key; one of a server's gets the key that this profile keeps for it.
    Raises ``workspace_key.…``.
    """
    beside = engines.open_beside(found.engine, path)
    if beside is not None:
        return beside
    return engines.open_file(path, workspace_key.workspace_key(found.id, ask), found.id)


@contextmanager
def opened(path: Path, engine: engines.Engine) -> Iterator[Workspace]:
    """Open a copy, brought up to this program's schema, and close it, one file without a log."""
    found = workspaces.load(str(path), engine)
    try:
        yield found
    finally:
        found.close()


def examine_copy(path: Path, engine: engines.Engine, work: Work) -> Verification:
    """Open a copy and check all of it; raises ``backup.unsound``, ``workspace.…``."""
    with opened(path, engine) as found, found.read() as view:
        return examine(view, work.tell)


def remove_file(path: Path) -> None:
    """Remove a database file and what SQLite keeps beside it."""
    for suffix in _BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
