"""A window on the ledger of a bank with one model."""

import pytest
from pytestqt.qtbot import QtBot

from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk
from tests.ui.pages.ledger.acts import open_desk


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """A window on a bank with one model."""
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot)
