"""A window that was left alone shows nothing until its person gives the passphrase."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlops_desktop.services import models
from mlops_desktop.ui import idle
from mlops_desktop.ui.pages.sharing import PAGE
from mlops_desktop.ui.pages.sharing.forms import ExtractForm, TakeForm
from mlops_desktop.ui.window import Window
from tests.support.bank import PASSPHRASE, Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, is_at_rest


@pytest.fixture
def window(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Window:
    models.register_model(file_bank.session, {"name": "PD"})
    made = make_window(pages=(PAGE,))
    made.context.use_session(file_bank.session, "Elbmark Bank AG")
    qtbot.waitUntil(lambda: is_at_rest(made))
    return made


def shown(window: Window) -> bool:
    inside = window.centralWidget()
    assert inside is not None
    return inside.isVisible()


def test_it_locks_over_open_forms_and_comes_back_as_it_was(window: Window, qtbot: QtBot) -> None:
    window.context.actions.run("sharing.take")
    (form,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, TakeForm)]
    form.lease.setValue(12)
    window.idle.lock()
    assert not shown(window)
    assert not form.isVisible()
    lock = window.idle.form
    assert lock is not None
    assert nameless(lock) == []
    opened = ExtractForm(window.context, window)  # as running work opens one
    opened.open()
    qtbot.waitUntil(lambda: not opened.isVisible())
    lock.secret.setText("falsch und falsch")
    lock.verb.click()
    qtbot.waitUntil(lock.verb.isEnabled)
    assert window.idle.is_locked
    lock.secret.setText(PASSPHRASE)
    lock.verb.click()
    qtbot.waitUntil(lambda: not window.idle.is_locked)
    assert shown(window)
    assert form.isVisible()
    assert form.lease.value() == 12
    assert opened.isVisible()
    assert not opened.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    opened.reject()
    form.reject()


def test_without_the_passphrase_the_workspace_can_be_closed(window: Window, qtbot: QtBot) -> None:
    window.idle.lock()
    assert window.idle.form is not None
    window.idle.form.reject()
    qtbot.waitUntil(lambda: not window.context.is_open)
    assert not window.idle.is_locked


def test_nobody_there_locks_and_a_key_pressed_puts_it_off(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "_MINUTE", 30)
    window.context.prefs.lock_minutes = 10
    window.idle._begin()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    for _ in range(5):
        qtbot.wait(100)
        window.idle.eventFilter(window, key)
        assert not window.idle.is_locked
    qtbot.waitUntil(lambda: window.idle.is_locked)
    window.context.prefs.lock_minutes = 0
    assert window.idle.form is not None
    window.idle.form.secret.setText(PASSPHRASE)
    window.idle.form.verb.click()
    qtbot.waitUntil(lambda: not window.idle.is_locked)
    qtbot.wait(400)
    assert not window.idle.is_locked, "never was chosen"
    window.context.prefs.lock_minutes = 10
    window.idle.eventFilter(window, key)
    qtbot.waitUntil(lambda: window.idle.is_locked)
