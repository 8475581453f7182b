"""A ruler measures as the font does, and each text once."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets import breaking, ruler
from mlops_desktop.ui.widgets.ruler import Ruler, ruler_of

_TEXTS = ("AUC", "Kreditportfoliomodellüberwachung", "models/score_v2/weights.onnx", "")


@pytest.fixture
def label(qtbot: QtBot) -> QLabel:
    made = QLabel("x")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("room", [0, 60, 1000])
def test_it_measures_as_the_font_does(label: QLabel, text: str, room: int) -> None:
    metrics, found = label.fontMetrics(), ruler_of(label)
    for _ in range(2):
        assert found.advance(text) == metrics.horizontalAdvance(text)
        assert found.widest(text) == breaking.widest(text, metrics)
        assert found.fitted(text, room) == breaking.fitted(text, room, metrics)


def test_another_size_has_another_ruler(label: QLabel) -> None:
    before, font = ruler_of(label), label.font()
    assert ruler_of(QLabel("y", label)) is before
    font.setPointSizeF(font.pointSizeF() * 2)
    label.setFont(font)
    assert ruler_of(label).advance("AUC") > before.advance("AUC")


def test_what_is_remembered_is_bounded(label: QLabel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruler, "_MOST", 3)
    found = Ruler(label.fontMetrics())
    widths = [found.advance("x" * length) for length in range(1, 9)]
    assert widths == sorted(widths)
    assert len(found._advances) <= 3
