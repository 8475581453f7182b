"""The page Ledger as a person uses it, on a real workspace that somebody may have tampered with."""

import shutil
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import dossiers, ledger, workspaces
from mlops_desktop.services.dossiers import Order
from mlops_desktop.store.engine import WRITES
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.ledger import PAGE
from mlops_desktop.ui.pages.ledger.checks import CheckLine
from mlops_desktop.ui.pages.ledger.page import LedgerPage
from mlops_desktop.ui.status import StatusBar
from mlops_desktop.ui.table import ListQuery
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.either import Either
from mlops_desktop.ui.window import Window
from tests.services.steps import register
from tests.support.bank import FOUNDER, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, find, said
from tests.ui.pages.desk import Desk, texts
from tests.ui.pages.reads import watch_reads


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """A window on a bank with one model."""
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot)


def open_desk(make_window: MakeWindow, bank: Bank, qtbot: QtBot) -> Desk:
    window = make_window(pages=(PAGE,))
    desk = Desk(window, bank, qtbot)
    window.context.use_session(bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> LedgerPage:
    return desk.go("ledger", LedgerPage)


def bar_of(window: Window) -> StatusBar:
    return find(window, StatusBar)


def status(window: Window) -> str:
    return bar_of(window)._ledger.text()


def rows(page: LedgerPage) -> list[tuple[str, ...]]:
    found = [page.list.model.line(at) for at in range(page.list.model.rowCount())]
    return [tuple(cell.text for cell in line.cells) for line in found if line is not None]


def show(desk: Desk, page: LedgerPage, text: str) -> list[tuple[str, ...]]:
    page.list.set_filter(text)
    desk.settle()
    return rows(page)


def verify(desk: Desk) -> LedgerPage:
    page = page_of(desk)
    page.verify()
    desk.settle()
    return page


def alter(bank: Bank, statement: str) -> None:
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()


def add_versions(bank: Bank, number: int) -> None:
    model = register(bank, name="Kartenbetrug Echtzeit")
    with bank.session.workspace.write(bank.session.actor) as work:
        for at in range(number):
            work.record(VersionRegistered(new_id(), model, VersionDetails(str(at))))


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
    window = desk.window
    verify(desk)
    time = window.context.language.time(clock.now()).rpartition(" ")[2]
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


def test_an_honest_workspace_passes_twelve_checks_in_words(desk: Desk) -> None:
    page = verify(desk)
    told = said(page.verdict)
    assert "The ledger is sound" in told
    assert [f"{number}. " in told for number in range(1, 13)] == [True] * 12
    assert told.count("passed") == 12
    assert "12 of 12 checks passed" in texts(page.verdict)
    assert not desk.can("ledger.show_event")
    desk.window.context.language.use("de")
    desk.settle()
    assert "Das Journal ist in Ordnung" in said(page.verdict)
    assert said(page.verdict).count("bestanden") == 12


def test_a_changed_row_is_explained(desk: Desk) -> None:
    alter(desk.bank, "UPDATE models SET tier = 4")
    page = verify(desk)
    told = said(page.verdict)
    assert "The ledger is not sound" in told
    assert "differs from what the ledger says (column tier)" in told
    assert "find out who can write to the database" in told
    assert status(desk.window) == "Verification failed: Every table says what the events say"
    assert "not sound" in texts(page.card)


def test_a_changed_event_is_named_and_shown(desk: Desk) -> None:
    add_versions(desk.bank, 3)
    newest = ledger.read_state(desk.bank.session).size - 1
    _change_body(desk.bank, newest - 1)
    page = verify(desk)
    assert status(desk.window) == f"Verification failed at event {newest - 1}"
    assert f"First at event {newest - 1}." in said(page.verdict)
    assert desk.can("ledger.show_event")
    page.show_bad_event()
    desk.settle()
    assert [row[0] for row in rows(page)] == [str(newest - 1)]


def _change_body(bank: Bank, position: int) -> None:
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        at = {"p": position}
        query = sa.text("SELECT body FROM events WHERE position = :p")
        body = bytes(connection.execute(query, at).scalar_one())
        changed = body.replace(b'"version":"', b'"version":"9')
        assert changed != body
        connection.execute(
            sa.text("UPDATE events SET body = :b WHERE position = :p"), at | {"b": changed}
        )
        connection.commit()


def test_a_verification_shows_how_far_it_is_and_can_be_stopped(desk: Desk) -> None:
    page, jobs, gate = page_of(desk), desk.window.context.jobs, Event()
    for at in range(4):
        jobs.submit_network(f"job {at}", lambda progress: gate.wait(10), print, print)
    page.verify()
    assert page.is_verifying()
    assert not desk.can("ledger.verify")
    assert "Waiting" in said(page.card)
    desk.window.context.actions.run("ledger.stop")
    gate.set()
    desk.settle()
    assert desk.can("ledger.verify")
    assert not page.has_verdict()
    assert status(desk.window) == "not verified yet, never anchored"


def test_a_stop_in_the_middle_is_no_finding(desk: Desk) -> None:
    page = page_of(desk)
    page.verify()
    job = page._verifying.job
    assert job is not None
    job.progress.cancel()
    desk.settle()
    verdict = page._watch.standing.verdict
    assert verdict is None or verdict.is_ok


def test_the_log_reads_newest_first_and_pages_on(desk: Desk) -> None:
    add_versions(desk.bank, 150)
    page = page_of(desk)
    page.reload()
    desk.settle()
    size = ledger.read_state(desk.bank.session).size
    desk.qtbot.waitUntil(lambda: page.list.count() == size)
    page.list.view.scrollToBottom()
    desk.settle()
    positions = {int(row[0]) for row in rows(page)}
    assert positions == set(range(size))
    assert page.heading() == f"{size} events"


def test_the_log_is_filtered_by_kind_person_model_and_words(desk: Desk) -> None:
    add_versions(desk.bank, 3)
    page = page_of(desk)
    assert {row[2] for row in show(desk, page, "type:version")} == {"Version registered"}
    assert len(show(desk, page, "model:M-00001")) == 1
    assert show(desk, page, "person:brandt") == []
    assert len(show(desk, page, "model:M-00002 version")) == 3
    assert len(show(desk, page, 'person:"mateusz kowalczyk" kartenbetrug')) == 1
    assert [row[0] for row in show(desk, page, "position:2")] == ["2"]
    assert len(show(desk, page, "typ")) == 0
    looked = Progress(lambda: None)
    page.list.model.provider.count(ListQuery(filter="never-said"), looked)
    size = ledger.read_state(desk.bank.session).size
    assert (looked.step.done, looked.step.total) == (size, size)
    show(desk, page, "colour:red")
    assert "colour" in said(page.list.bar)
    show(desk, page, "model:M-99999")
    assert "M-99999" in said(page.list.bar)


def test_a_past_day_shows_what_was_recorded_by_then(desk: Desk) -> None:
    from datetime import timedelta

    page = page_of(desk)
    desk.window.context.show_as_of(clock.today() - timedelta(days=1))
    desk.settle()
    assert page.list.count() == 0
    assert desk.can("ledger.verify")


def test_an_event_is_shown_whole_with_its_proof(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    row = page.event_detail.row
    assert row is not None
    told = said(page.event_detail)
    assert row.type in told
    assert "PD Mittelstand (IRB)" in told
    assert "Without a person's signature" in told
    page.event_detail.tabs.setCurrentIndex(1)
    desk.settle()
    proof = ledger.prove_event(desk.bank.session, row.id)
    assert page.event_detail.proof.toPlainText() == proof
    desk.window.context.actions.run("ledger.copy_proof")
    desk.settle()
    assert QGuiApplication.clipboard().text() == proof
    desk.window.context.actions.run("ledger.copy_leaf")
    assert QGuiApplication.clipboard().text() == row.leaf
    assert _save(desk, "ledger.save_proof", tmp_path / "e.tlog-proof") == proof
    note = ledger.newest_checkpoint(desk.bank.session)
    assert _save(desk, "ledger.save_head", tmp_path / "head.txt") == note


def _save(desk: Desk, action: str, path: Path) -> str:
    desk.window.context.actions.run(action)
    dialog = desk.window.findChildren(QFileDialog, "saveFile")[-1]
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.settle()
    return path.read_text("utf-8")


def test_a_file_that_cannot_be_written_is_explained(desk: Desk, tmp_path: Path) -> None:
    page_of(desk)
    desk.window.context.actions.run("ledger.save_head")
    dialog = desk.window.findChild(QFileDialog, "saveFile")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "missing" / "head.txt"))
    dialog.reject()
    desk.settle()
    assert "cannot be written" in said(desk.window.stage.bar)


def test_panes_take_turns_and_give_their_place_back(desk: Desk) -> None:
    page = verify(desk)
    assert page.verdict.isVisible()
    page.list.view.selectRow(1)
    desk.settle()
    assert (page.event_detail.isVisible(), page.verdict.isVisible()) == (True, False)
    desk.window.context.actions.run("ledger.show_checks")
    assert (page.event_detail.isVisible(), page.verdict.isVisible()) == (False, True)
    page.verdict.hide()
    assert not find(page, Either).isVisible()


def test_the_checks_scroll_and_copy_by_keyboard(desk: Desk) -> None:
    page = verify(desk)
    area = page.verdict.checks
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_End)
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0
    QTest.keyClick(area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 12
    assert lines[0].startswith("1\tEntries stand without a gap\tpassed\t")
    assert area._ground.minimumSizeHint().width() <= area.viewport().width()


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(desk: Desk, language: str) -> None:
    desk.window.context.language.use(language)
    page = verify(desk)
    assert nameless(desk.window) == []
    assert unreachable(desk.window) == []
    page.list.view.selectRow(0)
    page.event_detail.tabs.setCurrentIndex(1)
    desk.settle()
    assert nameless(desk.window) == []
    assert unreachable(desk.window) == []


def test_the_window_itself_never_asks_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watch_reads(monkeypatch)
    page = verify(desk)
    show(desk, page, "model")
    page.list.view.selectRow(0)
    page.copy_proof()
    desk.settle()
    QApplication.processEvents()
    assert len(asked) > 3
    assert not any(asked)


def test_a_long_digest_widens_no_column(desk: Desk) -> None:
    area = page_of(desk).verdict.checks
    digest = "0123456789abcdef" * 4
    area.show_lines((CheckLine(1, "Leaf", Status("bad", "failed"), (digest, "at 1")),), 1)
    assert area._ground.minimumSizeHint().width() < area.fontMetrics().horizontalAdvance(digest)
    QTest.keyClick(area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"1\tLeaf\tfailed\t{digest}\tat 1"
