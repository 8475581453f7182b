"""A register with a paper past in the window: looked at, taken over, confirmed many at once."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services import confirmations, models
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.ui.pages.approvals.papers import PapersDialog
from mlops_desktop.ui.pages.approvals.requests import GROUPS
from tests.support.bank import PASSPHRASE, Bank
from tests.support.paper_register import PaperRegister, paper_register
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, is_open, open_desk, texts, type_in
from tests.ui.pages.models.test_intake import drop, press

SECOND = "Jonas Brandt"


@pytest.fixture
def register(tmp_path: Path) -> PaperRegister:
    return paper_register(tmp_path / "Nachweise", 24)


@pytest.fixture
def desk(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, register: PaperRegister, tmp_path: Path
) -> Desk:
    """The register dropped onto the page Models and taken over."""
    desk = open_desk(make_window, file_bank, qtbot)
    file = tmp_path / "Register.csv"
    file.write_bytes(register.content)
    page = desk.models()
    drop(desk, page, file)
    assert not page.intake.take.isEnabled()  # the evidence lies elsewhere
    assert page.intake.folder.isVisible()
    page.intake.look_in(register.folder)
    desk.settle()
    told = texts(page.intake)
    assert "papers for a second person" in told
    assert "2 models without evidence" in told
    press(desk, page)
    assert page.list.isVisible()
    return desk


def papers(desk: Desk, act: str) -> PapersDialog:
    dialog = desk.do(f"approval.{act}_many")
    assert isinstance(dialog, PapersDialog)
    desk.settle()
    return dialog


def shown(desk: Desk) -> dict[str, Approval]:
    every = ModelFilter(scope=Scope.ALL)
    return {row.name: row.approval for row in models.list_models(desk.bank.session, every)}


def test_a_second_person_confirms_what_is_shown_with_one_signature(
    desk: Desk, register: PaperRegister
) -> None:
    number = len(confirmations.list_papers(desk.bank.session))
    desk.act_as(SECOND)
    page = desk.approvals()
    page.groups.setCurrentIndex(GROUPS.index("paper"))
    desk.settle()
    assert page.list.count() == number
    assert page.many.isVisible()
    dialog = papers(desk, "confirm")
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    assert f"{number} papers will be confirmed" in dialog.number.text()
    type_in(dialog, "Deciding body", "kreditausschuss")
    desk.settle()
    some = len(dialog.shown())
    assert 0 < some < number
    assert f"{some} papers" in dialog.number.text()
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog)
    left = confirmations.list_papers(desk.bank.session)
    assert len(left) == number - some
    desk.settle()
    assert page.list.count() == number  # what came from paper stays to be found
    page.list.view.selectRow(number - 1)
    desk.settle()
    assert "approved (from paper)" in texts(page.detail)
    page.detail.tabs.setCurrentIndex(1)
    desk.settle()
    assert "it was decided on paper" in texts(page.detail)
    dialog = papers(desk, "reject")
    dialog.table.selectRow(0)
    desk.settle()
    (one,) = dialog.chosen()
    assert "1 paper will be rejected" in dialog.number.text()
    type_in(dialog, "Reason", "anderes Modell")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert one.row.key not in confirmations.find_papers(desk.bank.session)
    chips = {row.approval for row in models.list_models(desk.bank.session, ModelFilter())}
    assert Approval.APPROVED in chips
    dialog = papers(desk, "confirm")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    now = shown(desk)
    del now[one.row.model_name]
    assert now == {name: said for name, said in register.shown.items() if name in now}
    assert not any(desk.can(f"approval.{act}_many") for act in ("confirm", "reject"))
    assert page.many.toolTip().startswith("No paper waits for a second person")


def test_who_recorded_them_can_sign_none_and_is_told_why(desk: Desk) -> None:
    desk.approvals()
    dialog = papers(desk, "confirm")
    assert dialog.chosen() == ()
    assert not dialog.verb.isEnabled()
    assert "not for you to sign" in dialog.number.text()
    line = dialog.table.model_of_rows.line(0)
    assert line is not None
    assert "recorded this paper" in " ".join(cell.text for cell in line.cells)
    close(dialog)
