"""A window with the page Rules & committees."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.rules import PAGE
from tests.services.oversight import begin
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    return open_desk(make_window, file_bank, qtbot, PAGE)


@pytest.fixture
def begun(file_bank: Bank) -> None:
    """A model with two versions that nothing was told of yet."""
    begin(file_bank)
