"""A window on three models and a candidate."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.lifecycle import Move
from mlops_desktop.services import models
from mlops_desktop.ui.pages.models.page import ModelsPage
from tests.services.steps import add_version, register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk
from tests.ui.pages.models.acts import find_candidate


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Three models and a candidate."""
    key = register(file_bank)
    add_version(file_bank, key)
    register(file_bank, name="Antragsscore", tier="2", next_review="2024-01-31")
    retired = register(file_bank, name="Altes Regelwerk", tier="3")
    models.move_model(file_bank.session, retired, Move.RETIRE, reason="Abgelöst")
    find_candidate(file_bank, "limit-optimizer-rl")
    return open_desk(make_window, file_bank, qtbot)


@pytest.fixture
def page(desk: Desk) -> ModelsPage:
    """The page, with its first model chosen."""
    found = desk.models()
    found.list.view.selectRow(0)
    desk.settle()
    return found
