import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.day_choice import DayChoice
from mlops_desktop.ui.ways_forms import NewForm, PassphraseForm
from mlops_desktop.ui.ways_team import TeamForm
from mlops_desktop.ui.widgets.dialog import ConfirmDialog, FormDialog
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog
from mlops_desktop.ui.window import Window
from tests.ui.access import nameless, spoken, unreachable
from tests.ui.conftest import MakeWindow, page_of


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_in_the_window_has_a_name(window: Window, language: str) -> None:
    page_of(window).list.view.selectRow(1)
    window.context.language.use(language)
    assert nameless(window) == []


def test_everything_in_the_window_is_reached_by_tab(window: Window, qtbot: QtBot) -> None:
    page_of(window).list.view.selectRow(1)
    assert unreachable(window) == []


def test_the_welcome_has_names_and_is_reached(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window()
    assert nameless(window) == []
    assert unreachable(window) == []


def forms(window: Window) -> list[FormDialog]:
    context = window.context
    return [
        NewForm(context, window, ".mlops"),
        TeamForm(context, window),
        PassphraseForm(context, window, "/x.mlops"),
        ConfirmDialog(context, "Retire", "It stays on record.", "Retire", window, reason="Reason"),
        SignDialog(
            context, "Approve", (("Model", "M-1"),),
            (Meaning("approve", "I approve"), Meaning("reject", "I reject", needs_comment=True)),
            window,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("which", range(5))
def test_every_dialog_has_names_and_is_reached(window: Window, which: int, qtbot: QtBot) -> None:
    dialog = forms(window)[which]
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert nameless(dialog) == []
    # Of a group of radio buttons Tab comes to one, the arrow keys to the others.
    assert [told for told in unreachable(dialog) if "QRadioButton" not in told] == []
    dialog.close()


def test_the_choice_of_a_day_has_names(window: Window, qtbot: QtBot) -> None:
    choice = DayChoice(window.context, window)
    choice.show()
    assert nameless(choice) == []
    choice.close()


def test_the_walk_finds_what_has_no_name_or_cannot_be_reached(window: Window) -> None:
    lost = QPushButton(page_of(window))
    lost.setObjectName("lost")
    lost.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    lost.show()
    assert nameless(window) == ["QPushButton lost"]
    assert [told.strip() for told in unreachable(window)] == ["QPushButton lost"]


def test_a_field_is_named_by_its_label(window: Window, qtbot: QtBot) -> None:
    form = TeamForm(window.context, window)
    names = {spoken(child) for child in form.findChildren(QWidget)}
    assert {"Address", "Password of the database", "Your name"} <= names
    form.deleteLater()


def test_what_comes_by_itself_is_spoken(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, bool]] = []

    def hear(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
        heard.append((text, is_urgent))

    monkeypatch.setattr("mlops_desktop.ui.widgets.bar.announce", hear)
    monkeypatch.setattr("mlops_desktop.ui.table.filter.announce", hear)
    window.stage.bar.say("bad", "Nothing was read.", "Try again.")
    window.stage.bar.say("good", "Done.")
    assert heard == [("Nothing was read.\nTry again.", True), ("Done.", False)]
    heard.clear()
    window.focus_filter()
    page_of(window).list.set_filter("Model 77")
    qtbot.waitUntil(lambda: heard != [])
    assert heard == [(f"{page_of(window).list.count()} rows", False)]


def test_the_keyboard_goes_along_to_another_page(window: Window, qtbot: QtBot) -> None:
    window.focus_filter()
    window.show_page("ledger")
    assert window.focusWidget() is window.rail  # the page has nothing that takes the keyboard
    window.focus_page()
    window.rail.clearFocus()
    window.show_page("models")
    assert window.focusWidget() is page_of(window).list.view
    window.rail.setFocus()
    window.show_page("ledger")
    assert window.focusWidget() is window.rail
