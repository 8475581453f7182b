"""Pipelines in the window: what is wrong stands first, and the data leads to the models."""

import os

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.lineage import NodeKind
from mlops_desktop.services import items, models, pipelines
from mlops_desktop.services.items import Given
from mlops_desktop.ui.lineage.view import LineageView
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.affected import AffectedTab
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.models.tabs.data import DataTab
from mlops_desktop.ui.pages.pipelines import PAGE as PIPELINES
from mlops_desktop.ui.pages.pipelines.page import PipelinesPage
from mlops_desktop.ui.pages.pipelines.said import quality_status
from mlops_desktop.ui.table.folding import fold
from mlops_desktop.ui.table.measuring import PADDING
from mlops_desktop.ui.widgets.buttons import ActionButton
from tests.services.lineage_bank import CLEAN, LAKE, RAW, History, learned
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk, texts, type_in


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """A pipeline that is late and failed its check, and two models that learned from it."""
    history = History(file_bank)
    history.clean("run-1", "c1")
    history.dataset(RAW, "raw-1")
    history.dataset(CLEAN, "c1")
    history.check(Verdict.FAILED, "2.9", 1)
    history.model("Verhaltensscore", "5", learned(CLEAN, "c1"))
    history.model("Altes Regelwerk", "2", learned(CLEAN, "c1"))
    history.serve("M-00001", "5")
    models.move_model(file_bank.session, "M-00002", Move.RETIRE, reason="abgelöst")
    pipelines.expect_pipeline(file_bank.session, "konten", 1440)
    wanted = {"title": "Währungsfeld falsch", "severity": "high", "dataset": RAW}
    items.open_item(file_bank.session, INCIDENT, Given(wanted))
    return open_desk(make_window, file_bank, qtbot, PIPELINES, GOVERNANCE)


def page_of(desk: Desk) -> PipelinesPage:
    desk.window.show_page("pipelines")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, PipelinesPage)
    return page


def chosen(desk: Desk) -> PipelinesPage:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    desk.settle()
    return page


def picture(desk: Desk, name: str) -> None:
    """Keep a picture where somebody wants to look."""
    if folder := os.environ.get("PICTURES"):
        desk.window.resize(1440, 900)
        desk.settle()
        desk.window.grab().save(f"{folder}/{name}.png")


def names(view: LineageView) -> set[str]:
    read = view.read_now()
    assert read is not None
    return {stop.facts.name for stop in read.lineage.stops}


def test_what_a_pipeline_lets_do_stands_in_one_line_on_a_small_screen(desk: Desk) -> None:
    page = chosen(desk)
    desk.window.resize(1280, 800)
    for language in ("en", "de"):
        desk.window.context.language.use(language)
        desk.settle()
        foot = page.detail.findChild(QFrame, "actionRow")
        assert isinstance(foot, QFrame)
        buttons = foot.findChildren(ActionButton)
        assert len({one.y() for one in buttons if one.isVisible()}) == 1


def test_a_pipeline_says_that_it_is_late_and_what_failed(desk: Desk) -> None:
    page = chosen(desk)
    assert page.heading() == "1 in all, 1 late, 0 failed, 1 with failed checks"
    shown = texts(page.detail)
    assert "late by" in shown
    assert "Was due" in shown
    assert "Next due" not in shown
    assert "check failed" in shown
    assert quality_status(desk.window.context, Verdict.FAILED).briefs == ("failed",)
    assert "I-00001" in shown
    assert "Removes duplicates." in shown
    assert "iban, betrag, waehrung" in shown
    page.detail.tabs.setCurrentIndex(2)
    desk.settle()
    line = page.detail.quality.table.model_of_rows.line(0)
    assert line is not None
    assert "97.1 % (≥ 99 %)" in [cell.text for cell in line.cells]
    table = page.detail.quality.table
    room = table.columnWidth(2) - 2 * PADDING
    lines = fold("97.1 % (≥ 99 %)", table.font(), room, table.painter.lines)
    assert max(map(table.fontMetrics().horizontalAdvance, lines)) <= room, lines
    picture(desk, "pipelines-quality")
    page.detail.tabs.setCurrentIndex(4)
    desk.settle()
    assert page.detail.models.table.model().rowCount() == 2
    page.list.set_filter("fresh:on_time")
    desk.settle()
    assert page.list.count() == 0
    assert nameless(desk.window) == []
    assert unreachable(page) == []


def test_the_graph_is_walked_by_keys_and_leads_to_the_model(desk: Desk) -> None:
    page = page_of(desk)
    page.show_record(f"trace:{LAKE}/{RAW}")
    desk.settle()
    graph, view = page.flow.view.graph, page.flow.view
    assert {RAW, CLEAN, "Verhaltensscore", "Altes Regelwerk"} <= names(view)
    places = list(graph.places().values())
    assert not any(one.intersects(other) for one in places for other in places if one is not other)
    picture(desk, "lineage-graph")
    graph.setFocus()
    start = graph.current()
    assert start is not None
    assert start.kind is NodeKind.DATASET
    for _ in range(4):
        QTest.keyClick(graph, Qt.Key.Key_Right)
    at = graph.current()
    assert at is not None
    assert at.kind is NodeKind.MODEL
    before = graph.transform().m11()
    QTest.keyClick(graph, Qt.Key.Key_Plus)
    assert graph.transform().m11() > before
    QTest.keyClick(graph, Qt.Key.Key_0)
    view.copy_data()
    copied = QGuiApplication.clipboard().text()
    assert "Verhaltensscore" in copied
    assert copied.splitlines()[0].startswith("Steps away\t")
    assert graph.picture().width() > 400
    view.shapes.setCurrentIndex(1)
    desk.settle()
    assert view.table.model().rowCount() == len(names(view)) or view.table.model().rowCount() > 5
    picture(desk, "lineage-table")
    view.shapes.setCurrentIndex(0)
    graph.setFocus()
    QTest.keyClick(graph, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.stage.page() is desk.models()


def test_a_click_opens_what_lies_there_and_a_pan_does_not(desk: Desk) -> None:
    page = page_of(desk)
    page.show_record(f"trace:{CLEAN}")
    desk.settle()
    graph = page.flow.view.graph
    place = next(one for node, one in graph.places().items() if node.kind is NodeKind.PIPELINE)
    at = QPoint(int(place.center().x()), int(place.center().y()))
    graph.zoom(3)
    across = graph.horizontalScrollBar()
    before = across.value()
    QTest.keyClick(graph, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert across.value() > before
    graph.fit()
    button, side = Qt.MouseButton.LeftButton, graph.viewport()
    QTest.mousePress(side, button, pos=at + QPoint(60, 0))
    QTest.mouseRelease(side, button, pos=at)
    assert page.modes.currentIndex() == 1, "who drags does not open"
    menu = graph.taking.menu()
    assert [one.objectName() for one in menu.actions()] == [
        "copy_data", "copy_picture", "save_picture"
    ]  # fmt: skip
    QTest.keyClick(graph, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Steps away\t")
    QTest.mouseClick(side, button, pos=at)
    desk.settle()
    assert page.modes.currentIndex() == 0
    assert page.detail.wanted_id() == "lake/konten"
    page.show_record("trace:nirgends")
    desk.settle()
    assert "nirgends" in texts(page.flow.view)


def test_an_interval_is_set_described_and_bad_data_reported(desk: Desk) -> None:
    page = chosen(desk)
    dialog = desk.do("pipeline.expect")
    type_in(dialog, "Every", "bald")
    desk.send(dialog)
    assert "bald" in texts(dialog)
    type_in(dialog, "Every", "7d")
    desk.send(dialog)
    assert pipelines.show_pipeline(desk.bank.session, "konten").pipeline.minutes == 10080
    dialog = desk.do("pipeline.describe")
    type_in(dialog, "Step", "bereinigen")
    type_in(dialog, "In plain words", "Entfernt doppelte Buchungen")
    desk.send(dialog)
    desk.settle()
    assert "Entfernt doppelte Buchungen" in texts(page.detail)
    dialog = desk.do("pipeline.incident")
    type_in(dialog, "Severity", "high")
    desk.send(dialog)
    sheet = items.show_item(desk.bank.session, "I-00002")
    assert getattr(sheet.state.details, "pipeline_run", None) == "run-1"


def test_a_model_shows_its_data_and_the_incident(desk: Desk) -> None:
    page = desk.models()
    page.go_to("Verhaltensscore")
    desk.settle()
    tab = page.detail.open_tab(DataTab)
    desk.settle()
    desk.settle()
    assert "I-00001" in texts(tab)
    assert tab.table.model().rowCount() == 1
    assert CLEAN in names(tab.view)
    assert "data incident" in texts(page.detail)
    picture(desk, "model-data")


def test_an_incident_shows_what_lies_downstream(desk: Desk) -> None:
    desk.window.show_page("governance", "I-00001")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, GovernancePage)
    (tab,) = page.findChildren(AffectedTab)
    page.detail.tabs.setCurrentIndex(3)
    desk.settle()
    assert "2 models, 1 of them still serving" in texts(tab)
    assert tab.table.model().rowCount() == 2
    picture(desk, "incident")
    tab.table.selectRow(0)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.stage.page() is desk.models()
