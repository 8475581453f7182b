"""Windows look alike on every machine, and a machine that has much to do is waited for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from mlops_desktop.ui.theme import own_families

PATIENCE_MS = 20_000
"""Long enough for a busy machine; what is waited for comes at once on an idle one."""

for _wait in (
    QtBot.waitActive,
    QtBot.waitCallback,
    QtBot.waitExposed,
    QtBot.waitSignal,
    QtBot.waitSignals,
    QtBot.waitUntil,
):
    (_wait.__kwdefaults__ or {})["timeout"] = PATIENCE_MS


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application in the font that we bring along: texts have the same room everywhere."""
    font = qapp.font()
    font.setFamilies(own_families())
    qapp.setFont(font)
    return qapp


@pytest.fixture(autouse=True)
def _no_key_is_held() -> Iterator[None]:
    yield
    release_keys()


def release_keys() -> None:
    """Let go of the keys that Qt believes are held.

    After QTest's Ctrl+C it believes in Ctrl until the next key, in the next test too: there
    selecting a row then adds to the selection, or with Shift extends it, and chooses nothing.
    """
    if QApplication.instance() is None or held_keys() == Qt.KeyboardModifier.NoModifier:
        return
    nobody = QWidget()
    QTest.keyRelease(nobody, Qt.Key.Key_Shift)
    delete(nobody)


def held_keys() -> Qt.KeyboardModifier:
    """Return the modifiers that Qt believes are held."""
    return QGuiApplication.keyboardModifiers()
