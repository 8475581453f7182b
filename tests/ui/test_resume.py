"""A workspace is taken up where it was left, each its own; what is damaged is said."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from mlops_desktop.core.asof import NOW, on
from mlops_desktop.core.clock import today
from mlops_desktop.services import profile
from mlops_desktop.services.session import Session
from mlops_desktop.ui.geometry import within
from mlops_desktop.ui.held import Held
from mlops_desktop.ui.menus import recent_menu
from mlops_desktop.ui.prefs import Prefs, load
from mlops_desktop.ui.table.column_menu import show_column, sort_by
from mlops_desktop.ui.widgets.split import Split
from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow, NoWays, find, page_of, press, said


@dataclass(frozen=True)
class _Place:
    id: str
    place: str


@dataclass(frozen=True)
class _Open:
    """Stands for an open workspace that has an id and a place."""

    workspace: _Place


def bank(name: str) -> Session:
    return cast("Session", _Open(_Place(name, f"/banks/{name}.mlops")))


def leave_a_mess(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    qtbot.waitUntil(lambda: page.list.count() == 1000)
    page.list.set_filter("Model 77")
    qtbot.waitUntil(lambda: page.list.count() == 11)
    page.list.view.selectRow(3)
    show_column(page.list.view, page.list._on_shown, 2, False)
    sort_by(page.list.view, 1)
    split = find(page, Split)
    split.setSizes([700, 250])
    split._remember()
    window.context.show_as_of(today())
    assert window.context.as_of == on(today())


def test_each_workspace_is_taken_up_where_it_was_left(
    make_window: MakeWindow, home: Path, qtbot: QtBot
) -> None:
    window = make_window(Prefs(theme="light"))
    window.context.use_session(bank("elbmark"), "Elbmark Bank AG")
    leave_a_mess(window, qtbot)
    row, border = page_of(window).list.view.current_id(), window.prefs.splitters["things"]
    window.show_page("ledger")
    window.context.use_session(bank("lux"), "Elbmark Luxemburg S.A.")
    window.show_page("models")
    page = page_of(window)
    assert page.list.filter.text() == ""  # another bank's filter is nothing here
    qtbot.waitUntil(lambda: page.list.count() == 1000)
    show_column(page.list.view, page.list._on_shown, 3, False)
    window.close()
    again = make_window(load())
    again.context.use_session(bank("elbmark"), "Elbmark Bank AG")
    assert again.stage.current == "ledger"
    assert again.context.as_of == NOW  # a past day is never taken up silently
    again.show_page("models")
    page = page_of(again)
    assert page.list.filter.text() == "Model 77"
    qtbot.waitUntil(lambda: page.list.view.current_id() == row)
    header = page.list.view.horizontalHeader()
    assert [header.isSectionHidden(at) for at in range(4)] == [False, False, True, False]
    assert header.sortIndicatorSection() == 1
    assert again.prefs.splitters["things"] == border


def test_another_window_keeps_what_it_left(home: Path) -> None:
    one, other = load(), load()
    one.enter("elbmark")
    one.page = "approvals"
    other.enter("lux")
    other.page = "ledger"
    one.save()
    other.save()
    kept = load()
    assert kept.enter("elbmark")
    assert kept.page == "approvals"
    assert not kept.enter("elbmark")
    assert kept.enter("lux")
    assert kept.page == "ledger"


def test_a_damaged_memory_is_said_and_kept(make_window: MakeWindow, home: Path) -> None:
    home.mkdir(exist_ok=True)
    file, prefs = home / "window.json", Prefs()
    for content in ("{", "[]", '{"columns": {"models": 5}, "page": "ledger"}'):
        file.write_text(content, "utf-8")
        prefs = load()
        assert prefs.columns == {}
        assert prefs.damaged == str(home / "window.damaged")
        assert (home / "window.damaged").read_text("utf-8") == content
        assert not file.exists()
    window = make_window(prefs)
    assert "What this window remembered could not be read." in said(window.stage.bar)
    assert str(home / "window.damaged") in said(window.stage.bar)
    window.context.language.use("de")
    assert "war nicht lesbar" in said(window.stage.bar)
    window.stage.bar.clear()
    window.context.language.use("en")
    assert window.stage.bar.isHidden()  # what was put away is not said again


def test_a_window_is_brought_back_from_a_screen_that_is_gone() -> None:
    screens = [QRect(0, 0, 1920, 1040), QRect(1920, 0, 1280, 984)]
    seen = QRect(2000, 100, 1100, 700)
    assert within(seen, screens) == seen
    for lost in (QRect(4000, 100, 1100, 700), QRect(-900, -400, 2400, 1400)):
        found = within(lost, screens)
        assert screens[0].contains(found)
    assert within(QRect(1900, 1030, 900, 700), screens).bottom() <= screens[0].bottom()


def test_a_workspace_open_twice_is_said_and_read_again(window: Window, home: Path) -> None:
    elsewhere = Held()
    assert elsewhere.take("/banks/elbmark.mlops")
    window.context.use_session(bank("elbmark"), "Elbmark Bank AG")
    assert "This workspace is open in another window too." in said(window.stage.bar)
    window.context.language.use("de")
    assert "auch in einem anderen Fenster" in said(window.stage.bar)
    window.context.language.use("en")
    reloads = page_of(window).reloads
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window).reloads == reloads + 1
    elsewhere.drop()
    window.context.use_session(None)
    assert elsewhere.take("/banks/elbmark.mlops")  # this window let go of it
    elsewhere.drop()


def test_what_was_open_before_is_chosen_by_keyboard_and_can_be_removed(
    window: Window, ways: NoWays, tmp_path: Path, home: Path, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "/somewhere/models.mlops (not found)", "Another file…", "In a new window",
        "Remove from the list",
    ]  # fmt: skip
    menu.close()
    there = tmp_path / "bank.mlops"
    there.touch()
    places = ((str(there), False), ("/somewhere/models.mlops", True))
    menu = recent_menu(window.context, ways, places, window)
    for part in menu.findChildren(QMenu):
        part.actions()[0].trigger()
        assert part.actions()[1].isEnabled() == (part.title() == "Remove from the list")
    menu.actions()[0].trigger()
    assert ways.asked == [f"window {there}", f"forget {there}", str(there)]
    menu.deleteLater()
    for place in ("/a.mlops", "/b.mlops"):
        profile.note_place(place)
    profile.forget_place("/a.mlops")
    assert profile.recent_places() == ("/b.mlops",)
    assert profile.is_missing("/b.mlops")
    assert not profile.is_missing("postgresql://bank.example/models")
    (home / "recent.json").write_text("{", "utf-8")
    assert profile.recent_places() == ()
