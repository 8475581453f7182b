"""Who was invited makes a key at his own desk, is let in, and joins, all in the window."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mlops_desktop.core.identity import Role
from mlops_desktop.outside.certificate_requests import read_request
from mlops_desktop.outside.certificates import create_authority, issue_person, new_p256_key
from mlops_desktop.outside.credentials import write_pkcs12
from mlops_desktop.services import people
from mlops_desktop.services.admissions import admit_person
from mlops_desktop.services.askings import read_request_file
from mlops_desktop.services.invitations import NewInvitation, invite_person, write_invitation
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.sharing import PAGE
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.ways_forms import AskingForm
from mlops_desktop.ui.ways_invited import AcceptForm, FingerprintForm
from mlops_desktop.ui.ways_team import TeamForm
from mlops_desktop.ui.widgets.label import Label
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, is_at_rest

SECRET = "elf kurze Worte"
NAME = "Ayşe Lindqvist"


def line(form: AskingForm, name: str) -> QLineEdit:
    return next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == name)


def open_form(kind: type[AskingForm | FingerprintForm]) -> AskingForm | FingerprintForm:
    (found,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    ]
    return found


def invite(bank: Bank, path: Path) -> None:
    invited = invite_person(bank.as_(FOUNDER), NewInvitation(NAME, (Role.VALIDATOR,)))
    write_invitation(invited.invitation, path)


def accept(context: Context, invitation: Path, request: Path, qtbot: QtBot) -> str:
    """Take the invitation in the window and return the fingerprint that is shown."""
    team = open_form(TeamForm)
    assert isinstance(team, TeamForm)
    team.accept_button.click()
    form = open_form(AcceptForm)
    assert isinstance(form, AcceptForm)
    assert nameless(form) == []
    form.verb.click()
    assert form.isVisible(), "nothing is filled in yet"
    form.file.setText(str(invitation))
    form.secret.setText(SECRET)
    form.again.setText(SECRET)
    form.request.setText(str(request))
    form.verb.click()
    qtbot.waitUntil(lambda: not isValid(form))
    shown = open_form(FingerprintForm)
    assert not shown._cancel.isVisible(), "the request is written already"
    label = next(one for one in shown.findChildren(Label) if one.text().replace(" ", "").isdigit())
    assert line(team, "Your name").text() == NAME
    shown.verb.click()
    return label.text()


def test_an_invitation_is_taken_and_joined_with_in_the_window(
    file_bank: Bank,
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invitation, request = tmp_path / "a.invitation", tmp_path / "a.request"
    invite(file_bank, invitation)
    window = make_window(pages=(PAGE,))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
        ServiceWays().join_team(window.context)
        fingerprint = accept(window.context, invitation, request, qtbot)
    founder = file_bank.as_(FOUNDER)
    unlock = people.unlocker(founder, lambda: PASSPHRASE)
    admit_person(founder, read_request_file(request), fingerprint, unlock, lambda: PASSPHRASE)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
        team = open_form(TeamForm)
        assert isinstance(team, TeamForm)
        team.verb.click()
        qtbot.waitUntil(team.verb.isEnabled)
        assert not window.context.is_open, "his own key has to sign the computer in"
        line(team, "Passphrase of your key").setText(SECRET)
        team.verb.click()
        qtbot.waitUntil(lambda: window.context.is_open)
        qtbot.waitUntil(lambda: is_at_rest(window))
        session = window.context.session
        assert people.names_by_id(session)[session.actor.person] == NAME
        window.context.use_session(None)
        qtbot.waitUntil(lambda: is_at_rest(window))


def test_a_key_that_somebody_has_is_taken_from_its_file_and_a_token_is_asked_for(
    file_bank: Bank,
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invitation, request, brought = (tmp_path / name for name in ("a.inv", "a.csr", "own.p12"))
    invite(file_bank, invitation)
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
    private = new_p256_key()
    authority = create_authority("Kartenstelle", datetime(2026, 1, 1, tzinfo=UTC))
    own = issue_person(authority, NAME, "k-1", datetime(2026, 1, 2, tzinfo=UTC), private)
    brought.write_bytes(write_pkcs12(own, SECRET, NAME))
    window = make_window(pages=(PAGE,))
    form = AcceptForm(window.context, window)
    form.open()
    form.file.setText(str(invitation))
    form.request.setText(str(request))
    key = form.key
    key.way.setCurrentIndex(key.way.findData("token"))
    assert key.module.isVisible()
    assert not key.file.isVisible()
    assert not form.again.isVisible()
    assert form.secret.accessibleName() == "PIN of the token"
    assert nameless(form) == []
    form.secret.setText("1234")
    form.verb.click()
    assert key.module.property("wrong")
    assert key.label.property("wrong")
    for line_of, text in (
        (key.module, str(tmp_path / "no.so")),
        (key.token, "t"),
        (key.label, "k"),
    ):
        line_of.setText(text)
    form.verb.click()
    qtbot.waitUntil(form.verb.isEnabled)
    assert "no.so" in key.module.accessibleDescription()
    assert not request.exists()

    key.way.setCurrentIndex(key.way.findData("file"))
    form.verb.click()
    assert key.file.property("wrong")
    key.file.setText(str(brought))
    form.secret.setText("nicht diese Passphrase")
    form.verb.click()
    qtbot.waitUntil(form.verb.isEnabled)
    assert form.secret.property("wrong")
    form.secret.setText(SECRET)
    form.verb.click()
    qtbot.waitUntil(lambda: not isValid(form))
    asked = read_request(request.read_bytes()).public_key()
    assert asked == private.public_key()
    open_form(FingerprintForm).verb.click()
