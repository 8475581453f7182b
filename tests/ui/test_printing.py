"""Ctrl+P shows the list as it will be on paper: columns, order and filter as seen, all rows."""

from pathlib import Path
from threading import Event

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.services.list_prints import ListWish, print_list
from mlops_desktop.services.session import Session
from mlops_desktop.ui import printing
from mlops_desktop.ui.pages.calendar import PAGE as CALENDAR
from mlops_desktop.ui.pages.models.tabs.links import LinksTab
from mlops_desktop.ui.printing import PrintDialog
from mlops_desktop.ui.table.columns import DASH
from mlops_desktop.ui.table.paper import SeenList
from mlops_desktop.ui.table.view import RowsView
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, press, said
from tests.ui.pages.desk import Desk, open_desk


def printed(desk: Desk) -> PrintDialog:
    press(desk.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    return desk.window.findChildren(PrintDialog)[-1]


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_what_is_seen_is_printed(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    for at in range(70):  # more than one page of the list at hand
        register(file_bank, name=f"Modell {at:02}")
    desk = open_desk(make_window, file_bank, qtbot, CALENDAR)
    page = desk.models()
    ids = [column.id for column in page.list.model.columns]
    header = page.list.view.horizontalHeader()
    header.setSectionHidden(ids.index("owner"), True)
    header.moveSection(header.visualIndex(ids.index("name")), 0)
    header.setSortIndicator(ids.index("name"), Qt.SortOrder.DescendingOrder)
    page.list.set_filter("modell")
    desk.settle()
    dialog = printed(desk)
    assert nameless(dialog) == []
    text = text_of(dialog.content)
    for sentence in ("Filter: modell", "Sorted by Name, descending", "70 rows", "Page 1 of"):
        assert sentence in text, sentence
    assert "Owner" not in text
    assert text.index("Modell 69") < text.index("Modell 00")
    assert text.index("Name") < text.index("Tier")
    assert DASH in text
    dialog._ask()
    chooser = dialog.findChildren(QFileDialog, "saveFile")[-1]
    chooser.fileSelected.emit(str(tmp_path / "list.pdf"))
    chooser.reject()
    assert (tmp_path / "list.pdf").read_bytes() == dialog.content
    page.scopes.setCurrentIndex(page.scopes.count() - 1)
    page.list.view.selectRow(0)
    desk.settle()
    assert page.scopes.tabText(page.scopes.currentIndex()) == "All 70"
    assert SeenList(desk.window.context, page.list.view).title == "Models · All"
    listed = page.detail.open_tab(LinksTab).findChildren(RowsView)[0]
    assert SeenList(desk.window.context, listed).title == "Links · Modell 69 · M-00070"
    desk.window.context.language.use("de")
    desk.window.context.actions.run("print")
    desk.settle()
    assert "70 Zeilen" in text_of(desk.window.findChildren(PrintDialog)[-1].content)


def test_a_print_is_stopped_and_made_again(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(file_bank)
    gate = Event()

    def held(session: Session, wish: ListWish) -> bytes:
        gate.wait(60)
        return print_list(session, wish)

    monkeypatch.setattr(printing, "print_list", held)
    desk = open_desk(make_window, file_bank, qtbot)
    desk.models()
    desk.window.context.actions.run("print")
    (dialog,) = desk.window.findChildren(PrintDialog)
    (job,) = desk.window.context.jobs.listing()
    desk.window.context.jobs.cancel(job)
    gate.set()
    desk.settle()
    assert "The pages were not made" in said(dialog)
    assert not dialog.save.isEnabled()
    dialog.preview.wanted.emit()
    desk.settle()
    assert "PD Mittelstand (IRB)" in text_of(dialog.content)
    assert dialog.save.isEnabled()
    dialog.reject()
