"""A graph that goes on out of sight says so at that side."""

import pytest
from PySide6.QtWidgets import QGraphicsScene
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.lineage.beyond import MARGIN
from mlops_desktop.ui.lineage.panning import PannedView


@pytest.fixture
def view(qtbot: QtBot) -> PannedView:
    made = PannedView()
    made.setScene(QGraphicsScene(0, 0, 1000, 100))
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.show()
    return made


def _shown(view: PannedView) -> str:
    return "".join(way for way, side in zip("lrud", view.sides, strict=True) if side.isVisible())


def test_each_side_beyond_which_there_is_more_says_so(view: PannedView) -> None:
    bar = view.horizontalScrollBar()
    for at, sides in ((bar.minimum(), "r"), (bar.maximum() // 2, "lr"), (bar.maximum(), "l")):
        bar.setValue(at)
        assert _shown(view) == sides
    view.resetTransform()
    view.scale(0.2, 0.2)
    assert _shown(view) == "", "all of it is in sight"


def test_the_margin_is_nothing_to_look_for(view: PannedView) -> None:
    bar = view.horizontalScrollBar()
    bar.setValue(bar.minimum() + int(MARGIN))
    assert _shown(view) == "r"
    bar.setValue(bar.minimum() + int(MARGIN) + 1)
    assert _shown(view) == "lr"


def test_the_signs_are_at_the_sides_of_another_size_too(view: PannedView) -> None:
    view.resize(500, 300)
    left, right = view.sides[0].geometry(), view.sides[1].geometry()
    place = view.viewport().geometry()
    assert (left.left(), right.right()) == (place.left(), place.right())
    assert left.height() == right.height() == place.height()
    assert not view.grab().isNull()
