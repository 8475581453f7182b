"""Tabs for the parts of a list, each with how many there are once that is known."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTabBar, QToolButton

from mlops_desktop.ui.context import Context

_SCROLLS = {"ScrollLeftButton": "Scroll Left", "ScrollRightButton": "Scroll Right"}


def name_scrolling(bar: QTabBar) -> None:
    """Name the buttons that scroll ``bar`` by Qt's own words: Qt names them once, when made."""
    for button in bar.findChildren(QToolButton):
        if word := _SCROLLS.get(button.objectName()):
            button.setAccessibleName(QCoreApplication.translate("QTabBar", word))


class PartTabs(QTabBar):
    """As wide as its words, without a line below."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        for _ in range(number):
            self.addTab("")

    def say(
        self, context: Context, names: Mapping[str, str], counts: Mapping[str, int] | None = None
    ) -> None:
        """Name every tab anew; a print of the list takes the name alone, without the count."""
        name_scrolling(self)
        for at, (part, name) in enumerate(names.items()):
            told = name
            if counts is not None:
                number = context.language.number(counts[part])
                told = context.say("item.scope_counted", scope=name, number=number)
            self.setTabData(at, name)
            self.setTabText(at, told)
