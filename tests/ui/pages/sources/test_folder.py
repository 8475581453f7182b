"""A folder in the window: its form, what its test counts, and which files were not read."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlops_desktop.core.inventory import Pair
from mlops_desktop.services import sources
from mlops_desktop.services.sources import NewSource
from mlops_desktop.ui.pages.sources import PAGE
from mlops_desktop.ui.pages.sources.form import SourceForm
from mlops_desktop.ui.pages.sources.page import SourcesPage
from mlops_desktop.ui.pages.sources.tabs import connection_groups
from tests.sources.folders import Inbox
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, button, said
from tests.ui.pages.desk import Desk, type_in

JUNIT = "pytest-9.2_2026-11-23_junit.xml"


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    inbox = Inbox(tmp_path / "eingang")
    inbox.capture(JUNIT)
    inbox.put("kaputt.xml", "<testsuite>\n<")
    return inbox


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, inbox: Inbox) -> Desk:
    sources.add_source(file_bank.session, NewSource("folder", "eingang", str(inbox.root)))
    sources.sync(file_bank.session, "eingang", lambda *_: None)
    window = make_window(pages=(PAGE,))
    desk = Desk(window, file_bank, qtbot)
    window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def test_files_that_another_reading_refused_are_named_with_their_reason(desk: Desk) -> None:
    page = desk.go("sources", SourcesPage)
    page.show_record("eingang")
    desk.settle()
    told = said(page.detail)
    assert "kaputt.xml:2 (unclosed token)" in told
    assert "it was cut off; nothing of it was taken" in told
    assert "Not taken over; everything else was read." in told
    line = page.list.model.line(0)
    assert line is not None
    assert "partly read" in [cell.text for cell in line.cells]


def test_the_form_asks_for_a_path_and_its_test_counts_files(desk: Desk, inbox: Inbox) -> None:
    form = desk.do("source.add")
    assert isinstance(form, SourceForm)
    form.kind.setCurrentIndex(form.kind.findData("folder"))
    assert form.url.placeholderText() == "/data/reports"
    assert not form.login.isVisible()
    assert not form.proxy.isVisible()
    assert "keyring" not in said(form)
    assert nameless(form) == []
    form.name.setText("zweiter")
    form.url.setText(str(inbox.root))
    type_in(form, "Model of files that name none", "PD")
    type_in(form, "Columns of segments, one setting each", "column.segment.region = Land")
    button(form, "Test").click()
    desk.qtbot.waitUntil(lambda: "JUnit results" in said(form.found), timeout=10_000)
    QApplication.processEvents()
    told = said(form.found)
    assert "A file is not read: kaputt.xml:2" in told
    desk.send(form)
    (row,) = [one for one in sources.list_sources(desk.bank.session) if one.name == "zweiter"]
    assert row.settings == (Pair("column.segment.region", "Land"), Pair("model", "PD"))
    page = desk.go("sources", SourcesPage)
    page.show_record("zweiter")
    desk.settle()
    (connection,) = connection_groups(desk.window.context, row)
    assert [fact.name for fact in connection.facts] == ["Kind", "Address"]
    assert "secret" not in connection.lead
    again = desk.do("source.edit")
    assert isinstance(again, SourceForm)
    assert again.settings.pairs() == (Pair("model", "PD"), Pair("column.segment.region", "Land"))
    assert not again.login.isVisible()
    again.kind.setCurrentIndex(again.kind.findData("mlflow"))
    assert again.login.isVisible()
    again.reject()
