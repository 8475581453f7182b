"""Files are verified: altered, moved, foreign, or no dossier at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from mlops_desktop.services import dossiers, models, people, workspaces
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.services.workspaces import NewWorkspace
from mlops_desktop.ui.pages.dossiers.page import DossiersPage
from mlops_desktop.ui.pages.dossiers.shelf import Found, Shelf
from tests.support.bank import PASSPHRASE
from tests.ui.conftest import said
from tests.ui.pages.desk import Desk, texts
from tests.ui.pages.dossiers.acts import alter, choose, page_of, show, state


def test_an_altered_file_is_told_from_the_export(desk: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "copy.pdf"
    copy.parent.mkdir()
    copy.write_bytes((tmp_path / "dossier.pdf").read_bytes())
    alter(copy)
    page = show(desk, copy)
    told = texts(page.detail)
    assert "changed after signing" in told or "damaged" in told
    assert "not issued here" in told
    assert "Check " in told
    desk.window.context.language.use("de")
    desk.settle()
    assert "nicht hier ausgegeben" in texts(page.detail)


def test_the_exported_file_itself_altered_is_seen_in_the_list(desk: Desk, tmp_path: Path) -> None:
    page = choose(desk)
    Shelf().keep(_digest(page), tmp_path / "dossier.pdf")
    page.shelf._paths = None
    alter(tmp_path / "dossier.pdf")
    page.reload()
    desk.settle()
    assert state(page) == "changed"


def _digest(page: DossiersPage) -> str:
    line = page.list.model.line(0)
    assert line is not None
    return line.row.row.digest


def test_what_is_no_dossier_is_explained(desk: Desk, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("not a PDF at all", "utf-8")
    page = show(desk, note)
    told = texts(page.detail)
    assert "not a dossier" in told
    assert "This file cannot be shown as a PDF." in told
    assert told.count("Not run, because an earlier check failed") == 10


def test_an_empty_file_is_not_told_as_too_large(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    told = texts(show(desk, tmp_path / "empty.pdf").detail)
    assert "The file is empty" in told
    assert "too large" not in told


def test_a_file_that_cannot_be_read_is_explained(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    for name in ("missing.pdf", "folder.pdf"):
        page = show(desk, tmp_path / name)
        assert name in said(page.detail.bar)
        assert "not verified" in texts(page.detail)
        assert "being verified" not in texts(page.detail)


def test_a_pdf_is_dropped_onto_the_page(desk: Desk, tmp_path: Path) -> None:
    page, data = page_of(desk), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dossier.pdf"))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, left, none)
    QApplication.sendEvent(desk.window, enter)
    assert enter.isAccepted()
    assert "Drop the PDF to verify it." in said(desk.window.drops.target)
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(9, 9), copy, data, left, none))
    desk.settle()
    assert "valid" in texts(page.detail)
    assert page.detail.line is None
    page._on_clicked(page.list.model.index(0, 0))
    desk.settle()
    assert page.detail.line is not None


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        (Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.CopyAction),
        (Qt.DropAction.MoveAction, Qt.DropAction.IgnoreAction),
    ],
)
def test_what_is_offered_to_be_moved_stays_where_it_is(
    desk: Desk, tmp_path: Path, offered: Qt.DropAction, taken: Qt.DropAction
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dossier.pdf"))])
    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    enter = QDragEnterEvent(QPoint(9, 9), offered, data, left, shift)
    assert enter.proposedAction() is Qt.DropAction.MoveAction
    QApplication.sendEvent(desk.window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(9, 9), offered, data, left, shift)
    QApplication.sendEvent(desk.window, drop)
    assert (drop.isAccepted(), drop.dropAction()) == (True, taken)
    desk.settle()
    assert "valid" in texts(page_of(desk).detail)


def test_text_is_not_taken_for_a_file(desk: Desk) -> None:
    page, data = page_of(desk), QMimeData()
    data.setText("dossier.pdf")
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(9, 9), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, event)
    assert desk.window.drops.target.isHidden()
    assert page.bar.isHidden()


def test_a_moved_file_is_found_again(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    assert state(page) == "unchanged"
    away = tmp_path / "away"
    away.mkdir()
    moved = (tmp_path / "dossier.pdf").rename(away / "other-name.pdf")
    page.reload()
    desk.settle()
    assert state(page) == "not on this computer"
    page = choose(desk)
    assert "its file is not known on this computer" in said(page.detail)
    page.detail.preview.wanted.emit()
    dialog = desk.window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(moved))
    dialog.reject()
    desk.settle()
    page.reload()
    desk.settle()
    assert state(page) == "valid"


def test_a_shelf_tells_gone_from_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-")
    shelf = Shelf()
    shelf.keep("00", file)
    assert shelf.look(["00"], None)["00"].found is Found.CHANGED
    file.unlink()
    assert Shelf().look(["00", "11"], None) == {
        "00": shelf.look(["00"], None)["00"],
        "11": shelf.look(["11"], None)["11"],
    }
    assert shelf.look(["00"], None)["00"].found is Found.GONE
    assert shelf.look(["11"], None)["11"].found is Found.ELSEWHERE


@pytest.fixture
def foreign(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A dossier of another bank, and the certificate of its authority."""
    made = workspaces.create_workspace(
        NewWorkspace(
            str(tmp_path / "other.mrm"), "Andere Bank", "Olaf Clausen", PASSPHRASE, PASSPHRASE
        )
    )
    models.register_model(made, {"name": "Fremdes Modell"})
    out, roots = tmp_path / "foreign" / "theirs.pdf", tmp_path / "foreign" / "theirs.pem"
    out.parent.mkdir()
    unlock = people.unlocker(made, lambda: PASSPHRASE)
    dossiers.export_dossier(made, Order("1", out), unlock)
    roots.write_text(export_authority(made), "ascii")
    yield out, roots
    made.workspace.close()


def test_a_foreign_dossier_is_trusted_through_its_certificate(
    desk: Desk, foreign: tuple[Path, Path]
) -> None:
    out, roots = foreign
    page = show(desk, out)
    assert "valid, signer not trusted" in texts(page.detail)
    assert not desk.can("dossier.distrust")
    page.work.use_trust(roots)
    desk.settle()
    assert "theirs.pem" in said(page.detail)
    assert "not issued here" in texts(page.detail)
    assert "\nvalid\n" in texts(page.detail)
    desk.window.context.actions.run("dossier.distrust")
    desk.settle()
    assert "\nvalid\n" not in texts(page.detail)


def test_the_authoritys_certificate_is_saved(desk: Desk, tmp_path: Path) -> None:
    page_of(desk)
    desk.window.context.actions.run("dossier.authority")
    dialog = desk.window.findChildren(QFileDialog, "saveFile")[-1]
    dialog.fileSelected.emit(str(tmp_path / "authority.pem"))
    dialog.reject()
    desk.settle()
    assert (tmp_path / "authority.pem").read_text() == export_authority(desk.bank.session)
