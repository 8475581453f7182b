"""Which thread asks the database: the window's own must wait for no answer."""

from threading import current_thread, main_thread

import pytest

from mlops_desktop.store.workspace import Workspace


def watch_reads(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that grows with every reading: whether the window's thread asked."""
    asked: list[bool] = []
    read = Workspace.read

    def watched(workspace: Workspace) -> object:
        asked.append(current_thread() is main_thread())
        return read(workspace)

    monkeypatch.setattr(Workspace, "read", watched)
    return asked
