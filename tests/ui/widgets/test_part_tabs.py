"""Tabs of the parts of a list: the count stands behind the name, and the name is kept alone."""

from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets.part_tabs import PartTabs
from mlops_desktop.ui.window import Window


def test_a_tab_says_its_count_once_it_is_known(plain: Window, qtbot: QtBot) -> None:
    tabs = PartTabs(2)
    qtbot.addWidget(tabs)
    names = {"open": "Open", "all": "All"}
    tabs.say(plain.context, names)
    assert [tabs.tabText(at) for at in range(2)] == ["Open", "All"]
    tabs.say(plain.context, names, {"all": 1234, "open": 3})
    assert [tabs.tabText(at) for at in range(2)] == ["Open 3", "All 1,234"]
    assert [tabs.tabData(at) for at in range(2)] == ["Open", "All"]
