"""The page Dossiers as a person uses it: real exports, real files, some of them altered."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import current_thread, main_thread

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.services import dossiers, models, people, workspaces
from mlops_desktop.services.dossiers import Exported, Order
from mlops_desktop.services.dossiers.verification import export_authority
from mlops_desktop.services.workspaces import NewWorkspace
from mlops_desktop.store.workspace import Workspace
from mlops_desktop.ui.pages.dossiers import PAGE
from mlops_desktop.ui.pages.dossiers.library import make_columns
from mlops_desktop.ui.pages.dossiers.order import OrderForm
from mlops_desktop.ui.pages.dossiers.page import DossiersPage
from mlops_desktop.ui.pages.dossiers.said import say_places
from mlops_desktop.ui.pages.dossiers.sealing import SealDialog
from mlops_desktop.ui.pages.dossiers.shelf import Found, Shelf
from mlops_desktop.ui.pages.dossiers.verifying import with_seal
from tests.services.steps import ask, cast, register
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, close, is_open, texts, type_in


@pytest.fixture
def empty(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """A bank with a model, of which nothing has left yet."""
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot)


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> Desk:
    """One export, its file beside the workspace."""
    register(file_bank)
    export(file_bank, tmp_path / "dossier.pdf")
    return open_desk(make_window, file_bank, qtbot)


def export(bank: Bank, out: Path) -> Exported:
    return dossiers.export_dossier(bank.session, Order("1", out), bank.unlock(FOUNDER))


def open_desk(make_window: MakeWindow, bank: Bank, qtbot: QtBot) -> Desk:
    window = make_window(pages=(PAGE,))
    window.resize(1280, 820)
    desk = Desk(window, bank, qtbot)
    window.context.use_session(bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> DossiersPage:
    return desk._go("dossiers", DossiersPage)


def choose(desk: Desk) -> DossiersPage:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    return page


def show(desk: Desk, path: Path) -> DossiersPage:
    page = page_of(desk)
    page.show_file(path)
    desk.settle()
    return page


def state(page: DossiersPage, row: int = 0) -> str:
    line = page.list.model.line(row)
    assert line is not None
    ids = [column.id for column in page.list.model.columns]
    return line.cells[ids.index("state")].text


def toast(desk: Desk) -> str:
    frame = desk.window._toaster._frame
    return said(frame) if frame is not None else ""


def order(desk: Desk, out: Path, model: str = "M-00001") -> OrderForm:
    dialog = desk.do("dossier.export")
    assert isinstance(dialog, OrderForm)
    type_in(dialog, "Model", model)
    type_in(dialog, "File", str(out))
    return dialog


def seal_dialog(desk: Desk, form: OrderForm) -> SealDialog | None:
    """Send the order; return the dialog with its pages, None where the order was refused."""
    desk.send(form)
    found = [one for one in desk.window.findChildren(SealDialog) if is_open(one)]
    return found[-1] if found else None


def seal(desk: Desk, form: OrderForm, passphrase: str = PASSPHRASE) -> SealDialog:
    dialog = seal_dialog(desk, form)
    assert dialog is not None
    dialog.passphrase.setText(passphrase)
    desk.send(dialog)
    return dialog


def alter(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_an_empty_page_leads_to_the_first_export(empty: Desk) -> None:
    page = page_of(empty)
    assert "No dossier has left this workspace yet." in said(page)
    assert empty.can("dossier.export")


def test_an_export_is_asked_for_sealed_shown_and_verified(empty: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    form = order(empty, out)
    type_in(form, "Language of the dossier", "German")
    type_in(form, "Classification", "strictly confidential")
    dialog = seal(empty, form)
    assert not is_open(dialog)
    assert not is_open(form)
    assert out.read_bytes().startswith(b"%PDF-")
    assert toast(empty).startswith("Exported: out.pdf")
    page = choose(empty)
    assert page.heading() == "1 dossier has left this workspace"
    told = texts(page.detail)
    for text in ("valid", "issued here", "PD Mittelstand (IRB)", FOUNDER, "Level: PAdES B-B"):
        assert text in told
    assert [f"{number}. " in told for number in range(1, 10)] == [True] * 9
    assert state(page) == "valid"
    pages = page.detail.preview.pages
    assert pages.page_count() > 3
    assert f"Page 1 of {pages.page_count()}" in told
    with pypdfium2.PdfDocument(out) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "streng vertraulich" in text


def test_a_wrong_passphrase_is_explained_and_asked_again(empty: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    dialog = seal(empty, order(empty, out), "not the passphrase")
    assert is_open(dialog)
    assert "The passphrase is wrong." in said(dialog)
    assert not dialog.passphrase.text()
    assert not out.exists()
    dialog.passphrase.setText(PASSPHRASE)
    empty.send(dialog)
    assert not is_open(dialog)
    assert out.exists()


def test_what_a_seal_covers_is_shown_before(empty: Desk, tmp_path: Path) -> None:
    form = order(empty, tmp_path / "out.pdf")
    dialog = seal_dialog(empty, form)
    assert dialog is not None
    told = said(dialog)
    for text in ("M-00001", "now", "English", "confidential", str(tmp_path), FOUNDER, "PAdES"):
        assert text in told
    assert not dialog.comment.isVisible()
    dialog.reject()
    empty.settle()
    assert form.verb.isEnabled()
    close(form)


def test_what_is_seen_is_what_is_sealed_byte_for_byte(empty: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    dialog = seal_dialog(empty, order(empty, out))
    assert dialog is not None
    assert dialog.prepared is not None
    seen = dialog.preview.pages._content
    assert seen == dialog.prepared.unsealed
    assert f"Page 1 of {dialog.preview.pages.page_count()}" in said(dialog)
    assert not out.exists()
    # Somebody records something meanwhile: nothing is sealed, and the pages come anew.
    models.edit_model(empty.bank.session, "1", {"purpose": "Something else"})
    dialog.passphrase.setText(PASSPHRASE)
    empty.send(dialog)
    assert "Something was recorded since the preview was made" in said(dialog.bar)
    assert not out.exists()
    again = dialog.preview.pages._content
    assert again != seen
    empty.send(dialog)
    assert not is_open(dialog)
    sealed = out.read_bytes()
    assert sealed.startswith(again)
    assert len(sealed) > len(again)


def test_the_pages_are_stopped_made_again_and_made_meanwhile(empty: Desk, tmp_path: Path) -> None:
    page = page_of(empty)
    form = order(empty, tmp_path / "out.pdf")
    QTest.mouseClick(form.verb, Qt.MouseButton.LeftButton)
    empty.qtbot.waitUntil(lambda: bool(empty.window.findChildren(SealDialog)))
    (dialog,) = empty.window.findChildren(SealDialog)
    (job,) = empty.window.context.jobs.listing()
    assert not dialog.verb.isEnabled()
    empty.window.context.jobs.cancel(job)
    empty.settle()
    assert "The pages were not made" in said(dialog)
    assert not dialog.verb.isEnabled()
    dialog.preview.wanted.emit()
    dialog.put_aside()
    assert not is_open(dialog)
    assert not is_open(form)
    empty.settle()
    assert "The preview of the dossier of M-00001 is ready" in toast(empty)
    assert page._resume.isVisible()
    empty.window.context.actions.run("dossier.resume")
    dialog.passphrase.setText(PASSPHRASE)
    empty.send(dialog)
    assert (tmp_path / "out.pdf").exists()
    assert not empty.can("dossier.resume")
    form = order(empty, tmp_path / "other.pdf")
    again = seal_dialog(empty, form)
    assert again is not None
    again.put_aside()
    assert empty.can("dossier.resume")
    empty.act_as("Jonas Brandt")  # it was made to be sealed by somebody else
    assert not empty.can("dossier.resume")
    assert not is_open(again)


def test_what_is_wrong_with_an_order_is_said_beside_its_field(empty: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"something of mine")
    form = order(empty, taken, model="")
    type_in(form, "As of", "tomorrow")
    empty.send(form)
    assert "Please name a model." in said(form)
    assert "Please write a day." in said(form)
    type_in(form, "Model", "M-00001")
    type_in(form, "As of", (clock.today() + timedelta(days=1)).isoformat())
    empty.send(form)
    assert "This day has not come yet." in said(form)
    type_in(form, "As of", "")
    assert seal_dialog(empty, form) is None
    assert "taken.pdf" in said(form)
    assert taken.read_bytes() == b"something of mine"
    form.target.line.setText(str(taken))
    form._confirmed = str(taken)
    assert seal_dialog(empty, form) is None
    assert taken.read_bytes() == b"something of mine"  # a dossier replaces nothing but a PDF
    taken.write_bytes(b"%PDF-1.7 of mine")
    seal(empty, form)
    assert b"of mine" not in taken.read_bytes()
    assert taken.read_bytes().startswith(b"%PDF-")


def test_an_unknown_model_is_said_beside_its_field(empty: Desk, tmp_path: Path) -> None:
    form = order(empty, tmp_path / "out.pdf", model="M-00042")
    assert seal_dialog(empty, form) is None
    assert "There is no model “M-00042”." in said(form)
    assert is_open(form)
    close(form)


def test_the_file_is_named_by_model_day_and_language(empty: Desk) -> None:
    page = page_of(empty)
    page.show_record("M-00001")
    form = empty.do("dossier.export")
    assert isinstance(form, OrderForm)
    today = clock.today().isoformat()
    assert form.order().out.name == f"M-00001-{today}-en.pdf"
    type_in(form, "Language of the dossier", "German")
    type_in(form, "As of", "2026-03-31")
    assert form.order().out.name == "M-00001-2026-03-31-de.pdf"
    type_in(form, "Model", "../../etc/passwd")
    assert form.order().out.name == "etcpasswd-2026-03-31-de.pdf"
    close(form)


def test_the_day_shown_is_the_day_exported(empty: Desk) -> None:
    day = clock.today() - timedelta(days=3)
    page_of(empty)
    empty.window.context.show_as_of(day)
    empty.settle()
    form = empty.do("dossier.export")
    assert isinstance(form, OrderForm)
    assert form.order().as_of.known == day
    close(form)


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
    assert told.count("not run, because an earlier check failed") == 10


def test_a_file_that_cannot_be_read_is_explained(desk: Desk, tmp_path: Path) -> None:
    page = show(desk, tmp_path / "missing.pdf")
    assert "missing.pdf" in said(page.detail.bar)


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


def test_the_list_is_filtered_and_sorted(desk: Desk, tmp_path: Path) -> None:
    dossiers.export_dossier(
        desk.bank.session, Order("1", tmp_path / "de.pdf", "de"), desk.bank.unlock(FOUNDER)
    )
    page = page_of(desk)
    for text, number in (
        ("", 2), ("language:de", 1), ("model:mittelstand", 2), ("person:brandt", 0), ("fedd", 2),
    ):  # fmt: skip
        page.list.set_filter(text)
        page.reload()
        desk.settle()
        assert page.list.count() == number, text
    page.list.set_filter("colour:red")
    desk.settle()
    assert "colour" in said(page.list.bar)


def test_the_preview_draws_the_seal(desk: Desk, tmp_path: Path) -> None:
    content = (tmp_path / "dossier.pdf").read_bytes()
    assert "Dr. Katrin Feddersen" in _seal_text(with_seal(content))
    assert _dark(with_seal(content)) > _dark(content)
    assert with_seal(b"no PDF") == b"no PDF"


def _seal_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return str(document[0].get_textpage().get_text_bounded(bottom=0, top=220))


def _dark(content: bytes) -> int:
    """Count the dark pixels where the seal stands."""
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    lower = picture.crop((0, int(picture.height * 0.75), picture.width, int(picture.height * 0.92)))
    return sum(lower.histogram()[:100])


def test_the_number_of_the_page_is_said_in_the_other_language_at_once(desk: Desk) -> None:
    page = choose(desk)
    assert "Page 1 of " in said(page.detail)
    desk.window.context.language.use("de")
    assert "Seite 1 von " in said(page.detail)


def test_checks_stand_beside_the_pages_or_below_them(desk: Desk) -> None:
    page = choose(desk)
    assert page.detail.split.orientation() == Qt.Orientation.Horizontal
    panel = page.detail.panel
    assert panel._ground.minimumSizeHint().width() <= panel.viewport().width()
    desk.window.resize(900, 760)
    desk.settle()
    assert page.detail.split.orientation() == Qt.Orientation.Vertical


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(desk: Desk, language: str) -> None:
    desk.window.context.language.use(language)
    page = choose(desk)
    for at in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []
        assert unreachable(desk.window) == []


def test_both_dialogs_have_names(empty: Desk, tmp_path: Path) -> None:
    form = order(empty, tmp_path / "out.pdf")
    assert nameless(form) == []
    dialog = seal_dialog(empty, form)
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.reject()
    close(form)


def test_the_window_itself_never_asks_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    read = Workspace.read

    def watched(workspace: Workspace) -> object:
        asked.append(current_thread() is main_thread())
        return read(workspace)

    monkeypatch.setattr(Workspace, "read", watched)
    page = choose(desk)
    page.work.verify_again()
    page.reload()
    desk.settle()
    close(desk.do("dossier.export"))
    assert len(asked) > 4
    assert not any(asked)


def test_the_record_says_who_countersigned_and_who_is_due(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = "Jonas Brandt", "Miriam Sander"
    request = ask(file_bank)
    for name in (first, second):
        cast(file_bank, request, name)
    out = tmp_path / "dossier.pdf"
    order = Order("1", out, signers=("approvers",))
    dossiers.export_dossier(file_bank.as_(second), order, file_bank.unlock(second))
    dossiers.countersign_dossier(file_bank.as_(first), out, file_bank.unlock(first))
    desk = open_desk(make_window, file_bank, qtbot)
    page = choose(desk)
    line = page.detail.line
    assert line is not None
    assert line.place.found is Found.SAME
    facts = say_places(desk.window.context, line.row)
    assert [fact.name for fact in facts] == [f"1. {first}", f"2. {second}"]
    assert facts[0].value.startswith("signed ")
    assert facts[1].value == "due now"
    page.detail.tabs.setCurrentIndex(1)
    desk.settle()
    shown = texts(page.detail.record)
    assert all(name in shown for name in (f"1. {first}", f"2. {second}", "due now"))
    columns = make_columns(desk.window.context, page.library)
    assert [column.text(line) for column in columns if column.id == "waits"] == [second]
