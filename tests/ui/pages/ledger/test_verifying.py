"""The ledger is verified: honest, changed, shortened, stopped half-way."""

from threading import Event

import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from mlops_desktop.services import ledger
from mlops_desktop.store.engine import WRITES
from tests.support.bank import Bank
from tests.ui.conftest import said
from tests.ui.pages.desk import Desk, texts
from tests.ui.pages.ledger.acts import add_versions, alter, page_of, rows, status, verify


def test_an_honest_workspace_passes_twelve_checks_in_words(desk: Desk) -> None:
    page = verify(desk)
    told = said(page.verdict)
    assert "The ledger is sound" in told
    assert [f"{number}. " in told for number in range(1, 13)] == [True] * 12
    assert told.count("passed") == 12
    assert "12 of 12 checks passed" in texts(page.verdict)
    day, time = desk.window.context.language.time(page._watch.standing.verified_at).split()
    assert f"found sound on {day} at {time}." in said(page.card)
    assert not desk.can("ledger.show_event")
    desk.window.context.language.use("de")
    desk.settle()
    assert "Das Journal ist in Ordnung" in said(page.verdict)
    assert said(page.verdict).count("bestanden") == 12
    assert " um " in said(page.card)


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
