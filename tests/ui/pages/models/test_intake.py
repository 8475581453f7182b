"""Registers in the window: dropped, looked at, mapped, taken over; pasted, exported, many rows."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.services import imports, ledger, models
from mlops_desktop.ui.job import Ending
from mlops_desktop.ui.pages.models.intake.many import ChangeDialog
from mlops_desktop.ui.pages.models.page import ModelsPage
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, field, open_desk, texts, type_in

HEAD = "Modell-ID;Modellname;Modellverantwortung;Risikoklasse;Ablageort"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Two models."""
    register(file_bank)
    register(file_bank, name="Antragsscore", tier="2")
    return open_desk(make_window, file_bank, qtbot)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "Register.csv"
    lines = (HEAD, "K1;Antragsscore;Corinna Wolters;1;x", "K2;Neu;Eva Neu;2;", "K3;Alt;;drei;")
    place.write_text("\n".join(lines), "cp1252")
    return place


def drop(desk: Desk, page: ModelsPage, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    for event in (
        QDragEnterEvent(QPoint(9, 9), copy, data, left, none.NoModifier),
        QDropEvent(QPointF(9, 9), copy, data, left, none.NoModifier),
    ):
        QApplication.sendEvent(desk.window, event)
    desk.settle()


def press(desk: Desk, page: ModelsPage) -> None:
    QTest.mouseClick(page.intake.take, Qt.MouseButton.LeftButton)
    desk.settle()


def rows(page: ModelsPage) -> list[list[str]]:
    table = page.intake.refusals
    lines = (table.model_of_rows.line(at) for at in range(table.model().rowCount()))
    return [[cell.text for cell in line.cells] for line in lines if line is not None]


def test_a_dropped_register_says_what_it_would_do(desk: Desk, file: Path) -> None:
    page = desk.models()
    drop(desk, page, file)
    intake = page.intake
    assert intake.isVisible()
    assert not page.list.isVisible()
    assert [row[:4] for row in rows(page)] == [
        ["3", "C", "Modellverantwortung", "Eva Neu"], ["4", "D", "Risikoklasse", "drei"],
    ]  # fmt: skip
    assert "1 changed" in texts(intake)
    assert not intake.take.isEnabled()
    assert nameless(intake) == []
    assert unreachable(intake) == []
    assert len(models.list_models(desk.bank.session, models.ModelFilter())) == 2


def test_what_is_said_of_the_file_leads_to_another_report_and_it_is_taken_over(
    desk: Desk, file: Path
) -> None:
    page = desk.models()
    drop(desk, page, file)
    page.intake.options.boxes["people"].click()
    desk.settle()
    assert [row[0] for row in rows(page)] == ["4"]
    page.intake.options.boxes["without"].click()
    desk.settle()
    assert page.intake.take.text() == "Take over 2 rows"
    QTest.mouseClick(page.intake.take, Qt.MouseButton.LeftButton)
    assert [job.ending for job in desk.window.context.jobs.listing()] == [Ending.WHOLE]
    desk.settle()
    assert page.list.isVisible()
    assert models.show_model(desk.bank.session, "Neu").row.owner == "Eva Neu"
    (row,) = imports.list_imports(desk.bank.session)
    assert (row.created, row.changed, row.left_out) == (1, 1, 1)
    dialog = desk.do("model.imports")
    desk.send(dialog)
    assert page.intake.isVisible()
    assert not page.intake.take.isVisible()
    assert len(rows(page)) == 1


def test_a_column_is_read_as_something_else(desk: Desk, file: Path) -> None:
    page = desk.models()
    drop(desk, page, file)
    box = field(page.intake.columns, "Risikoklasse is read as")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    desk.settle()
    assert [row[3] for row in rows(page)] == ["Eva Neu"]


def test_what_cannot_be_read_is_told_beside_it(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "x.csv"
    place.write_text("eins;zwei\n1;2\n")
    page = desk.models()
    drop(desk, page, place)
    assert "No row of headings was found." in texts(page.intake.bar)
    page.intake.close_report()
    assert page.list.isVisible()


def test_a_block_from_the_clipboard_comes_in(desk: Desk) -> None:
    page = desk.models()
    QGuiApplication.clipboard().setText("ID\tName\tTier\nM-00002\tAntragsscore\t4\n")
    QApplication.processEvents()
    desk.window.context.actions.run("model.paste")
    desk.settle()
    assert page.intake.take.text() == "Take over 1 row"
    press(desk, page)
    assert models.show_model(desk.bank.session, "Antragsscore").row.tier == 4


def test_the_list_is_written_as_it_is_seen(desk: Desk, tmp_path: Path) -> None:
    page = desk.models()
    page.list.filter.setText("tier:2")
    desk.settle()
    desk.window.context.actions.run("model.export_list")
    desk.settle()
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog)]
    place = tmp_path / "out.csv"
    dialog.fileSelected.emit(str(place))
    dialog.reject()
    desk.settle()
    head, row, *rest = place.read_text("utf-8").splitlines()
    assert head.startswith("ID,Name,State,Tier,Owner")
    assert row.startswith("M-00002,Antragsscore,in development,2,Corinna Wolters")
    assert rest == []


def test_many_rows_are_changed_at_once(desk: Desk) -> None:
    page = desk.models()
    assert not desk.can("model.change_many")
    page.list.view.selectAll()
    desk.settle()
    dialog = desk.do("model.change_many")
    type_in(dialog, "Field", "Validator")
    type_in(dialog, "Reason", "Neue Zuständigkeit")
    assert isinstance(dialog, ChangeDialog)
    editor = dialog.editor()
    editor.set_text("Niemand Da")
    desk.send(dialog)
    assert "Niemand Da" in texts(dialog)
    editor.set_text("Jonas Brandt")
    desk.send(dialog)
    held = [models.show_model(desk.bank.session, str(at)).state.details for at in (1, 2)]
    assert held[0].validator == held[1].validator == desk.bank.ids["Jonas Brandt"]
    assert [row.type for row in ledger.read_log(desk.bank.session, limit=2)] == ["model.edited"] * 2


def test_an_empty_register_is_explained_without_options_of_a_command(
    desk: Desk, tmp_path: Path
) -> None:
    page, empty = desk.models(), tmp_path / "empty.csv"
    empty.touch()
    drop(desk, page, empty)
    told = texts(page)
    assert "No row of headings was found." in told
    assert "Check that it is the right file" in told
    assert "--" not in told
    (tmp_path / "nameless.csv").write_text("Status;Risikoklasse\nproduction;1\n", "utf-8")
    drop(desk, page, tmp_path / "nameless.csv")
    assert [row[5] for row in rows(page)] == [
        "Say of the column that holds them that it is read as the name."
    ]
