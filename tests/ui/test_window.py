from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core.asof import NOW, on
from mlops_desktop.core.changes import Changes
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.app import catch_crashes
from mlops_desktop.ui.as_of import period_ends
from mlops_desktop.ui.context import Context, Found
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.palette import CommandPalette
from mlops_desktop.ui.prefs import Prefs, load
from mlops_desktop.ui.table.column_menu import show_column, sort_by
from mlops_desktop.ui.window import Window
from tests.support.canaries import canary
from tests.ui.conftest import (
    DAYS,
    SESSION,
    MakeWindow,
    NoWays,
    Shelf,
    button,
    find,
    page_of,
    press,
    said,
)

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_without_a_workspace_the_ways_in_are_offered(
    make_window: MakeWindow, ways: NoWays, qtbot: QtBot
) -> None:
    window = make_window()
    assert not window.rail.isVisible()
    assert "Look around in a sample bank" in said(window)
    for name in ("workspace.demo", "workspace.new", "workspace.open", "workspace.join"):
        QTest.mouseClick(find(window.stage, QPushButton, name), Qt.MouseButton.LeftButton)
    missing = "/somewhere/models.mlops (not found)"
    ways_back = window.stage.findChildren(QPushButton)
    qtbot.waitUntil(lambda: missing in [one.text() for one in ways_back])
    QTest.mouseClick(button(window, missing), Qt.MouseButton.LeftButton)
    assert ways.asked == ["demo", "new", "file", "team", "/somewhere/models.mlops"]


def test_pages_are_made_when_first_shown_and_reload_once(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    assert window.stage.findChild(Page, "ledger") is None
    press(window, Qt.Key.Key_2, CONTROL)
    assert window.stage.current == "ledger"
    press(window, Qt.Key.Key_1, CONTROL)
    assert window.stage.page() is page
    assert page.reloads == 1


def test_the_rail_follows_and_leads(window: Window, qtbot: QtBot) -> None:
    window.rail.setFocus()
    QTest.keyClick(window.rail, Qt.Key.Key_Down)
    assert window.stage.current == "ledger"
    window.show_page("models")
    assert window.rail.currentIndex().row() == 0


def test_a_page_asks_again_only_for_what_it_shows(window: Window) -> None:
    page = page_of(window)
    window.context.announce(Changes(frozenset({("person", "p")})))
    assert page.reloads == 1
    window.context.announce(Changes(frozenset({("model", "m")})))
    assert page.reloads == 2


def test_a_hidden_page_asks_again_when_it_is_shown(window: Window) -> None:
    page = page_of(window)
    window.show_page("ledger")
    for _ in range(3):
        window.context.announce(Changes(frozenset({("model", "m")})))
    assert page.reloads == 1
    window.show_page("models")
    assert page.reloads == 2


def test_a_past_day_is_banded_and_refuses_what_writes(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    context, page = window.context, page_of(window)
    context.actions.add(Action("edit", "Edit", lambda: None, writes=True))
    context.show_as_of(date(2026, 3, 31))
    assert context.as_of == on(date(2026, 3, 31))
    assert "You see 31/03/2026 as it was known that day." in said(window)
    assert not context.actions.action("edit").isEnabled()
    assert page.reloads == 2
    qtbot.waitUntil(lambda: shelf.asked[-1][0].as_of == on(date(2026, 3, 31)))
    context.show_as_of(None)
    assert context.as_of == NOW
    assert context.actions.action("edit").isEnabled()
    assert "You see" not in said(window)


def test_the_days_people_ask_for() -> None:
    assert period_ends(date(2026, 5, 14)) == (
        date(2026, 4, 30), date(2026, 3, 31), date(2025, 12, 31),
    )  # fmt: skip
    assert period_ends(date(2026, 1, 1)) == (date(2025, 12, 31),) * 3


def test_another_workspace_drops_the_answers_for_the_old_one(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    page = page_of(window)
    shelf.open.clear()
    page.reload()
    window.context.use_session(None)
    shelf.things = shelf.things[:3]
    shelf.open.set()
    window.context.use_session(SESSION, "Other")
    qtbot.waitUntil(lambda: page.list.count() == 3)
    assert window.windowTitle() == "Other – MLOps Desktop"


def test_a_long_name_of_the_workspace_ends_in_dots_and_is_whole_in_its_tip(window: Window) -> None:
    menu = find(window, QPushButton, "menu")
    name = "Landesbank für Handel & Gewerbe in Norddeutschland AG"
    window.context.use_session(SESSION, name)
    assert menu.text().startswith("Landesbank")
    assert menu.text().endswith("…")
    assert menu.sizeHint().width() <= menu.width()
    assert menu.toolTip() == name
    window.context.use_session(SESSION, "A & B")
    assert menu.text() == "A && B"


def test_a_badge_is_counted_in_the_read_lane_and_spoken(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    waiting = [4]
    spec = PageSpec(
        "approvals", 1, "approvals", "Places", Page,
        badge=lambda context, progress: waiting[0], badge_watches=frozenset({"approval"}),
    )  # fmt: skip
    window = make_window(pages=(spec,))
    window.context.use_session(SESSION, "x")
    model = window.rail.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: model.index(0, 0).data(role) == "Places, 4 waiting for you")
    window.context.show_as_of(DAYS.recorded)  # what waits today is no matter of a past day
    assert model.index(0, 0).data(role) == "Places"
    window.context.show_as_of(None)
    qtbot.waitUntil(lambda: model.index(0, 0).data(role) == "Places, 4 waiting for you")
    waiting[0] = 0
    window.context.announce(Changes(frozenset({("approval", "a")})))
    qtbot.waitUntil(lambda: model.index(0, 0).data(role) == "Places")


def test_counting_badges_leaves_a_read_lane_to_the_page(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    done, read = Event(), list[int]()

    def count(context: Context, progress: Progress) -> int:
        done.wait(10)
        return 0

    pages = tuple(
        PageSpec(name, rank, name, "Places", Page, badge=count)
        for rank, name in enumerate(("approvals", "ledger", "sources"), 1)
    )
    window = make_window(pages=pages)
    window.context.use_session(SESSION, "x")
    jobs = window.context.jobs
    jobs.submit_read("page", lambda _: 7, read.append, lambda _: None)
    jobs.submit_read("page", lambda _: 8, read.append, lambda _: None)
    try:
        qtbot.waitUntil(lambda: read == [7, 8], timeout=3000)
    finally:
        done.set()
    qtbot.waitUntil(jobs.is_idle)


def test_the_palette_finds_actions_and_records(window: Window, qtbot: QtBot) -> None:
    window.context.find_records = lambda typed, progress: (Found("models", "M-00009", "Model 9"),)
    press(window, Qt.Key.Key_P, CONTROL, SHIFT)
    palette = next(w for w in QApplication.topLevelWidgets() if isinstance(w, CommandPalette))
    matches = find(palette, QListWidget)
    QTest.keyClicks(palette._line, "dark")
    assert matches.item(0).text() == "Dark colours"
    qtbot.waitUntil(lambda: matches.count() == 2)
    QTest.keyClick(palette._line, Qt.Key.Key_Down)
    QTest.keyClick(palette._line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page_of(window).list.view.current_id() == "M-00009")


def test_running_work_is_listed_and_can_be_stopped(window: Window, qtbot: QtBot) -> None:
    ended: list[bool] = []

    def work(progress: Progress) -> None:
        while not progress.is_cancelled():
            progress.report(3, 10)

    window.context.jobs.submit_network("Sync", work, lambda _: ended.append(True), ended.append)  # type: ignore[arg-type]
    shown = find(window, QPushButton, "jobs")
    qtbot.waitUntil(lambda: shown.text() == "Sync: 3 of 10")
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
    listing = QApplication.activePopupWidget()
    assert listing is not None
    stop = next(w for w in listing.findChildren(QWidget) if w.accessibleName() == "Stop: Sync")
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ended == [True])
    qtbot.waitUntil(lambda: not shown.isVisible())
    listing.close()


def test_a_toast_can_take_back(window: Window, qtbot: QtBot) -> None:
    undone: list[bool] = []
    window.context.toast("Filter saved", lambda: undone.append(True))
    toast = find(window.stage, QWidget, "toast")
    assert "Filter saved" in said(toast)
    QTest.mouseClick(find(toast, QPushButton), Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not toast.isVisible()


def test_a_mistake_anywhere_becomes_a_message(
    window: Window, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    hook = catch_crashes(window)
    secret = canary("a secret in a crash", "Kanarie-Absturz-8")
    remember_secret(secret)
    error = ValueError(f"seven {secret}")
    hook(ValueError, error, None)
    assert "stopped because of a mistake in this program" in said(window.stage.bar)
    window.context.language.use("de")
    assert "mistake" not in said(window.stage.bar)
    assert "ValueError: seven •••" in capsys.readouterr().err
    assert secret not in said(window.stage.bar)


def test_habits_are_remembered_and_a_damaged_file_is_forgotten(
    make_window: MakeWindow, home: Path, qtbot: QtBot
) -> None:
    prefs = Prefs(theme="light", page="models")
    window = make_window(prefs)
    window.context.use_session(SESSION, "x")
    page = page_of(window)
    header = page.list.view.horizontalHeader()
    show_column(page.list.view, page.list._on_shown, 2, False)
    sort_by(page.list.view, 1)
    header.moveSection(0, 1)
    window.close()
    kept = load()
    again = make_window(kept)
    again.context.use_session(SESSION, "x")
    restored = page_of(again).list.view.horizontalHeader()
    assert restored.isSectionHidden(2)
    assert [restored.logicalIndex(at) for at in range(4)] == [1, 0, 2, 3]
    assert restored.sortIndicatorSection() == 1
    qtbot.waitUntil(lambda: page_of(again).list.model.query.sort == "name")
    (home / "window.json").write_text("{", "utf-8")
    assert load() == Prefs()


def test_a_title_is_cut_by_the_letters_it_is_drawn_in(make_window: MakeWindow) -> None:
    window = make_window(Prefs(theme="dark", page="models"))
    window.context.use_session(SESSION, "x")
    header = page_of(window).list.view.horizontalHeader()
    assert header.font().weight() == QFont.Weight.DemiBold


def test_menus_hold_the_rows_of_the_table(window: Window, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F10)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    parts = {action.text(): action.menu() for action in menu.actions() if action.isVisible()}
    assert list(parts) == ["File", "Edit", "View", "Go", "Help"]
    file = parts["File"]
    assert isinstance(file, QMenu)
    assert "Quit" in [action.text() for action in file.actions()]
    menu.close()


def test_a_chosen_row_opens_its_detail_beside_the_list(window: Window) -> None:
    page = page_of(window)
    assert not page.detail.isVisible()
    height = page.list.view.verticalHeader().defaultSectionSize()
    QTest.mouseClick(
        page.list.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 2 * height + 4)
    )
    assert page.detail.isVisible()
    assert "M-00003" in said(page.detail)


def test_ctrl_f_goes_to_the_filter_and_down_into_the_list(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    page.list.view.setFocus()
    press(window, Qt.Key.Key_F, CONTROL)
    assert page.list.filter.hasFocus()
    QTest.keyClicks(page.list.filter, "Model 12 x")
    qtbot.waitUntil(lambda: page.list.count() == 1)
    QTest.keyClick(page.list.filter, Qt.Key.Key_Down)
    assert page.list.view.hasFocus()
    assert page.list.view.current_id() == "M-00012"


def test_nothing_found_says_so_and_offers_all(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    page.list.set_filter("no such model")
    qtbot.waitUntil(lambda: "Nothing fits this filter." in said(page))
    QTest.mouseClick(button(page, "Show all"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.count() == 1000)


def test_nothing_at_all_offers_the_action_that_helps(
    window: Window, shelf: Shelf, qtbot: QtBot
) -> None:
    page = page_of(window)
    shelf.things = []
    page.reload()
    qtbot.waitUntil(lambda: "Nothing is running." in said(page))


class ShownWindows(QObject):
    """Notes every window of its own that Qt shows, even for a moment."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_beside_the_window(
    make_window: MakeWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    window = make_window()
    window.context.use_session(SESSION, "x")
    page_of(window)
    qapp.removeEventFilter(shown)
    assert shown.kinds == ["Window"]
