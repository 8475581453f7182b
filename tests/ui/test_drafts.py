"""Whatever is typed into a form can be taken back as a whole, and is never lost silently."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from mlops_desktop.core.identity import Role
from mlops_desktop.core.rules import Step
from mlops_desktop.ui.pages.rules.rule_steps import Steps
from mlops_desktop.ui.widgets.dialog import ConfirmDialog, FormDialog
from mlops_desktop.ui.widgets.lines import TextBox
from mlops_desktop.ui.window import Window
from tests.ui.conftest import button, said

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SECRET = "a passphrase"


class Order(FormDialog):
    """A form in which one field suggests another, and one is secret."""

    def __init__(self, window: Window) -> None:
        super().__init__(window.context, "Order", "Send", window)
        self.name = self.form.add("Name", QLineEdit("Score"))
        self.file = self.form.add("File", QLineEdit("Score.pdf"))
        self.why = self.form.add("Why", TextBox())
        self.kind = self.form.add("Kind", QComboBox())
        self.kind.addItems(["model", "portfolio"])
        self.sample = self.form.add("Sample", QSpinBox())
        self.draft = self.form.add("Draft", QCheckBox())
        self.steps = self.form.add("Steps", Steps(window.context, (), (Step("first", 1),)))
        self.key = self.form.add("Passphrase", QLineEdit())
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.name.textChanged.connect(lambda name: self.file.setText(f"{name}.pdf"))
        self.open()


def keys(form: FormDialog, qtbot: QtBot, *names: Qt.KeyboardModifier) -> None:
    held = CONTROL
    for name in names:
        held |= name
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Z, held)
    qtbot.wait(1)


def type_into(form: Order, qtbot: QtBot) -> None:
    """Change every field by hand, as a person does, one after the other."""
    QTest.keyClick(form.name, Qt.Key.Key_End)  # a form opens with its first field chosen whole
    for letter in " two words":
        QTest.keyClicks(form.name, letter)
        qtbot.wait(1)
    QTest.keyClick(form.kind, Qt.Key.Key_Down)
    qtbot.wait(1)
    QTest.keyClick(form.sample, Qt.Key.Key_Up)
    qtbot.wait(1)
    QTest.keyClick(form.draft, Qt.Key.Key_Space)
    qtbot.wait(1)
    form.steps.add_row(Step("second", 2, (Role.VALIDATOR,)))
    qtbot.wait(1)
    form.why.setFocus()
    QTest.keyClicks(form.why, "because")
    qtbot.wait(1)
    QTest.keyClicks(form.key, SECRET)
    qtbot.wait(1)


def test_the_whole_form_is_undone_and_redone(window: Window, qtbot: QtBot) -> None:
    form = Order(window)
    type_into(form, qtbot)
    assert (form.file.text(), len(form.steps.steps())) == ("Score two words.pdf", 2)
    keys(form, qtbot)
    assert (form.why.text(), len(form.steps.steps())) == ("", 2)
    keys(form, qtbot)
    assert len(form.steps.steps()) == 1
    for _ in range(3):
        keys(form, qtbot)
    assert (form.draft.isChecked(), form.sample.value(), form.kind.currentIndex()) == (False, 0, 0)
    keys(form, qtbot)
    assert (form.name.text(), form.file.text()) == ("Score two ", "Score two .pdf")
    assert form.focusWidget() is form.name
    for _ in range(9):
        keys(form, qtbot)
    assert (form.name.text(), form.file.text()) == ("Score", "Score.pdf")
    assert form.key.text() == SECRET
    for _ in range(9):
        keys(form, qtbot, SHIFT)
    assert (form.name.text(), form.why.text()) == ("Score two words", "because")
    assert form.steps.steps()[1] == Step("second", 2, (Role.VALIDATOR,))
    form.done_well()
    assert window.context.drafts.all() == ()


def test_what_is_left_is_kept_offered_again_and_asked_about(window: Window, qtbot: QtBot) -> None:
    form = Order(window)
    form.name.setText("filled in by the program")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert window.context.drafts.all() == ()
    form = Order(window)
    type_into(form, qtbot)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    (kept,) = window.context.drafts.all()
    assert SECRET not in str(kept.values)
    frame = window._toaster._frame
    assert frame is not None
    assert "Kept as a draft" in said(frame)

    assert not window.close()  # it asks first
    (asked,) = window.findChildren(ConfirmDialog)
    assert "Order" in said(asked)
    asked.reject()

    again = Order(window)
    assert again.name.text() == "Score"
    assert "Your draft of" in said(again.bar)
    button(again, "Continue it").click()
    assert (again.name.text(), again.file.text()) == ("Score two words", "Score two words.pdf")
    assert (again.why.text(), again.kind.currentText(), again.sample.value()) == (
        "because",
        "portfolio",
        1,
    )
    assert len(again.steps.steps()) == 2
    keys(again, qtbot)
    assert again.name.text() == "Score"
    again.done_well()
    assert window.context.drafts.all() == ()
