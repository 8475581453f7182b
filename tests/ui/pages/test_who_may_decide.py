"""The table of who may decide, by way of the window: what is offered, and what is refused."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mlops_desktop.core.standing import Status
from mlops_desktop.outside import person_keys
from mlops_desktop.services import approvals
from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from tests.services.barred import ACTORS, Actor, Stage, set_stage
from tests.support.bank import Prepared
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, open_desk, type_in

LET_THROUGH = "let through"


@pytest.fixture(scope="module")
def stage(prepared_file: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with set_stage(prepared_file, tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture
def desk(stage: Stage, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    return open_desk(make_window, stage.bank, qtbot)


def choose(desk: Desk, page: ApprovalsPage, key: str) -> None:
    lines = [page.list.model.line(at) for at in range(page.list.count())]
    rows = [at for at, line in enumerate(lines) if line is not None and line.row.key == key]
    page.list.view.selectRow(rows[0])
    desk.settle()


def by_window(stage: Stage, desk: Desk, actor: Actor, key: str) -> str:
    """Try to approve as a person would; what is not offered cannot be tried."""
    desk.act_as(actor.name)
    page = desk.approvals()
    choose(desk, page, key)
    if not desk.can("approval.approve"):
        return "closed"
    before = len(approvals.show_request(stage.bank.session, key).decisions)
    dialog = desk.do("approval.approve")
    boxes = [box for box in dialog.findChildren(QComboBox) if box.count()]
    if actor.behalf is not None:
        if not boxes or boxes[0].findText(actor.behalf) < 0:
            close(dialog)
            return "not offered"
        boxes[0].setCurrentText(actor.behalf)
    type_in(dialog, "Passphrase of your key", "geraten und falsch")
    desk.send(dialog)
    close(dialog)
    person_keys.release(stage.bank.session.workspace.id, stage.bank.ids[actor.name])
    after = approvals.show_request(stage.bank.session, key).decisions[before:]
    return after[0].refused_by or "" if after else LET_THROUGH


def expected(actor: Actor, state: Status) -> str:
    if state is not Status.OPEN:
        return "closed"
    if actor.rule is None:
        return LET_THROUGH
    return actor.rule if actor.behalf is None else "not offered"


@pytest.mark.parametrize("state", Status)
def test_the_window_lets_through_whom_the_rules_let_through(
    stage: Stage, desk: Desk, state: Status
) -> None:
    key = stage.requests[state]
    for actor in ACTORS:
        assert by_window(stage, desk, actor, key) == expected(actor, state), actor
