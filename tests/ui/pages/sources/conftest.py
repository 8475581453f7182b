"""A window on a bank with one source, which is read in memory."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import Connection, Credentials, Source
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk
from tests.ui.pages.sources.acts import add, open_desk
from tests.ui.pages.sources.registry import Held


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Two models behind every address that names it."""
    made = Held()
    made.add("pd-mittelstand", 3, champion="2")
    made.add("kartenbetrug", 1)
    real = catalog.open_source

    def open_source(
        connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
    ) -> Source:
        if "registry" not in connection.url:
            return real(connection, credentials, is_cancelled)
        made.asked.append(credentials)
        made.is_cancelled = is_cancelled
        return made

    monkeypatch.setattr(catalog, "open_source", open_source)
    return made


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, registry: Held) -> Desk:
    """A window on a bank with one source, in memory."""
    add(file_bank, "reg", "http://registry")
    return open_desk(make_window, file_bank, qtbot)
