"""What the status bar says of the ledger, wherever a person is."""

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.services import dossiers, ledger, workspaces
from mlops_desktop.services.dossiers import Order
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.ledger import PAGE
from tests.services.steps import register
from tests.support.bank import FOUNDER, Bank
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, texts
from tests.ui.pages.ledger.acts import bar_of, open_desk, page_of, rows, status, verify


def test_the_status_bar_speaks_before_the_page_was_ever_shown(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    register(file_bank)
    elsewhere = PageSpec("models", 1, "models", "Places", Page)
    window = make_window(pages=(elsewhere, PAGE))
    window.context.use_session(file_bank.session, "Elbmark Bank AG")
    Desk(window, file_bank, qtbot).settle()
    assert window.stage.current == "models"
    assert status(window) == "not verified yet, never anchored"


def test_the_status_bar_follows_changes_language_and_verification(desk: Desk) -> None:
    window, now = desk.window, clock.now()
    with clock.reading(lambda: now):  # a minute may end between verifying and looking
        verify(desk)
    time = window.context.language.time(now).rpartition(" ")[2]
    assert status(window) == f"verified {time}, never anchored"
    register(desk.bank, name="Kartenbetrug Echtzeit")
    window.context.announce(Changes(frozenset({("model", "x")})))
    desk.settle()
    size = ledger.read_state(desk.bank.session).size
    assert status(window) == f"{size - 1} of {size} events verified, never anchored"
    window.context.language.use("de")
    assert status(window) == f"{size - 1} von {size} Ereignissen geprüft, nie verankert"
    window.context.use_session(None)
    assert status(window) == ""


def test_an_anchor_is_counted_from(desk: Desk, tmp_path: Path) -> None:
    bank = desk.bank
    order = Order("1", tmp_path / "d.pdf")
    dossiers.export_dossier(bank.session, order, bank.unlock(FOUNDER))
    page = verify(desk)
    assert status(desk.window).endswith(", anchored today, 1 event since")
    assert "(anchored today); 1 event since." in said(page.card)


def test_a_shortened_history_is_bad_at_once(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    older = tmp_path / "older"
    file_bank.session.workspace.close()
    shutil.copy(file_bank.place, older)
    again = Bank(workspaces.open_workspace(file_bank.place), file_bank.place, file_bank.ids)
    register(again)
    again.session.workspace.close()
    shutil.copy(older, file_bank.place)
    for ending in ("-wal", "-shm"):
        Path(f"{file_bank.place}{ending}").unlink(missing_ok=True)
    cut = Bank(workspaces.open_workspace(file_bank.place), file_bank.place, file_bank.ids)
    desk = open_desk(make_window, cut, qtbot)
    assert status(desk.window).startswith("History shortened: ")
    assert bar_of(desk.window)._shape.mood == "bad"
    page = page_of(desk)
    assert "history shortened" in texts(page.card)
    assert "Do not go on working in it." in said(page.card)
    assert rows(page) != []
    assert PAGE.badge is not None
    assert PAGE.badge(desk.window.context, Progress(lambda: None)) == 1
    desk.window.context.use_session(None)
    cut.session.workspace.close()
