"""Room for what is shown: panes, cards, hints, and parts that take turns."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.pages.overview.card import FigureCard
from mlops_desktop.ui.pages.overview.cuts import Cut, CutRow
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.foot import Foot
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.room import Across, Head, Room
from mlops_desktop.ui.widgets.stack import Stack
from mlops_desktop.ui.window import Window


def test_what_is_wider_than_its_card_is_scrolled_sideways_and_whole_from_top_to_bottom(
    plain: Window, qtbot: QtBot
) -> None:
    inside, figures, better = QWidget(), QWidget(), Chip(Status("good", "0.91"))
    figures.setFixedSize(500, 90 - better.sizeHint().height())
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(figures)
    column.addWidget(better)
    across = Across(inside)
    qtbot.addWidget(across)
    across.resize(300, across.minimumSizeHint().height())
    across.show()
    qtbot.waitUntil(lambda: across.horizontalScrollBar().maximum() > 0)
    assert across.sizeHint().height() > 90
    across.resize(700, 90)
    qtbot.waitUntil(lambda: across.horizontalScrollBar().maximum() == 0)
    assert across.sizeHint().height() == 90


def test_the_head_of_a_detail_keeps_its_lines_in_a_low_pane(plain: Window, qtbot: QtBot) -> None:
    pane = DetailPane(plain.context)
    pane.add_tab("Details", QWidget())
    qtbot.addWidget(pane)
    pane.set_head("Schwellen der Alarme nicht dokumentiert", "F-00012 · Feststellung · Nadine")
    pane.resize(160, 60)
    pane.show()
    title, under = pane._title, pane._under
    qtbot.waitUntil(lambda: title.height() >= title.heightForWidth(title.width()))
    assert title.geometry().bottom() < under.geometry().top()


def test_in_a_low_pane_the_head_is_scrolled_and_foot_and_tabs_stay(
    plain: Window, qtbot: QtBot
) -> None:
    plain.context.actions.add(Action("one", "Einem Modell zuordnen", lambda: None))
    pane = DetailPane(plain.context, ("one",), default="one")
    pane.add_tab("Details", QLabel("Angaben"))
    qtbot.addWidget(pane)
    chips = tuple(Status("bad", f"überfällig seit dem {day}. Juli 2026") for day in range(1, 9))
    pane.set_head("Schwellen der Alarme nicht dokumentiert", "F-00012 · Feststellung", chips)
    pane.resize(260, 900)
    pane.show()
    head, foot = pane.findChild(Head), pane.findChild(Foot)
    assert head is not None
    assert foot is not None
    bar = head.verticalScrollBar()
    qtbot.waitUntil(lambda: head.height() >= head.sizeHint().height() and bar.maximum() == 0)
    assert head.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert pane.sizeHint().height() < 480
    pane.resize(260, pane.minimumHeight())
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert head.height() >= 3 * head.fontMetrics().lineSpacing()
    assert head.focusPolicy() is Qt.FocusPolicy.StrongFocus, "its lines are reached by keys"
    assert head.accessibleName() == "Schwellen der Alarme nicht dokumentiert"
    assert foot.geometry().bottom() <= pane.rect().bottom()
    assert pane.tabs.geometry().bottom() <= foot.geometry().top()


def test_a_page_behind_asks_for_no_height(qtbot: QtBot) -> None:
    stack, low, high = Stack(), QWidget(), QWidget()
    for part, words in ((low, 1), (high, 60)):
        flow = Flow(part)
        for n in range(words):
            flow.addWidget(Button(f"Schritt {n}"))
        stack.addWidget(part)
    page = QWidget()
    QVBoxLayout(page).addWidget(stack)
    room = Room(page)
    qtbot.addWidget(room)
    room.resize(300, 120)
    room.show()
    bar = room.verticalScrollBar()
    qtbot.waitUntil(lambda: 0 < stack.width() <= 300 and bar.maximum() == 0)
    stack.setCurrentIndex(1)
    qtbot.waitUntil(lambda: bar.maximum() > 0)


@pytest.mark.parametrize(
    "name",
    ["Offene Feststellungen", "Anpassungen, vorgeschlagen oder in Kraft",
     "Schwellenwertverletzungen offen"],
)  # fmt: skip
def test_a_card_has_room_for_its_whole_name(qtbot: QtBot, name: str) -> None:
    card = FigureCard()
    qtbot.addWidget(card)
    card.show_figure(name, "3", "Definition", is_bad=False)
    width, metrics = card.minimumSizeHint().width(), card.fontMetrics()
    assert all(metrics.horizontalAdvance(word) < width - 28 for word in name.split())
    wrapped = metrics.boundingRect(0, 0, width - 28, 0, Qt.TextFlag.TextWordWrap, name)
    assert card.heightForWidth(width) >= wrapped.height() + metrics.height() * 2 + 4
    assert card.heightForWidth(900) == card.sizeHint().height()


def _is_placed(widget: QPushButton) -> bool:
    return widget.x() > 0


def test_an_empty_place_has_its_sentence_in_the_middle(plain: Window, qtbot: QtBot) -> None:
    for width in (420, 1300):
        empty = EmptyState("Hier ist noch kein Modell.", Button("Modell erfassen"))
        qtbot.addWidget(empty)
        empty.resize(width, 400)
        empty.show()
        (sentence,) = (one for one in empty.findChildren(QLabel) if one.text())
        (button,) = empty.findChildren(QPushButton)
        qtbot.waitUntil(partial(_is_placed, button))
        assert abs(sentence.geometry().center().x() - button.geometry().center().x()) <= 1


def test_of_too_many_parts_the_biggest_are_shown_and_the_rest_is_told(qtbot: QtBot) -> None:
    cut = Cut()
    qtbot.addWidget(cut)
    rows = tuple(CutRow(f"Person {at}", at, str(at), f"owner:{at}") for at in range(1, 12))
    cut.show_rows("By owner", rows, lambda left_out: f"and {left_out} more")
    names = [one.text() for one in cut.findChildren(QPushButton)]
    assert names == [f"Person {at}" for at in range(11, 3, -1)]
    assert "and 3 more" in [one.text() for one in cut.findChildren(QLabel)]
    asked: list[str] = []
    cut.wanted.connect(asked.append)
    cut.show_rows("By owner", rows[:2], str)
    shown = [one for one in cut.findChildren(QPushButton) if not one.isHidden()]
    assert [one.text() for one in shown] == ["Person 1", "Person 2"]
    assert [one.text() for one in cut.findChildren(QLabel) if not one.isHidden()] == [
        "By owner", "1", "2",
    ]  # fmt: skip
    shown[1].click()
    assert asked == ["owner:2"]
    cut.show_rows("By owner", (), str)
    assert cut.isHidden()


def test_titles_changed_out_of_sight_have_their_room(plain: Window, qtbot: QtBot) -> None:
    pane = DetailPane(plain.context)
    qtbot.addWidget(pane)
    for title in ("oversight.tab.retention", "oversight.tab.erasure", "oversight.tab.retention"):
        pane.add_tab(title, QLabel())
    bar = pane.tabs.tabBar()
    pane.tabs.setTabVisible(2, False)
    pane.resize(900, 300)
    pane.show()
    pane.tabs.setTabText(0, "Ein langer Titel")
    qtbot.waitUntil(lambda: bar.tabRect(0).width() > 60)
    wide = bar.tabRect(0).width()
    pane.tabs.setTabText(0, "a")
    qtbot.waitUntil(lambda: bar.tabRect(0).width() < wide)
    pane.hide()
    pane.tabs.setTabText(0, "Ein langer Titel")
    pane.tabs.setTabVisible(2, False)
    pane.show()
    qtbot.waitUntil(lambda: bar.tabRect(0).width() == wide)


def test_an_empty_hint_keeps_no_line_free(plain: Window) -> None:
    form, line = Form(), QLineEdit()
    form.add("Name", line)
    before = form.sizeHint().height()
    form.explain(line, "As on the form.")
    assert form.sizeHint().height() > before
    form.explain(line, "")
    assert form.sizeHint().height() == before
