"""A graph that has no room begins with whole stations: none is cut in half at a side."""

import pytest
from PySide6.QtCore import QRectF, QSizeF
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.lineage.beginning import READABLE, begin_at
from mlops_desktop.ui.lineage.beyond import SIGN_ROOM
from mlops_desktop.ui.lineage.items import HEIGHT, WIDTH, spot
from mlops_desktop.ui.pages.models.tabs.data import DataTab
from mlops_desktop.ui.pages.pipelines import PAGE as PIPELINES
from tests.services.lineage_bank import CLEAN, RAW, History, learned
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import open_desk

_DENSE = [(layer, height) for layer in range(6) for height in range(9)]


def _card(layer: int, height: float) -> QRectF:
    return QRectF(spot(layer, height), QSizeF(WIDTH, HEIGHT))


def _seen(nodes: list[QRectF], start: QRectF, size: tuple[int, int]) -> tuple[float, QRectF]:
    scale, middle = begin_at(nodes, start, QRectF(0, 0, *size))
    seen = QRectF(0, 0, size[0] / scale, size[1] / scale)
    seen.moveCenter(middle)
    return scale, seen


def _is_beside(node: QRectF, seen: QRectF) -> bool:
    return node.right() <= seen.left() or node.left() >= seen.right()


def _is_cut(node: QRectF, seen: QRectF) -> bool:
    return not _is_beside(node, seen) and not (
        seen.left() <= node.left() and node.right() <= seen.right()
    )


@pytest.mark.parametrize("layer", range(6))
@pytest.mark.parametrize("width", [300, 484, 620, 820, 1240, 1700])
def test_columns_are_whole_and_the_sign_stands_beside_them(layer: int, width: int) -> None:
    nodes = [_card(*at) for at in _DENSE]
    start = _card(layer, 4)
    scale, seen = _seen(nodes, start, (width, 220))
    assert READABLE <= scale <= 1.1
    assert [node for node in nodes if _is_cut(node, seen)] == []
    columns = [node for node in nodes if not _is_beside(node, seen)]
    left, right = (node.left() for node in columns), (node.right() for node in columns)
    first, last = min(left), max(right)
    assert start in columns
    assert first == 0 or (first - seen.left()) * scale > SIGN_ROOM
    assert last == nodes[-1].right() or (seen.right() - last) * scale > SIGN_ROOM


@pytest.mark.parametrize("height", range(9))
def test_rows_are_cut_on_one_side_at_most(height: int) -> None:
    """The heights rarely are those of whole rows; the station it begins at is seen whole."""
    nodes, start = [_card(*at) for at in _DENSE], _card(2, height)
    scale, seen = _seen(nodes, start, (484, 220))
    clear = seen.adjusted(0, SIGN_ROOM / scale, 0, -SIGN_ROOM / scale)
    assert seen.top() <= start.top()
    assert start.bottom() <= seen.bottom()
    cut = {edge for node in nodes for edge in (clear.top(), clear.bottom())
           if node.top() < edge < node.bottom()}  # fmt: skip
    assert len(cut) <= 1


def test_a_column_that_has_room_is_shown_about_its_start() -> None:
    nodes = [_card(layer, layer % 2) for layer in range(6)]
    _, seen = _seen(nodes, nodes[3], (484, 600))
    assert seen.top() < 0
    assert seen.bottom() > max(node.bottom() for node in nodes)


def test_it_begins_anew_in_a_place_of_another_size_until_it_is_moved(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    history = History(file_bank)
    history.clean("run-1", "c1")
    history.dataset(RAW, "raw-1")
    history.model("Verhaltensscore", "5", *(learned(f"{CLEAN} {n}", f"c{n}") for n in range(12)))
    desk = open_desk(make_window, file_bank, qtbot, PIPELINES)
    page = desk.models()
    page.go_to("Verhaltensscore")
    desk.settle()
    graph = page.detail.open_tab(DataTab).view.graph
    desk.settle()

    def cut() -> list[tuple[float, float]]:
        left, right = (SIGN_ROOM * side.isVisible() for side in graph.sides[:2])
        sides = (left, graph.viewport().width() - right)
        ends = ((place.left(), place.right()) for place in graph.places().values())
        return [end for end in ends if any(end[0] < side < end[1] for side in sides)]

    for width in (1280, 1480, 1360, 1200):
        desk.window.resize(width, 800)
        desk.settle()
        assert cut() == [], width
    assert len(graph.places()) > 12
    graph.zoom(1.3)
    scale = graph.transform().m11()
    desk.window.resize(1500, 800)
    desk.settle()
    assert graph.transform().m11() == scale, "who moved it keeps what is in sight"
