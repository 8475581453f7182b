"""The log of events: read, filtered, as of a day, and what holds for every view of the page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from mlops_desktop.core import clock
from mlops_desktop.services import ledger
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.ledger.checks import CheckLine
from mlops_desktop.ui.table import ListQuery
from mlops_desktop.ui.table.columns import PAGE_ROWS
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.either import Either
from tests.services.steps import register
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import find, said
from tests.ui.pages.desk import Desk
from tests.ui.pages.ledger.acts import add_versions, page_of, rows, show, verify
from tests.ui.pages.reads import watch_reads


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


def test_what_an_event_is_about_takes_lines_rather_than_be_cut(desk: Desk) -> None:
    columns = {column.id: column for column in page_of(desk).list.model.columns}
    assert [id for id, column in columns.items() if column.is_name] == ["event", "summary"]


@pytest.mark.parametrize("versions", [0, PAGE_ROWS])
def test_an_event_later_than_the_day_shown_is_not_told_beside_the_list(
    desk: Desk, versions: int
) -> None:
    add_versions(desk.bank, versions)
    with clock.reading(lambda: datetime.now(UTC) + timedelta(days=2)):
        register(desk.bank, name="Verhaltensscore")
    page = page_of(desk)
    page.reload()
    desk.settle()
    page.list.view.selectRow(0)
    desk.settle()
    assert page.event_detail.isVisible()
    desk.window.context.show_as_of(clock.today())
    desk.settle()
    assert page.list.model.rowCount() > versions
    assert not page.event_detail.isVisible()
    assert not desk.can("ledger.save_proof")
    page.list.view.selectRow(0)
    desk.settle()
    desk.window.context.show_as_of(None)
    desk.settle()
    assert page.event_detail.isVisible(), "what both days list stays"
