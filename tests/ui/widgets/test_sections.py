"""Many facts come in turns, and another set ends what is not yet shown; values stand in line."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.value import Value


def groups(name: str, number: int, facts: int = 20) -> tuple[Group, ...]:
    return tuple(
        Group(f"{name}{at}", tuple(Fact(f"{row}", "x") for row in range(facts)))
        for at in range(number)
    )


def titles(sections: Sections) -> list[str]:
    told = [label.text() for label in sections.findChildren(QLabel) if not label.isHidden()]
    return [text for text in told if text.startswith(("a", "b"))]


def test_few_facts_stand_at_once(qtbot: QtBot) -> None:
    sections = Sections("facts")
    qtbot.addWidget(sections)
    sections.show_groups(groups("a", 2))
    assert titles(sections) == ["a0", "a1"]


def test_of_many_the_rest_follows_in_order(qtbot: QtBot) -> None:
    sections = Sections("facts")
    qtbot.addWidget(sections)
    sections.show_groups(groups("a", 9))
    assert titles(sections) == ["a0", "a1"]
    qtbot.waitUntil(lambda: len(titles(sections)) == 9)
    assert titles(sections) == [f"a{at}" for at in range(9)]
    sections.show_groups(groups("b", 9))
    assert titles(sections) == [f"b{at}" for at in range(9)]  # filled, not made


def test_what_is_shown_next_is_not_mixed_with_what_was_to_come(qtbot: QtBot) -> None:
    sections = Sections("facts")
    qtbot.addWidget(sections)
    sections.show_groups(groups("a", 9))
    sections.show_groups(groups("b", 2, facts=3))
    qtbot.wait(20)
    assert titles(sections) == ["b0", "b1"]


def test_values_of_all_groups_begin_in_one_line_beside_a_long_link(qtbot: QtBot) -> None:
    sections = Sections("facts")
    qtbot.addWidget(sections)
    sections.resize(400, 500)
    sections.show()
    before = 40
    for led in ("a long name of what takes its place from this day on", "a name"):
        identity = (Fact("Name", "A-1"), Fact("Replaced by", led, go=lambda: None))
        sections.show_groups((Group("", identity), Group("Roles", (Fact("Owner", "A"),))))
        qtbot.waitUntil(partial(_stand_in_line, sections, before))
        before = min(_lefts(sections))


def _lefts(sections: Sections) -> set[int]:
    return {one.mapTo(sections, QPoint()).x() for one in sections.findChildren(Value)}


def _stand_in_line(sections: Sections, beyond: int) -> bool:
    lefts = _lefts(sections)
    return len(lefts) == 1 and min(lefts) > beyond
