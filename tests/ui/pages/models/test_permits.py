"""Permits in the window: the gate's answer first, one signature, listed, shown and saved."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.services.permits.showing import list_permits, show_permit
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.models.permitting import PermitDialog
from mlops_desktop.ui.pages.models.tabs.permits import PermitsTab
from mlops_desktop.ui.widgets.buttons import IconButton
from tests.services.steps import add_version
from tests.services.test_permits import DIGEST, approved
from tests.support.bank import PASSPHRASE, Bank
from tests.ui.access import nameless, spoken, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in
from tests.ui.pages.models.acts import tab


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    approved(file_bank)
    return open_desk(make_window, file_bank, qtbot)


def model_key(page: ModelsPage) -> str:
    assert page.detail.shown is not None
    return page.detail.shown.sheet.row.key


def file_dialog(name: str) -> QFileDialog:
    (found,) = (
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QFileDialog) and widget.objectName() == name and widget.isVisible()
    )
    return found


def save_to(desk: Desk, dialog: QFileDialog, path: Path) -> None:
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.settle()


def ask(desk: Desk) -> PermitDialog:
    dialog = desk.do("model.permit")
    assert isinstance(dialog, PermitDialog)
    return dialog


def test_the_gate_answers_before_anything_is_signed(
    desk: Desk, page: ModelsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    assert "No permit was issued" in tab(desk, page, "Permits")
    assert not desk.can("permit.save")
    dialog = ask(desk)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert (nameless(dialog), unreachable(dialog)) == ([], [])
    assert "The gate lets version 7 pass to production" in texts(dialog), texts(dialog)
    desk.send(dialog)
    assert "please type its passphrase" in texts(dialog)
    type_in(dialog, "Artefact (SHA-256)", "sha1:00")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert "neither a file nor a SHA-256" in texts(dialog)
    type_in(dialog, "Artefact (SHA-256)", "")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    (permit,) = list_permits(desk.bank.session)
    path = tmp_path / "model.permit"
    path.write_text("before")  # the file dialog has asked whether to replace it
    save_to(desk, file_dialog("saveFile"), path)
    assert path.read_bytes() == show_permit(desk.bank.session, permit.id)[1]
    told = tab(desk, page, "Permits")
    assert DIGEST[:12] in told
    assert "all that use the model" in told
    shown = page.detail.open_tab(PermitsTab)
    assert spoken(shown.table) == "Permits"
    shown.table.selectRow(0)
    desk.settle()
    desk.window.context.actions.run("permit.save")
    save_to(desk, file_dialog("saveFile"), tmp_path / "again.permit")
    assert (tmp_path / "again.permit").read_bytes() == path.read_bytes()
    desk.window.context.actions.run("permit.checker")
    save_to(desk, file_dialog("checkerFolder"), tmp_path / "gate")
    assert (tmp_path / "gate" / "check_permit.py").is_file()


def test_a_no_of_the_gate_says_why_and_cannot_be_signed(desk: Desk, page: ModelsPage) -> None:
    add_version(desk.bank, model_key(page), "8", artifact=f"sha256:{DIGEST}")
    page.reload()
    desk.settle()
    dialog = ask(desk)
    type_in(dialog, "Version", "8")
    desk.settle()
    assert "does not let version 8 pass" in texts(dialog)
    assert "Nobody has asked for an approval" in texts(dialog)
    assert not [one for one in dialog.bar.findChildren(IconButton) if one.isVisible()]
    assert not dialog.verb.isEnabled()
    type_in(dialog, "Version", "7")
    desk.settle()
    assert dialog.verb.isEnabled()
    type_in(dialog, "Artefact (SHA-256)", "0" * 64)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert "was made with the artefact" in texts(dialog)
    assert list_permits(desk.bank.session) == ()
    dialog.reject()


def test_it_speaks_german(desk: Desk, page: ModelsPage) -> None:
    desk.window.context.actions.run("language.de")
    desk.settle()
    assert "noch keine Freigabebescheinigung" in tab(desk, page, "Bescheinigungen")
