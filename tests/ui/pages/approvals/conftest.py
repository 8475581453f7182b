"""A window on a request that waits for two signatures."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from tests.services.steps import ask
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.approvals.acts import OpenPage
from tests.ui.pages.desk import Desk, open_desk


@pytest.fixture
def request_key(file_bank: Bank) -> str:
    """A request of the owner's: the founder, the validator and compliance may decide it."""
    return ask(file_bank)


@pytest.fixture
def desk(file_bank: Bank, request_key: str, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    return open_desk(make_window, file_bank, qtbot)


@pytest.fixture
def as_(desk: Desk) -> OpenPage:
    """Act as a person, on the page, with the first request chosen."""

    def act(name: str) -> ApprovalsPage:
        desk.act_as(name)
        page = desk.approvals()
        page.list.view.selectRow(0)
        desk.settle()
        return page

    return act
