"""The page Settings: looks of this desk, people and keys, dossiers, trust, the workspace."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.core.identity import Role
from mlops_desktop.services.accepting import KeyKind, NewKey, accept_invitation
from mlops_desktop.services.dossiers.settings import read_settings
from mlops_desktop.services.dossiers.templates import list_templates
from mlops_desktop.services.invitations import read_invitation
from mlops_desktop.services.keyrings import Lies, list_key_sheets
from mlops_desktop.services.people import Enrolment, enrol_person
from mlops_desktop.services.seconds import confirm
from mlops_desktop.services.trust_services import show_revocations
from mlops_desktop.services.workspace_card import KeyPlace, show_workspace
from mlops_desktop.ui.pages.ledger import PAGE as LEDGER
from mlops_desktop.ui.pages.rules.asking import CheckList, NumberBox
from mlops_desktop.ui.pages.settings import PAGE
from mlops_desktop.ui.pages.settings.page import SettingsPage
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.support.canaries import canary
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, button
from tests.ui.pages.desk import Desk, close, field, is_open, open_desk, texts, type_in

NEW = canary("another passphrase of a person", "Alsterdampfer und Franzbrötchen")
WORDS = canary("a passphrase of a workspace's key", "Speicherstadt im Morgennebel")


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    return open_desk(make_window, file_bank, qtbot, PAGE, LEDGER)


def go(desk: Desk, section: str) -> SettingsPage:
    desk.window.show_page("settings", section)
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, SettingsPage)
    return page


def choose(desk: Desk, name: str) -> None:
    sheets = list_key_sheets(desk.bank.session)
    (id,) = (one.id for one in sheets if one.person.name == name)
    go(desk, "people").section().made().list.show_record(id)  # type: ignore[attr-defined]
    desk.settle()


def test_looks_are_chosen_and_nothing_of_them_enters_the_workspace(desk: Desk) -> None:
    page = go(desk, "appearance")
    before = show_workspace(desk.bank.session).events
    assert (nameless(page), unreachable(page)) == ([], [])
    for name, words in (
        ("Colours", "High contrast"),
        ("Size of text", "Text a quarter larger (125 %)"),
        ("The Overview is for", "Auditor"),
        ("Language", "Deutsch"),
    ):
        box = field(page.section(), name)
        box.setFocus()
        at = box.findText(words)  # type: ignore[attr-defined]
        box.setCurrentIndex(at)  # type: ignore[attr-defined]
        box.activated.emit(at)  # type: ignore[attr-defined]
    desk.settle()
    prefs = desk.window.prefs
    found = (prefs.theme, prefs.text_percent, prefs.role, prefs.language)
    assert found == ("contrast", 125, "auditor", "de")
    assert "ändern nichts im Arbeitsbereich" in texts(page)
    desk.window.context.actions.run("language.en")
    desk.settle()
    assert show_workspace(desk.bank.session).events == before


def test_a_person_is_enrolled_changes_the_passphrase_keeps_the_key_and_is_revoked(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page = go(desk, "people")
    assert (nameless(page), unreachable(page)) == ([], [])
    enrols(desk, tmp_path, qtbot)
    choose(desk, "Nadine Albers")
    said = texts(page.section())
    assert "can sign" in said
    assert "Audit" in said
    (sheet,) = (s for s in list_key_sheets(desk.bank.session) if s.person.name == "Nadine Albers")
    assert (sheet.lies, sheet.person.roles) == (Lies.HERE, (Role.AUDITOR,))
    keeps_the_key(desk, tmp_path / "albers.p12")
    dialog = desk.do("settings.revoke")
    assert "May stay empty" in texts(dialog)
    assert "Revoke the key of Nadine Albers?" in texts(dialog)
    assert "count as without one" in texts(dialog)
    type_in(dialog, "Reason", "Left the bank")
    desk.send(dialog)
    assert is_open(dialog), "who holds a key signs with it"
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert "revoked" in texts(page.section())
    assert not desk.can("settings.revoke")
    choose(desk, FOUNDER)
    close(desk.do("settings.certify"))


def test_without_a_key_there_is_nothing_to_revoke(desk: Desk) -> None:
    enrol_person(desk.bank.session, Enrolment("Birgit Thomsen"), lambda: "")
    page = go(desk, "people")
    choose(desk, "Birgit Thomsen")
    assert not desk.can("settings.revoke")
    dialog = desk.do("settings.leave")
    assert "there is no signature to revoke" in texts(dialog)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert "no longer active" in texts(page.section())
    assert not desk.can("settings.leave")
    choose(desk, FOUNDER)
    assert desk.can("settings.revoke")
    assert not desk.can("settings.leave")


def enrols(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = desk.do("settings.enrol")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    type_in(dialog, "Key", "On a card or token (PKCS#11)")
    assert (nameless(dialog), unreachable(dialog)) == ([], [])
    desk.send(dialog)
    assert texts(dialog).count("This is needed.") == 6
    type_in(dialog, "PKCS#11 module", str(tmp_path / "no-module.so"))
    for name in ("Token", "Key on the token", "Name"):
        type_in(dialog, name, "Nadine Albers")
    type_in(dialog, "PIN of the token", "1234")
    type_in(dialog, "Passphrase of the authority", PASSPHRASE)
    desk.send(dialog)
    assert "no-module.so" in texts(dialog)
    type_in(dialog, "Key", "Made and certified here")
    (roles,) = dialog.findChildren(CheckList)
    roles.tick("auditor")
    type_in(dialog, "Passphrase of the person’s key", NEW)
    type_in(dialog, "Passphrase again", "something else")
    desk.send(dialog)
    assert "The two passphrases differ." in texts(dialog)
    type_in(dialog, "Passphrase again", NEW)
    type_in(dialog, "Passphrase of the authority", "not this one")
    desk.send(dialog)
    assert "The passphrase of the workspace's authority is wrong" in texts(dialog)
    type_in(dialog, "Passphrase of the authority", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)


def keeps_the_key(desk: Desk, target: Path) -> None:
    dialog = desk.do("settings.passphrase")
    type_in(dialog, "Passphrase now", PASSPHRASE)
    type_in(dialog, "Passphrase", WORDS)
    type_in(dialog, "Passphrase again", WORDS)
    desk.send(dialog)
    assert "wrong" in texts(dialog)
    type_in(dialog, "Passphrase now", NEW)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)

    dialog = desk.do("settings.key_file")
    type_in(dialog, "File", str(target))
    type_in(dialog, "Passphrase now", WORDS)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    assert target.stat().st_size > 1000
    dialog = desk.do("settings.key_file")
    type_in(dialog, "File", str(target))
    type_in(dialog, "Passphrase now", WORDS)
    desk.send(dialog)
    assert "already something" in texts(dialog)
    close(dialog)


def test_a_person_is_invited_admitted_and_confirmed_by_a_second_custodian(
    desk: Desk, tmp_path: Path
) -> None:
    session, page = desk.bank.session, go(desk, "people")
    choose(desk, "Miriam Sander")
    dialog = desk.do("settings.change_roles")
    assert "Roles decide what a person may sign" in texts(dialog)
    (roles,) = dialog.findChildren(CheckList)
    roles.tick("custodian")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)

    path = tmp_path / "albers.invitation"
    dialog = desk.do("settings.invite")
    assert (nameless(dialog), unreachable(dialog)) == ([], [])
    type_in(dialog, "Name", "Nadine Albers")
    line = field(dialog, "File")
    assert isinstance(line, QLineEdit)
    assert Path(line.text()).name == "invitation-Nadine-Albers-Elbmark-Bank-AG.invitation"
    type_in(dialog, "File", str(path))
    type_in(dialog, "Name", "Nadine A. Albers")
    assert line.text() == str(path)  # what somebody named keeps its name
    type_in(dialog, "Name", "Nadine Albers")
    desk.send(dialog)
    choose(desk, "Nadine Albers")
    assert "Invited by" in texts(page.section())
    request = accept_invitation(read_invitation(path), NewKey(NEW, KeyKind.P256))
    (tmp_path / "albers.csr").write_text(request.pem)

    dialog = desk.do("settings.admit")
    type_in(dialog, "Request", str(tmp_path / "albers.csr"))
    type_in(dialog, "Fingerprint as read out", "12345")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    type_in(dialog, "Passphrase of the authority", PASSPHRASE)
    desk.send(dialog)
    assert "not that of the request" in texts(dialog)
    type_in(dialog, "Fingerprint as read out", request.fingerprint)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    choose(desk, "Nadine Albers")
    assert "waits for a second signature" in texts(page.section())
    dialog = desk.do("settings.confirm")
    type_in(dialog, "Fingerprint as read out", request.fingerprint)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert "cannot give the second signature" in texts(dialog)
    close(dialog)
    second = desk.bank.as_("Miriam Sander")
    confirm(second, "Nadine Albers", desk.bank.unlock("Miriam Sander"), request.fingerprint)
    assert all(one.waits is None for one in list_key_sheets(session))


def test_dossiers_templates_signatures_and_the_spare_key(desk: Desk) -> None:
    session = desk.bank.session
    shapes_dossiers(desk)
    page = go(desk, "trust")
    assert "nobody" in texts(page)
    dialog = desk.do("settings.revocations")
    type_in(dialog, "Passphrase of the authority", PASSPHRASE)
    desk.send(dialog)
    assert show_revocations(session) is not None
    assert "never published" not in texts(page)

    page = go(desk, "workspace")
    assert "No spare key" in texts(page)
    dialog = desk.do("settings.keep_key")
    for name in ("Passphrase", "Passphrase again"):
        type_in(dialog, name, WORDS)
    desk.send(dialog)
    desk.settle()
    card = show_workspace(session)
    assert KeyPlace.FILE in card.keys
    assert str(card.wrapped) in texts(page)
    desk.window.context.actions.run("settings.verify")
    desk.settle()
    assert desk.window.stage.current == "ledger"


def shapes_dossiers(desk: Desk) -> None:
    session = desk.bank.session
    page = go(desk, "dossiers")
    dialog = desk.do("settings.dossiers")
    type_in(dialog, "Classification", "Confidential")
    (months,) = dialog.findChildren(NumberBox)
    months.setValue(120)
    type_in(dialog, "Logo", __file__)
    desk.send(dialog)
    assert is_open(dialog)
    assert "logo" in texts(dialog).lower()
    type_in(dialog, "Logo", "")
    desk.send(dialog)
    assert not is_open(dialog)
    desk.settle()
    assert "120 months after the export" in texts(page)
    dialog = desk.do("settings.dossiers")
    type_in(dialog, "Classification", "")
    desk.send(dialog)
    found = read_settings(session)
    assert (found.classification, found.retention_months) == (None, 120)

    page = go(desk, "templates")
    assert "No template yet" in texts(page)
    dialog = desk.do("settings.template_save")
    type_in(dialog, "Name of the template", "Board")
    desk.send(dialog)
    assert [one.name for one in list_templates(session)] == ["Board"]
    page.section().made().list.view.selectRow(0)  # type: ignore[attr-defined]
    desk.settle()
    assert "49 of 49 sections" in texts(page)
    desk.send(desk.do("settings.template_remove"))
    assert list_templates(session) == ()


def test_a_backup_is_made_while_the_window_goes_on(desk: Desk, tmp_path: Path) -> None:
    page = go(desk, "backup")
    assert "never from this desk" in texts(page)
    assert (nameless(page), unreachable(page)) == ([], [])
    dialog = desk.do("settings.backup")
    target = tmp_path / "kept.mrm"
    button(dialog, "Choose…").click()
    asked = dialog.findChild(QFileDialog, "saveFile")
    assert isinstance(asked, QFileDialog)
    asked.fileSelected.emit(str(target))
    asked.close()
    line = field(dialog, "Backup file")
    assert isinstance(line, QLineEdit)
    assert line.text() == str(target)
    desk.send(dialog)
    assert target.exists()
    assert str(target) in texts(page)
    assert "Backed up" in texts(page)
