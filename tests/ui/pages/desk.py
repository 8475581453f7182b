"""A person at the window on a real workspace: goes to a page, chooses, fills in, waits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.approvals import PAGE as APPROVALS
from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.window import Window
from tests.support.bank import PASSPHRASE, Bank
from tests.ui.access import spoken
from tests.ui.conftest import MakeWindow, is_at_rest, said

P = TypeVar("P", bound=Page)


@dataclass
class Desk:
    """A window on a bank's workspace."""

    window: Window
    bank: Bank
    qtbot: QtBot

    def settle(self) -> None:
        """Wait until every question is answered and every answer shown."""
        for _ in range(3):
            QApplication.processEvents()
            self.qtbot.waitUntil(lambda: is_at_rest(self.window))

    def models(self) -> ModelsPage:
        """Go to the page Models."""
        return self.go("models", ModelsPage)

    def approvals(self) -> ApprovalsPage:
        """Go to the page Approvals."""
        return self.go("approvals", ApprovalsPage)

    def act_as(self, name: str) -> None:
        """Let another person act."""
        self.window.context.use_session(
            replace(self.bank.as_(name), unlock=None), "Elbmark Bank AG"
        )
        self.settle()

    def do(self, action: str) -> FormDialog:
        """Do an action of the table and return the dialog that it opens."""
        self.window.context.actions.run(action)
        self.settle()
        return self.dialog()

    def can(self, action: str) -> bool:
        """Whether an action is offered."""
        return self.window.context.actions.action(action).isEnabled()

    def dialog(self) -> FormDialog:
        """Return the dialog that is open."""
        found = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, FormDialog) and widget.isVisible()
        ]
        assert len(found) == 1, f"{len(found)} dialogs are open"
        return found[0]

    def send(self, dialog: FormDialog) -> None:
        """Press the verb of a dialog and wait for what comes of it."""
        QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
        self.settle()

    def sign(self, dialog: FormDialog) -> None:
        """Give the passphrase of one's key, and send."""
        type_in(dialog, "Passphrase of your key", PASSPHRASE)
        self.send(dialog)

    def go(self, id: str, kind: type[P]) -> P:
        """Go to a page."""
        self.window.show_page(id)
        self.settle()
        page = self.window.stage.page()
        assert isinstance(page, kind)
        return page


def open_desk(make_window: MakeWindow, bank: Bank, qtbot: QtBot, *more: PageSpec) -> Desk:
    """Open both pages, and more, on the bank."""
    window = make_window(pages=(MODELS, APPROVALS, *more))
    desk = Desk(window, bank, qtbot)
    window.context.use_session(replace(bank.session, unlock=None), "Elbmark Bank AG")
    desk.settle()
    return desk


def field(where: QWidget, name: str) -> QWidget:
    """Return the field that a screen reader calls ``name``."""
    kinds = (QLineEdit, QPlainTextEdit, QComboBox)
    found = [
        widget
        for kind in kinds
        for widget in where.findChildren(kind)
        if widget.accessibleName() == name
    ]
    assert len(found) == 1, f"{len(found)} fields are called {name}"
    return found[0]


def type_in(where: QWidget, name: str, text: str) -> None:
    """Fill in a field by its name; of a choice, the words that are offered."""
    widget = field(where, name)
    if isinstance(widget, QComboBox):
        widget.setCurrentText(text)
        assert widget.currentText() == text
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    elif isinstance(widget, QLineEdit):
        widget.setText(text)


def texts(where: QWidget) -> str:
    """Return every text that labels and chips show below ``where``."""
    return "\n".join(_texts(where))


def _texts(where: QWidget) -> Iterator[str]:
    from mlops_desktop.ui.widgets.chips import Chip

    for widget in where.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel):
            yield widget.text().replace("\u200b", "")
        elif isinstance(widget, Chip):
            yield spoken(widget)


def toast(desk: Desk) -> str:
    """Return what the window says for a moment, "" where it says nothing."""
    frame = desk.window._toaster._frame
    return said(frame) if frame is not None else ""


def is_open(dialog: QDialog) -> bool:
    """Whether a dialog still stands."""
    return isValid(dialog) and dialog.isVisible()


def close(dialog: QDialog) -> None:
    """Put a dialog away."""
    dialog.reject()
    QApplication.processEvents()
