"""Lists to tick are as high as their rows: the form around them is scrolled."""

import pytest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core.events.entities import EntityDetails
from mlops_desktop.services.dossiers.sections import list_sections
from mlops_desktop.services.entities import Entity
from mlops_desktop.ui.entity_choice import EntityTicks
from mlops_desktop.ui.pages.dossiers.section_list import SectionList
from mlops_desktop.ui.pages.rules.asking import CheckList
from mlops_desktop.ui.widgets.ticks import Ticks
from mlops_desktop.ui.window import Window


def shown(ticks: Ticks, qtbot: QtBot) -> QScrollArea:
    """Show a list in a form that is scrolled."""
    area, inside = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    QVBoxLayout(inside).addWidget(ticks)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.resize(300, 120)
    area.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    return area


@pytest.mark.parametrize(("entries", "is_scrolled"), [(30, False), (100, False), (300, True)])
def test_a_list_has_a_bar_of_its_own_only_where_nobody_would_find_its_end(
    entries: int, is_scrolled: bool, qtbot: QtBot
) -> None:
    ticks = CheckList([(f"{at}", f"{at}") for at in range(entries)])
    area = shown(ticks, qtbot)
    assert (ticks.verticalScrollBar().maximum() > 0) is is_scrolled
    assert area.isVisible()


def test_entities_and_sections_are_whole_as_well(window: Window, qtbot: QtBot) -> None:
    details = EntityDetails()
    known = (Entity(f"{at}", f"LE-{at}", f"Tochter {at}", details, False) for at in range(9))
    entities = EntityTicks(known)
    sections = SectionList(window.context)
    sections.show_sections(list_sections())
    assert sections.count() > 7
    for ticks in (entities, sections):
        area = shown(ticks, qtbot)
        assert (area.isVisible(), ticks.verticalScrollBar().maximum()) == (True, 0)
