"""Dialogs that sign or confirm, and the bar that explains an error."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.breaking import breakable
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog, Signing
from mlops_desktop.ui.widgets.value import Value
from mlops_desktop.ui.window import Window
from tests.ui.conftest import said


def sign_dialog(window: Window) -> SignDialog:
    meanings = (Meaning("approve", "I approve"), Meaning("reject", "I reject", needs_comment=True))
    dialog = SignDialog(window.context, "Approve version 7", (("Model", "M-5"),), meanings, window)
    dialog.open()
    return dialog


def test_a_signature_needs_a_meaning_and_a_passphrase(plain: Window, qtbot: QtBot) -> None:
    dialog, signed = sign_dialog(plain), []
    dialog.submitted.connect(lambda: signed.append(dialog.signing()))
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert "Please choose what you declare." in said(dialog)
    assert "Your signature needs the passphrase." in said(dialog)
    dialog._choices.button(1).click()
    dialog.passphrase.setText("correct horse")
    QTest.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert "This decision needs a reason." in said(dialog)
    dialog.comment.setPlainText("Calibration segment changed.")
    QTest.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert signed == [Signing("reject", "Calibration segment changed.", "correct horse")]
    assert "correct horse" not in repr(signed)
    assert not dialog.verb.isEnabled()
    dialog.show_error(AppError("window.pdf_unreadable"))
    assert dialog.verb.isEnabled()
    assert dialog.passphrase.text() == ""
    assert "This file cannot be shown as a PDF." in said(dialog)
    dialog.done_well()


def test_what_is_told_and_what_is_asked_begins_at_one_edge(plain: Window, qtbot: QtBot) -> None:
    place = "mlflow-artifacts:/10/b01f9655b945464dac6c57435b6c72d6/artifacts/model"
    covers, meanings = (("Model", "M-5"), ("Artefact", place)), (Meaning("approve", "I approve"),)
    dialog = SignDialog(plain.context, "Approve version 7", covers, meanings, plain)
    terms = Form()
    until = terms.add("Until", QLineEdit())
    dialog.insert(terms)
    dialog.open()
    model, artefact = dialog.findChildren(Value)
    begun = [model, artefact, until, dialog.comment, dialog.passphrase]
    qtbot.waitUntil(lambda: len({one.mapTo(dialog, QPoint()).x() for one in begun}) == 1)
    assert breakable(place) == artefact.text()  # whole: it is what is signed
    dialog.reject()


def test_a_loss_is_confirmed_with_a_reason(plain: Window, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(
        plain.context, "Retire", "Stays on record.", "Retire", plain, reason="Why"
    )
    dialog.open()
    heard: list[str] = []
    dialog.submitted.connect(lambda: heard.append(dialog.reason()))
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert heard == []
    assert "Please give a reason; it stays on record." in said(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_bar_explains_an_error_and_again_in_german(plain: Window, qtbot: QtBot) -> None:
    bar = MessageBar(plain.context)
    qtbot.addWidget(bar)
    bar.show_error(AppError("window.job_crashed", where="row 3", name="Sync"), "Traceback …")
    text = said(bar)
    assert "“Sync” stopped because of a mistake in this program." in text
    assert "Where: row 3" in text
    parts = bar._parts
    assert parts is not None
    QTest.mouseClick(parts._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("Traceback …")
    plain.context.language.use("de")
    assert "„Sync“ wurde durch einen Fehler" in said(bar)
    QTest.mouseClick(parts.close, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_what_is_held_is_put_away_by_nobody_and_comes_back_after_an_error(
    plain: Window, qtbot: QtBot
) -> None:
    bar = MessageBar(plain.context)
    qtbot.addWidget(bar)
    bar.hold("warn", "The gate says no.")
    parts = bar._parts
    assert parts is not None
    assert not parts.close.isVisible()
    bar.clear()
    assert "The gate says no." in said(bar)
    bar.show_error(AppError("window.pdf_unreadable"))
    assert "The gate says no." not in said(bar)
    QTest.mouseClick(parts.close, Qt.MouseButton.LeftButton)
    assert "The gate says no." in said(bar)
    assert not parts.close.isVisible()
    bar.let_go()
    assert not bar.isVisible()
