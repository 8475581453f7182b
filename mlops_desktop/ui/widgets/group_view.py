"""One group of names and values: a title, a chip, a sentence, and a grid of facts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.breaking import breakable
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.label import Label, Tone, room_for
from mlops_desktop.ui.widgets.link import Link
from mlops_desktop.ui.widgets.ruler import ruler_of
from mlops_desktop.ui.widgets.value import Value

_MOST_ROWS = 60
_NAME_CHARACTERS = 21
_GAP = 16
_ROUNDING = 2
_NAMES_SHARE = 0.4
"""Names take no more of a narrow pane: values are what people come for."""
_MOST_SHARE = 0.5
"""Beside values that need little."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value; a ``tone`` where it says a gap, a ``status`` where it is a chip.

    ``go`` makes it a link that leads to what the value names. A ``whole`` one is never shortened.
    ``hint`` is what a source calls it in a code of its own, told by the tool tip.
    """

    name: str
    value: str
    tone: Tone = ""
    status: Status | None = None
    go: Callable[[], None] | None = field(default=None, compare=False)
    whole: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under a title; without one they stand alone. ``lead`` is a sentence above them."""

    title: str
    facts: tuple[Fact, ...] = ()
    lead: str = ""
    status: Status | None = None


Shape = tuple[bool, bool, bool, tuple[str, ...]]


def shape_of(group: Group) -> Shape:
    """Return which parts a group has: making labels takes ten times as long as filling them."""
    kinds = tuple(map(_kind, group.facts))
    return bool(group.title), group.status is not None, bool(group.lead), kinds


def _kind(fact: Fact) -> str:
    if fact.go is not None:
        return "link"
    return "text" if fact.status is None else "chip"


@dataclass(frozen=True, slots=True)
class NamesRoom:
    """The room of the names of a group: in whole words, by themselves, in one line each.

    Up to ``most`` every value beside them keeps its lines.
    """

    least: int = 0
    own: int = 0
    wished: int = 0
    most: int = 0


class GroupView(QWidget):
    """One group: a title, a chip, a sentence, and a grid of facts; a long one opens on request."""

    def __init__(self, group: Group) -> None:
        super().__init__()
        self.shape = shape_of(group)
        self._group = group
        self._width = room_for(self.fontMetrics(), _NAME_CHARACTERS)
        self._room = self._least = 0
        self._asked = NamesRoom(own=self._width)
        self._title = Label(strong=True, wrap=True)
        self._lead = Label(tone="muted", wrap=True)
        self._chip = Chip(group.status) if group.status is not None else None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        self._more: Button | None = None
        self._names: list[Label] = []
        self._values: list[Value | Link | Chip] = []
        self._lay_out()
        self._add(group.facts[:_MOST_ROWS])
        if len(group.facts) > _MOST_ROWS:
            self._more = Button("", self._show_rest, flat=True)
            self._grid.addWidget(self._more, _MOST_ROWS, 0, 1, 2)
        self.fill(group)

    def fill(self, group: Group) -> None:
        """Show another group of the same shape."""
        self._group = group
        self._title.setText(group.title)
        self._lead.setText(group.lead)
        if self._chip is not None and group.status is not None:
            self._chip.set_status(group.status)
        if self._more is not None:
            self._more.setText(tr("Show %n more", "", len(group.facts) - len(self._names)))
        for name, value, fact in zip(self._names, self._values, group.facts, strict=False):
            name.setText(breakable(fact.name))
            name.setAccessibleName(fact.name)
            if isinstance(value, Link):
                value.lead(fact.name, fact.value, fact.go)
            elif isinstance(value, Value):
                value.fill(fact.name, fact.value, fact.hint, whole=fact.whole)
                value.take_tone(fact.tone)
            elif fact.status is not None:
                value.set_status(fact.status)
        self._share()

    def fit(self, room: int) -> None:
        """Give the names their share of a pane that is ``room`` wide."""
        self._room = room
        self._share()

    def names_room(self) -> NamesRoom:
        """Return the room that the names ask for; none: nothing."""
        return self._asked if self._names else NamesRoom()

    def align(self, width: int) -> None:
        """Let the values begin where those of other groups do, if that harms no name or value."""
        asked = self._asked
        meant = width if asked.least <= width <= max(asked.own, asked.most) else asked.own
        if meant != self._width and self._room > 0:
            self._take(meant)

    def least(self) -> int:
        """Return the width below which a part of a word would be cut."""
        if not self._least:
            heads = [label for label in (self._title, self._lead) if not label.isHidden()]
            head = max((label.minimumSizeHint().width() for label in heads), default=0)
            value = max(map(_least_of, self._values), default=0)
            self._least = max(head, self._widest_name(0) + _GAP + value)
        return self._least

    def _share(self) -> None:
        """Give the names less where a word of a value would be cut; a longer one is broken."""
        self._least = 0
        if self._room <= 0:
            return
        wanted = room_for(self.fontMetrics(), _NAME_CHARACTERS)
        meant = min(wanted, max(int(self._room * _NAMES_SHARE), wanted // 2))
        left = self._room - _GAP
        beside_words = left - max(map(_widest_of, self._values), default=0)
        least = self._widest_name(self._room)
        if beside_words < least:
            beside_syllables = left - max(map(_least_of, self._values), default=0)
            least = min(least, max(self._widest_name(0), min(left // 2, beside_syllables)))
        width = max(min(meant, beside_words), least)
        links = [one.sizeHint().width() for one in self._values if isinstance(one, Link)]
        width = min(width, max(left - max(links, default=0), self._widest_name(self._room)))
        self._asked = self._ask(least, width)
        self._take(width)

    def _ask(self, least: int, own: int) -> NamesRoom:
        """Return the room of names that are told in one line where every value is, too."""
        beside = self._room - _GAP - max(map(_line_of, self._values), default=0)
        most = max(own, min(int(self._room * _MOST_SHARE), beside))
        names = (fact.name for fact in self._group.facts[: len(self._names)])
        longest = max(map(ruler_of(self).advance, names), default=0) + _ROUNDING
        return NamesRoom(least, own, min(max(own, longest), most), most)

    def _take(self, width: int) -> None:
        self._width = width
        for name, fact in zip(self._names, self._group.facts, strict=False):
            name.setFixedWidth(width)
            name.setText(ruler_of(name).fitted(breakable(fact.name), width))
        for value in self._values:
            if isinstance(value, Value):
                value.fit(self._room - width - _GAP)

    def _widest_name(self, room: int) -> int:
        """Return the room of the longest word in a name that is broken where ``room`` ends."""
        ruler = ruler_of(self)
        names = (breakable(fact.name) for fact in self._group.facts[: len(self._names)])
        return max((ruler.widest(ruler.fitted(name, room)) for name in names), default=0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        has_title, _, has_lead, _ = self.shape
        column.addWidget(self._title)
        self._title.setVisible(has_title)
        if self._chip is not None:
            column.addWidget(self._chip)
        column.addWidget(self._lead)
        self._lead.setVisible(has_lead)
        column.addLayout(self._grid)

    def _add(self, facts: tuple[Fact, ...]) -> None:
        top, left = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft
        for row, fact in enumerate(facts, len(self._names)):
            name = Label(tone="muted", wrap=True)
            name.setFixedWidth(self._width)
            value = _made(fact)
            # What is aligned to the left keeps its own width and does not hold back its column's.
            self._grid.addWidget(name, row, 0, top | left)
            self._grid.addWidget(value, row, 1, top if isinstance(value, Value) else top | left)
            self._names.append(name)
            self._values.append(value)

    def _show_rest(self) -> None:
        if self._more is not None:
            self._more.deleteLater()
            self._more = None
        self._add(self._group.facts[_MOST_ROWS:])
        self.fill(self._group)


def _made(fact: Fact) -> "Value | Link | Chip":
    plain = Value() if fact.go is None else Link()
    return plain if fact.status is None else Chip(fact.status)


def _widest_of(value: Value | Link | Chip) -> int:
    """Return what a value would have: a link is cut by dots, and a chip is as wide as it is."""
    if isinstance(value, Value):
        return value.widest()
    return value.sizeHint().width() if isinstance(value, Chip) else 0


def _line_of(value: Value | Link | Chip) -> int:
    return value.line() if isinstance(value, Value) else value.sizeHint().width()


def _least_of(value: Value | Link | Chip) -> int:
    return value.least() if isinstance(value, Value) else value.minimumSizeHint().width()
