"""Many facts come in turns, and another set ends what is not yet shown; values stand in line."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets.breaking import joined
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.value import Value
from mlops_desktop.ui.window import Window


def groups(name: str, number: int, facts: int = 12) -> tuple[Group, ...]:
    return tuple(
        Group(f"{name}{at}", tuple(Fact(f"{row}", "x") for row in range(facts)))
        for at in range(number)
    )


def titles(sections: Sections) -> list[str]:
    told = [label.text() for label in sections.findChildren(QLabel) if not label.isHidden()]
    return [text for text in told if text.startswith(("a", "b"))]


def test_few_facts_stand_at_once(plain: Window, qtbot: QtBot) -> None:
    sections = Sections(plain.context, "facts")
    qtbot.addWidget(sections)
    sections.show_groups(groups("a", 2))
    assert titles(sections) == ["a0", "a1"]


def test_of_many_the_rest_follows_in_order(plain: Window, qtbot: QtBot) -> None:
    sections = Sections(plain.context, "facts")
    qtbot.addWidget(sections)
    sections.show_groups(groups("a", 9))
    assert titles(sections) == ["a0", "a1"]
    qtbot.waitUntil(lambda: len(titles(sections)) == 9)
    assert titles(sections) == [f"a{at}" for at in range(9)]
    sections.show_groups(groups("b", 9))
    assert titles(sections) == [f"b{at}" for at in range(9)]  # filled, not made


def test_what_is_shown_next_is_not_mixed_with_what_was_to_come(plain: Window, qtbot: QtBot) -> None:
    sections = Sections(plain.context, "facts")
    qtbot.addWidget(sections)
    sections.show_groups(groups("a", 9))
    sections.show_groups(groups("b", 2, facts=3))
    qtbot.wait(20)
    assert titles(sections) == ["b0", "b1"]


def test_values_of_all_groups_begin_in_one_line_beside_a_long_link(
    plain: Window, qtbot: QtBot
) -> None:
    sections = Sections(plain.context, "facts")
    qtbot.addWidget(sections)
    sections.resize(400, 500)
    sections.show()
    before = 40
    for led in ("a long name of what takes its place from this day on", "a name"):
        identity = (Fact("Name", "A-1"), Fact("Replaced by", led, go=lambda: None))
        sections.show_groups((Group("", identity), Group("Roles", (Fact("Owner", "A"),))))
        qtbot.waitUntil(partial(_stand_in_line, sections, before))
        before = min(_lefts(sections))


ADDRESS = "https://git.elbmark.example/daten/ratenkredit-antraege/-/tree/main/pipelines"
DIGEST = "aa1518df7e30bc41d2f6aa1518df7e30bc41d2f6aa1518df7e30bc411672273f"


@pytest.mark.parametrize(
    "told",
    [
        ADDRESS,
        f"see {ADDRESS}, then",
        "mlflow-artifacts:/1/b01f9655b945464dac6c57435b6c72d6/artifacts/model",
        "01a22acb-7d1e-754a-be42-674b866bc752",
        "/srv/datenlager/openlineage-ratenkredit-antraege.ndjson",
        r"C:\Users\feddersen\Documents\Modelle\elbmark.mlops",
        "src/scoring/ratenkredit/gradient_boosting.py",
        "katrin.feddersen@modellrisiko.elbmark.example",
    ],
)
def test_an_address_and_an_id_are_read_whole_in_lines(
    plain: Window, qtbot: QtBot, told: str
) -> None:
    sections = shown(plain, qtbot, Group("", (Fact("Code", told),)))
    value = sections.findChild(Value)
    assert value is not None
    assert joined(value.text()) == told
    assert not value.toolTip()  # it would say the same again
    assert value.minimumSizeHint().width() <= value.width() <= 320


def test_of_a_digest_the_middle_is_left_out(plain: Window, qtbot: QtBot) -> None:
    sections = shown(plain, qtbot, Group("", (Fact("Evidence", DIGEST),)))
    value = sections.findChild(Value)
    assert value is not None
    assert value.text() == "aa1518df7e30…1672273f"
    assert value.toolTip() == DIGEST


LONG_NAME = "May look up revocations online"


def test_a_long_name_stands_in_one_line_beside_values_that_need_little(
    plain: Window, qtbot: QtBot
) -> None:
    groups = (Group("", (Fact(LONG_NAME, "no"),)), Group("b", (Fact("Written", "by A"),)))
    sections = shown(plain, qtbot, *groups, width=520)
    assert name_of(sections, LONG_NAME).width() >= advance(sections, LONG_NAME)
    assert len(_lefts(sections)) == 1


def test_a_long_name_takes_lines_beside_a_value_that_would(plain: Window, qtbot: QtBot) -> None:
    sections = shown(plain, qtbot, Group("", (Fact(LONG_NAME, "word " * 40),)), width=520)
    assert name_of(sections, LONG_NAME).width() < advance(sections, LONG_NAME)


def shown(plain: Window, qtbot: QtBot, *groups: Group, width: int = 320) -> Sections:
    sections = Sections(plain.context, "facts")
    qtbot.addWidget(sections)
    sections.resize(width, 500)
    sections.show_groups(groups)
    sections.show()
    qtbot.waitUntil(lambda: all(one.width() > 0 for one in sections.findChildren(Value)))
    return sections


def name_of(sections: Sections, name: str) -> QLabel:
    return next(one for one in sections.findChildren(QLabel) if one.accessibleName() == name)


def advance(sections: Sections, text: str) -> int:
    return sections.fontMetrics().horizontalAdvance(text)


def _lefts(sections: Sections) -> set[int]:
    return {one.mapTo(sections, QPoint()).x() for one in sections.findChildren(Value)}


def _stand_in_line(sections: Sections, beyond: int) -> bool:
    lefts = _lefts(sections)
    return len(lefts) == 1 and min(lefts) > beyond
