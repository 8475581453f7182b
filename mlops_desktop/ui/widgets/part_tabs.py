"""Tabs for the parts of a list, each with how many there are once that is known."""

from collections.abc import Mapping

from PySide6.QtWidgets import QTabBar

from mlops_desktop.ui.context import Context


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
        for at, (part, name) in enumerate(names.items()):
            told = name
            if counts is not None:
                number = context.language.number(counts[part])
                told = context.say("item.scope_counted", scope=name, number=number)
            self.setTabData(at, name)
            self.setTabText(at, told)
