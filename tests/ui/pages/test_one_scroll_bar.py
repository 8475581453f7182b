"""What is scrolled stands in nothing that is scrolled: one bar for one content, at any size."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.services import items
from mlops_desktop.services.items import Given
from mlops_desktop.ui.lineage.graph import GraphView
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.models.tabs.data import DataTab
from mlops_desktop.ui.pages.pipelines import PAGE as PIPELINES
from mlops_desktop.ui.pages.pipelines.page import PipelinesPage
from mlops_desktop.ui.widgets.room import area_of
from tests.services.lineage_bank import CLEAN, RAW, History, learned
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk
from tests.ui.pages.test_room import text_size
from tests.ui.room import scrolled_inside

_SIZES = [((1440, 1100), 100), ((1280, 800), 100), ((1280, 800), 200)]
_WAYS = 8


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Many models learned from one dataset, one of them from many."""
    history = History(file_bank)
    history.clean("run-1", "c1")
    history.dataset(RAW, "raw-1")
    history.model("Verhaltensscore", "5", *(learned(f"{CLEAN} {n}", f"c{n}") for n in range(12)))
    for n in range(_WAYS):
        history.model(f"Anderes Modell {n}", "2", learned(CLEAN, "c1"))
    history.serve("M-00001", "5")
    wanted = {"title": "Währungsfeld der Kontoumsätze in Luxemburg falsch", "severity": "high"}
    items.open_item(file_bank.session, INCIDENT, Given(wanted | {"dataset": RAW}))
    return open_desk(make_window, file_bank, qtbot, PIPELINES, GOVERNANCE)


@pytest.mark.parametrize(("size", "text"), _SIZES)
def test_the_data_of_a_model_have_one(desk: Desk, size: tuple[int, int], text: int) -> None:
    page = desk.models()
    page.go_to("Verhaltensscore")
    desk.settle()
    tab = page.detail.open_tab(DataTab)
    desk.window.resize(*size)
    with text_size(desk, text):
        for shape in (0, 1, 0):
            tab.view.shapes.setCurrentIndex(shape)
            desk.settle()
            assert scrolled_inside(desk.window) == []
            assert tab.view.graph.height() >= tab.view.graph.minimumHeight() > 200
        rows = tab.table.verticalScrollBar()
        assert (size[1] < 900) is (rows.maximum() == 0), "scrolled by itself where there is room"


@pytest.mark.parametrize(("size", "text"), _SIZES)
def test_the_lineage_of_a_pipeline_has_one(desk: Desk, size: tuple[int, int], text: int) -> None:
    graph = lineage(desk)
    page = desk.window.stage.page()
    assert isinstance(page, PipelinesPage)
    desk.window.resize(*size)
    with text_size(desk, text):
        for shape in (0, 1, 0):
            page.detail.flow.shapes.setCurrentIndex(shape)
            desk.settle()
            assert scrolled_inside(desk.window) == []
        assert not graph.verticalScrollBar().isVisible()


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_page_is_not_scrolled_for_the_head_of_a_detail(desk: Desk, language: str) -> None:
    page = desk.go("governance", GovernancePage)
    desk.window.context.language.use(language)
    page.list.view.selectRow(0)
    desk.window.resize(1280, 800)
    with text_size(desk, 200):
        desk.settle()
        assert scrolled_inside(desk.window) == []
        room = area_of(page)
        assert room is not None
        assert room.verticalScrollBar().maximum() == 0


def test_a_graph_has_bars_once_it_was_moved(desk: Desk) -> None:
    graph = lineage(desk)
    desk.window.resize(1280, 700)
    with text_size(desk, 200):
        desk.settle()
        area = area_of(graph)
        assert area is not None
        whole, own = area.verticalScrollBar(), graph.verticalScrollBar()
        assert whole.maximum() > 0
        assert not turn(graph), "the wheel is left to the tab"
        graph.zoom(3)
        assert own.isVisible()
        before = own.value()
        assert turn(graph)
        assert own.value() > before
        graph.fit()
        assert not own.isVisible()
        press, far = QPoint(20, 20), QPoint(20, 90)
        QTest.mousePress(graph.viewport(), Qt.MouseButton.LeftButton, pos=press)
        QTest.mouseMove(graph.viewport(), far)
        desk.settle()
        QTest.mouseRelease(graph.viewport(), Qt.MouseButton.LeftButton, pos=far)
        assert graph.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded


def lineage(desk: Desk) -> GraphView:
    """Choose the pipeline and look at its lineage."""
    page = desk.go("pipelines", PipelinesPage)
    page.list.view.selectRow(0)
    page.detail.tabs.setCurrentIndex(1)
    desk.settle()
    return page.detail.flow.graph


def turn(graph: GraphView) -> bool:
    """Turn the wheel over the graph, towards the hand; return whether the graph took it."""
    at = QPointF(graph.viewport().rect().center())
    event = QWheelEvent(
        at, graph.viewport().mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(graph.viewport(), event)
    return event.isAccepted()
