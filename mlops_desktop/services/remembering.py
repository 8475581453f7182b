"""The head of each commit, kept outside the workspace as long as it continues the one seen last."""

import time

from mlops_desktop.core import clock
from mlops_desktop.ledger import anchor
from mlops_desktop.ledger.anchor import LastSeen
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import transfer
from mlops_desktop.store.workspace import Workspace

_TRUSTED_SECONDS = 5.0
"""So soon after its own commit a program need not look again whether the history is the same."""


class Remembering:
    """Called after each commit of one workspace.

    Whoever puts an older database in place under an open window lets it write on; a head that
    replaced the one last seen would then hide what was lost.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._own: bytes | None = None
        self._until = 0.0

    def __call__(self, frontier: Frontier, note: str) -> None:
        """Keep the head; the one seen before stays where this history does not hold it."""
        id, root = self._workspace.own_id, frontier.root()
        seen = anchor.last_seen(id)
        if seen is not None and not self._continues(seen, frontier):
            return  # what was recorded is recorded; whoever reads the state next is told
        anchor.remember(id, note, frontier.size, root, clock.now())
        self._own, self._until = root, time.monotonic() + _TRUSTED_SECONDS

    def _continues(self, seen: LastSeen, frontier: Frontier) -> bool:
        if seen.size >= frontier.size:
            return seen.size > frontier.size or seen.root == frontier.root()
        if seen.root == self._own and time.monotonic() < self._until:
            return True
        return holds(self._workspace, seen)


def holds(workspace: Workspace, seen: LastSeen) -> bool:
    """Tell whether a workspace's history goes through a head; reads one row where it does."""
    with workspace.read() as view:
        if view.head().size < seen.size:
            return False
        return transfer.known_root(view.connection, seen.size) == seen.root
