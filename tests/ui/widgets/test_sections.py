"""Many facts come in turns, and another set of them ends what is not yet shown."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets.sections import Fact, Group, Sections


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
