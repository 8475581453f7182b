"""Coverage by tier as bars, each with its numbers and whether its target is reached."""

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from mlops_desktop.core.attestations import Coverage
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.attestations.columns import say_tier
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.label import Label

_STEPS = 10_000


class CoverageBars(QWidget):
    """A line a tier: name, bar, numbers, standing."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)

    def show_coverage(self, coverage: tuple[Coverage, ...]) -> None:
        """Show these tiers in place of those before."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, one in enumerate(coverage):
            self._add(at, one)

    def _add(self, at: int, one: Coverage) -> None:
        name, told = say_tier(self._context, one.tier), self._numbers(one)
        bar = QProgressBar()
        bar.setRange(0, _STEPS)
        bar.setValue(int(Fraction(one.percent) * _STEPS / 100))
        bar.setTextVisible(False)
        bar.setFixedHeight(8)
        bar.setAccessibleName(f"{name}: {told}")
        self._grid.addWidget(Label(name, strong=True), at, 0)
        self._grid.addWidget(bar, at, 1)
        self._grid.addWidget(Label(told), at, 2, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(Chip(self._standing(one)), at, 3, Qt.AlignmentFlag.AlignLeft)

    def _numbers(self, one: Coverage) -> str:
        """Return counts and share; what has left the inventory is named as such."""
        number, say = self._context.language.number, self._context.say
        told = say(
            "attestations.covered",
            covered=number(one.covered),
            counting=number(one.counting),
            percent=self.percent(one.percent),
        )
        left = say("attestations.left", n=number(one.left)) if one.left else ""
        return f"{told} · {left}" if left else told

    def _standing(self, one: Coverage) -> Status:
        say = self._context.say
        if one.target is None:
            return Status("idle", say("attestations.no_target"))
        target = self.percent(one.target.percent)
        if one.is_met:
            return Status("good", say("attestations.met", target=target))
        lacking = self._context.language.number(one.lacking)
        return Status("bad", say("attestations.unmet", target=target, n=lacking))

    def percent(self, text: str) -> str:
        """Return exact decimal text as the locale writes it."""
        return self._context.language.decimal(text)
