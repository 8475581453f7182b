"""Several files at once: verified by one drop, compared in a table, saved for a spreadsheet."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.services import dossiers, models
from mlops_desktop.services.dossiers import Order
from tests.services.steps import register
from tests.support.bank import FOUNDER, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, texts, toast
from tests.ui.pages.dossiers.acts import alter, open_desk, page_of


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> Desk:
    """Two dossiers of a model whose purpose changed between them."""
    register(file_bank)
    for name, purpose in (("a.pdf", "Nothing but pricing"), ("b.pdf", "=1+1")):
        models.edit_model(file_bank.session, "1", {"purpose": purpose})
        order = Order("1", tmp_path / name)
        dossiers.export_dossier(file_bank.session, order, file_bank.unlock(FOUNDER))
    return open_desk(make_window, file_bank, qtbot)


def drop(desk: Desk, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none, window = Qt.KeyboardModifier.NoModifier, desk.window
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, data, left, none))
    desk.settle()


def cells(desk: Desk, pane: str) -> list[tuple[str, ...]]:
    page = page_of(desk)
    model = page.results.table.model_of_rows if pane == "results" else page.comparison.list.model
    lines = [model.line(at) for at in range(model.rowCount())]
    return [tuple(cell.text for cell in line.cells) for line in lines if line is not None]


def test_files_dropped_together_are_verified_in_a_line_each(desk: Desk, tmp_path: Path) -> None:
    note, changed = tmp_path / "note.txt", tmp_path / "changed.pdf"
    note.write_text("no PDF", "utf-8")
    changed.write_bytes((tmp_path / "a.pdf").read_bytes())
    alter(changed)
    drop(desk, tmp_path / "a.pdf", changed, note, tmp_path / "missing.pdf")
    page = page_of(desk)
    rows = cells(desk, "results")
    assert [row[0] for row in rows] == ["a.pdf", "changed.pdf", "note.txt", "missing.pdf"]
    verdicts = [row[1] for row in rows]
    assert verdicts[0] == "valid"
    assert verdicts[1] in ("changed after signing", "damaged")
    assert verdicts[2:] == ["not a dossier", "not verified"]
    assert rows[0][2] == "every check passed"
    assert rows[1][2].startswith("Check ")
    assert "missing.pdf" in rows[3][2]
    assert rows[0][3] == f"{FOUNDER} (B-B)"
    assert "1 valid" in texts(page.results)
    assert nameless(desk.window) == []
    assert unreachable(desk.window) == []
    line = page.results.table.rows_in_order()[0]
    page.results.table.opened.emit(line)
    desk.settle()
    assert page.results.isHidden()
    assert "valid" in texts(page.detail)
    desk.window.context.language.use("de")
    drop(desk, tmp_path / "a.pdf", note)
    assert "kein Dossier" in cells(desk, "results")[1]


def test_two_chosen_dossiers_are_compared_and_the_difference_is_saved(
    desk: Desk, tmp_path: Path
) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    assert not desk.can("dossier.compare")
    page.list.view.selectAll()
    desk.settle()
    desk.window.context.actions.run("dossier.compare")
    desk.settle()
    (purpose,) = [row for row in cells(desk, "comparison") if "Nothing but pricing" in row]
    assert purpose[3:] == ("changed", "Nothing but pricing", "=1+1")
    assert "a.pdf" in said(page.comparison).split("→")[0]
    page.comparison.list.set_filter("nothing pricing")
    desk.settle()
    assert page.comparison.list.count() == 1
    desk.window.context.actions.run("dossier.save_difference")
    dialog = desk.window.findChildren(QFileDialog, "saveFile")[-1]
    dialog.fileSelected.emit(str(tmp_path / "difference.csv"))
    dialog.reject()
    desk.settle()
    assert toast(desk) == "Saved: difference.csv"
    saved = (tmp_path / "difference.csv").read_text("utf-8")
    assert "changed,Nothing but pricing,'=1+1" in saved
    assert nameless(desk.window) == []


def test_a_dossier_is_compared_with_now(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    models.edit_model(desk.bank.session, "1", {"purpose": "Stress tests"})
    drop(desk, tmp_path / "a.pdf")
    assert not desk.can("dossier.compare_now")
    page.list.view.selectRow(0)
    desk.settle()
    desk.window.context.actions.run("dossier.compare_now")
    desk.settle()
    told = [row[3:] for row in cells(desk, "comparison")]
    assert ("changed", "=1+1", "Stress tests") in told
    assert "→ now" in said(page.comparison)


def test_what_cannot_be_compared_says_why(desk: Desk, tmp_path: Path) -> None:
    changed = tmp_path / "changed.pdf"
    changed.write_bytes((tmp_path / "a.pdf").read_bytes())
    alter(changed)
    drop(desk, tmp_path / "b.pdf", changed)
    desk.window.context.actions.run("dossier.compare")
    desk.settle()
    assert "changed.pdf" in said(page_of(desk).comparison.bar)
