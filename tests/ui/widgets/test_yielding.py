"""A name of any length widens neither the detail nor the window; it is copied as it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from mlops_desktop.ui.widgets.yielding import YieldingLabel
from mlops_desktop.ui.window import Window

NAMES = [
    "PD_Mittelstand_IRB_Kreditnehmereinheitenzusammenführung_2026_Champion_v7_final_EU",
    "Kreditnehmereinheitenzusammenführungsverfahren" * 4,
    "/ablage/Kreditnehmereinheitenzusammenführungsverfahren2026Champion7final" * 3,
]


def test_the_detail_is_no_wider_for_a_long_name(window: Window, qtbot: QtBot) -> None:
    pane = DetailPane(window.context)
    qtbot.addWidget(pane)
    pane.resize(400, 500)
    pane.set_head("PD", "M-00001")
    least = pane.minimumSizeHint().width()
    pane.show()
    for name in NAMES:
        pane.set_head(name, name)
        qtbot.waitUntil(lambda: pane._title.height() > pane.fontMetrics().height() * 2)
        assert pane.minimumSizeHint().width() == least
        assert pane.named() == f"{name} · {name}"


@pytest.mark.parametrize("name", NAMES)
def test_a_message_and_a_dialog_are_no_wider_for_it(window: Window, name: str) -> None:
    bar = MessageBar(window.context, window)
    dialog = ConfirmDialog(window.context, "PD", "PD", "Do", window)
    least = dialog.minimumSizeHint().width()
    bar.say("bad", "PD", "PD")
    narrow = bar.minimumSizeHint().width()
    bar.say("bad", name, name)
    assert bar.minimumSizeHint().width() - narrow < bar.fontMetrics().averageCharWidth() * 20
    long = ConfirmDialog(window.context, name, name, "Do", window)
    assert long.minimumSizeHint().width() == least


def test_the_lines_it_takes_are_the_lines_it_asks_for(window: Window, qtbot: QtBot) -> None:
    label = YieldingLabel(NAMES[0], selectable=True)
    qtbot.addWidget(label)
    label.show()
    for width in (500, 250, 120):
        asked = label.heightForWidth(width)
        label.resize(width, asked)
        assert label.heightForWidth(width) == asked
        assert QLabel.text(label) != NAMES[0] or label.minimumSizeHint().width() < width
    assert SOFT_HYPHEN not in QLabel.text(label)  # that a line ends with a hyphen tells nobody
    assert label.accessibleName() == label.text() == NAMES[0]


def test_it_is_copied_without_its_breaks(window: Window, qtbot: QtBot) -> None:
    label = YieldingLabel(NAMES[1], selectable=True)
    qtbot.addWidget(label)
    label.resize(150, 400)
    label.show()
    assert SOFT_HYPHEN in QLabel.text(label)
    label.setSelection(0, len(QLabel.text(label)))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == NAMES[1]
    QGuiApplication.clipboard().clear()
    label.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == NAMES[1]
