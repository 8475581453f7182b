"""Rows are copied as a table, and nothing of them is pasted as a formula."""

from html import escape

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.table.copying import CopiedTable
from mlops_desktop.ui.table.view import RowsView


def test_rows_are_copied_as_a_table(view: RowsView, qtbot: QtBot) -> None:
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    view.setColumnHidden(2, True)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "Yesterday\tComment\tFind",
        "M-00002\tModel 2 xx\texpired",
        "M-00003\tModel 3 xxx\tapproved",
    ]
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == 3
    assert "<th>Comment</th>" in html
    assert ">Model 2 xx</td>" in html
    QTest.keyClick(view, Qt.Key.Key_Right)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == "Model 3 xxx"


def test_rows_that_were_never_scrolled_to_are_copied_too(view: RowsView, qtbot: QtBot) -> None:
    assert view.model().index(700, 0).data() == ""
    with qtbot.waitSignal(view.copied) as copied:
        view.selectAll()
        QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [1000]
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (len(lines), lines[701][:7], lines[-1][:7]) == (1001, "M-00701", "M-01000")


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("+49 40 123-7", "'+49 40 123-7"),
        ("-0,27", "-0,27"),
        ("−0,27", "-0,27"),
        ("+1.204,5 %", "+1.204,5 %"),
        ("a\tb\r\nc", "a b c"),
        ("–", "–"),
    ],
)
def test_what_looks_like_a_formula_is_pasted_as_text(text: str, copied: str) -> None:
    table = CopiedTable(("<b>",), (False,), ((text,),))
    assert table.as_text() == f"<b>\n{copied}"
    assert f">{escape(copied)}</td>" in table.as_html()
    assert "<th>&lt;b&gt;</th>" in table.as_html()
