"""A copy goes back with a workspace that was restored: offered where it is told, then asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.services import models
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.care.restores import Asks, Restoring, restore_workspace
from mlops_desktop.services.copies import Wanted, take, write_update
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.services.session import Session
from mlops_desktop.services.workspaces import open_workspace
from mlops_desktop.store.copies import must_read
from mlops_desktop.ui.pages.ledger import PAGE as LEDGER
from mlops_desktop.ui.pages.sharing import PAGE
from mlops_desktop.ui.pages.sharing.going_back import GoBackForm
from mlops_desktop.ui.pages.sharing.sticks import AnswerForm
from tests.support.bank import PASSPHRASE, Bank
from tests.ui.conftest import MakeWindow, button
from tests.ui.pages.desk import Desk, is_open, open_desk, texts
from tests.ui.pages.test_sharing import SECRET, page_of, use

_COPY = "train.mlops"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    models.register_model(file_bank.session, {"name": "PD Mittelstand"})
    return open_desk(make_window, file_bank, qtbot, PAGE, LEDGER)


def restore(desk: Desk, folder: Path) -> tuple[Session, Session]:
    """Put the shared workspace back to before a copy was taken; return both, opened."""
    backup = make_backup(desk.bank.session, folder / "backup.mlops").path
    models.register_model(desk.bank.session, {"name": "LGD Leasing"})
    take(desk.bank.session, Wanted(folder / _COPY, key_passphrase=SECRET))
    desk.window.context.use_session(None)
    desk.settle()
    desk.bank.session.workspace.close()
    wanted = Restoring(backup, desk.bank.place, "Server verloren", is_replacing=True)
    restore_workspace(wanted, Asks(lambda: PASSPHRASE))
    team = replace(open_workspace(desk.bank.place), actor=desk.bank.session.actor)
    return team, use(desk, folder / _COPY)


def test_it_is_offered_where_the_restore_is_told_and_done_once_it_is_meant(
    desk: Desk, tmp_path: Path
) -> None:
    team, copy = restore(desk, tmp_path)
    page = page_of(desk)
    desk.window.context.actions.run("sharing.pull")
    desk.settle()
    assert "1 event that this copy knows is no longer in it" in texts(page.bar)
    button(page.bar, "Go back with it…").click()
    desk.settle()
    form = desk.dialog()
    assert isinstance(form, GoBackForm)
    assert "keeps this file aside as it is" in texts(form)
    assert page.heading() == "0 not yet shared, 0 to settle", "nothing is done yet"
    desk.send(form)
    assert not is_open(form)
    assert page.heading() == "1 not yet shared, 0 to settle", "what was lost is sent again"
    assert len(models.list_models(copy, ModelFilter())) == 2
    assert not page.bar.isVisible()
    assert len(list(tmp_path.glob("train*.mlops"))) == 2, "the file is kept as it was"
    for session in (copy, team):
        session.workspace.close()


def test_an_answer_on_a_stick_goes_back_too(desk: Desk, tmp_path: Path) -> None:
    team, copy = restore(desk, tmp_path)
    answer = tmp_path / "back.mlops-answer"
    with copy.workspace.read() as view:
        write_update(team, must_read(view.connection).shared.size - 1, answer, SECRET)
    page_of(desk).take_files((answer,))
    desk.settle()
    given = desk.dialog()
    assert isinstance(given, AnswerForm)
    given.secret.setText(SECRET)
    desk.send(given)
    button(given.bar, "Go back with it…").click()
    desk.settle()
    (form,) = given.findChildren(GoBackForm)
    desk.send(form)
    assert page_of(desk).heading() == "1 not yet shared, 0 to settle"
    assert not is_open(given)
    for session in (copy, team):
        session.workspace.close()
