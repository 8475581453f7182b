"""Joining a team on a computer without a keyring: the device's key lies under a passphrase."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.ui.pages.sharing import PAGE
from mlops_desktop.ui.table.measuring import PADDING
from mlops_desktop.ui.ways import ServiceWays
from mlops_desktop.ui.ways_team import TeamForm
from mlops_desktop.ui.window import Window
from tests.support.team import MEMBER, Team
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, is_at_rest, said

SECRET = "zwölf kurze Worte"


def line(form: TeamForm, name: str) -> QLineEdit:
    return next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == name)


def begin(window: Window, team: Team) -> TeamForm:
    ServiceWays().join_team(window.context, team.place(MEMBER))
    (form,) = [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, TeamForm) and one.isVisible()
    ]
    line(form, "Your name").setText(MEMBER)
    return form


def send(form: TeamForm, qtbot: QtBot) -> None:
    form.verb.click()
    qtbot.waitUntil(form.verb.isEnabled)


def leave(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.context.is_open)
    qtbot.waitUntil(lambda: is_at_rest(window))
    session = window.context.session
    window.context.use_session(None)
    qtbot.waitUntil(lambda: is_at_rest(window))
    session.workspace.close()


def test_an_address_is_seen_whole(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(pages=(PAGE,))
    window.resize(1440, 900)
    window.show()
    form = TeamForm(window.context, window, "postgresql://a.yildiz@db.elbmark.de:5432/mlops")
    form.open()
    qtbot.waitUntil(form.isVisible)
    address = line(form, "Address")
    whole = f"{address.text()}?sslmode=verify-full"
    assert address.width() > address.fontMetrics().horizontalAdvance(whole) + 2 * PADDING
    assert address.y() == form.accept_button.y()
    form.reject()


def test_a_new_passphrase_is_asked_for_twice_and_later_once(
    team: Team,
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.delenv(VARIABLE)
    window = make_window(pages=(PAGE,))
    form = begin(window, team)
    send(form, qtbot)
    assert "There is no keyring on this computer." in said(form.bar)
    assert nameless(form) == []
    line(form, "Passphrase of this device").setText(SECRET)
    line(form, "Passphrase of this device again").setText(SECRET + "!")
    form.verb.click()
    assert "The two passphrases differ." in said(form)
    line(form, "Passphrase of this device again").setText(SECRET)
    form.verb.click()
    leave(window, qtbot)

    form = begin(window, team)
    send(form, qtbot)
    assert [one.accessibleName() for one in form.findChildren(QLineEdit)][-1:] == [
        "Passphrase of this device"
    ]
    line(form, "Passphrase of this device").setText("ein anderes Wort")
    send(form, qtbot)
    assert not window.context.is_open
    assert "passphrase" in said(form).lower()
    line(form, "Passphrase of this device").setText(SECRET)
    form.verb.click()
    leave(window, qtbot)
