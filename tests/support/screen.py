"""Windows look alike on every machine, and a machine that has much to do is waited for."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

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
