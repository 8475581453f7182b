"""What a detail lets do: one line at any width, the rest behind the dots, the default always."""

from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.colors import read_colors
from mlops_desktop.ui.theme import make_sheet
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.foot import Foot
from mlops_desktop.ui.window import Window

_TITLES = {"one": "Einem Modell zuordnen", "two": "Ins Inventar aufnehmen", "three": "Nicht"}


def pane_of(window: Window, qtbot: QtBot, more: tuple[str, ...] = ()) -> DetailPane:
    known = tuple(Action(id, title, lambda: None) for id, title in _TITLES.items())
    window.context.actions.add(*known)
    pane = DetailPane(window.context, tuple(_TITLES), default="two", more=more)
    pane.add_tab("Details", QWidget())
    qtbot.addWidget(pane)
    pane.set_head("PD Mittelstand")
    pane.show()
    return pane


def seen(pane: DetailPane) -> list[str]:
    return [one.objectName() for one in pane.findChildren(ActionButton) if one.isVisible()]


def lines(pane: DetailPane) -> int:
    foot = foot_of(pane)
    tops = {one.mapTo(foot, one.rect().topLeft()).y() for one in foot.findChildren(ActionButton)
            if one.isVisible()}  # fmt: skip
    return len(tops)


def foot_of(pane: DetailPane) -> Foot:
    foot = pane.findChild(Foot)
    assert isinstance(foot, Foot)
    return foot


def test_what_finds_no_room_in_one_line_is_behind_the_dots(plain: Window, qtbot: QtBot) -> None:
    pane = pane_of(plain, qtbot)
    pane.resize(1200, 500)
    qtbot.waitUntil(lambda: seen(pane) == ["one", "two", "three"])
    assert not foot_of(pane).more.isVisible()
    for width in (500, 420, 300, 240):
        pane.resize(width, 500)
        qtbot.waitUntil(lambda: "two" in seen(pane) and lines(pane) == 1)
        out = foot_of(pane).left_out()
        assert {*seen(pane), *out} == set(_TITLES)
        assert foot_of(pane).more.isVisible() == bool(out)
    assert seen(pane) == ["two"]
    foot_of(pane).more.click()
    menu = pane.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [entry.text() for entry in menu.actions()] == [_TITLES["one"], _TITLES["three"]]
    menu.close()


def test_an_action_that_comes_or_goes_shares_the_line_anew(plain: Window, qtbot: QtBot) -> None:
    pane = pane_of(plain, qtbot, more=("help",))
    pane.resize(260, 500)
    qtbot.waitUntil(lambda: seen(pane) == ["two"])
    default = next(one for one in pane.findChildren(ActionButton) if one.objectName() == "two")
    default.hide()
    qtbot.waitUntil(lambda: seen(pane) == ["one"])
    assert foot_of(pane).left_out() == ("three",)
    default.show()
    qtbot.waitUntil(lambda: seen(pane) == ["two"])


def test_what_cannot_be_done_gives_way_to_what_can(plain: Window, qtbot: QtBot) -> None:
    pane = pane_of(plain, qtbot)
    pane.resize(420, 500)
    qtbot.waitUntil(lambda: seen(pane) == ["one", "two"])
    first = plain.context.actions.action("one")
    first.setEnabled(False)
    qtbot.waitUntil(lambda: seen(pane) == ["two", "three"])
    assert foot_of(pane).left_out() == ("one",)
    plain.context.actions.action("two").setEnabled(False)
    plain.context.actions.action("three").setEnabled(False)
    qtbot.waitUntil(lambda: "two" in seen(pane))
    first.setEnabled(True)
    qtbot.waitUntil(lambda: "one" in seen(pane))
    pane.resize(1200, 500)
    qtbot.waitUntil(lambda: seen(pane) == ["one", "two", "three"])


def test_no_width_breaks_the_line(plain: Window, qtbot: QtBot) -> None:
    pane = pane_of(plain, qtbot)
    pane.setStyleSheet(make_sheet(read_colors("light"), "light"))
    broken = []
    for width in range(700, 330, -1):
        pane.resize(width, 500)
        pane.grab()  # laid out as it is seen
        broken += [width] if lines(pane) > 1 else []
    assert broken == []
