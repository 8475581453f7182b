"""A window on the dossiers of a bank: none yet, or one with its file."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk
from tests.ui.pages.dossiers.acts import export, open_desk


@pytest.fixture
def empty(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """A bank with a model, of which nothing has left yet."""
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot)


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> Desk:
    """One export, its file beside the workspace."""
    register(file_bank)
    export(file_bank, tmp_path / "dossier.pdf")
    return open_desk(make_window, file_bank, qtbot)
