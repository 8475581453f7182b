"""What grows with the size of the text."""

from operator import le

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.ui import rail
from mlops_desktop.ui.colors import read_colors
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.pages.monitoring.span_box import SpanBox
from mlops_desktop.ui.rail import _WRAPPED
from mlops_desktop.ui.table.filter import FilterLine
from mlops_desktop.ui.theme import make_sheet
from mlops_desktop.ui.widgets.breaking import fitted
from mlops_desktop.ui.widgets.room import Below
from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow, page_of


def test_the_rail_says_every_place_whole_in_text_of_twice_the_size(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(pages=find_pages())
    window.context.theme.use_text(200)
    places = window.rail
    places.resize(320, 2400)
    places.show()
    heights = {str(index.data()): places.sizeHintForIndex(index).height() for index in (
        places.model().index(at, 0) for at in range(places.model().rowCount()))}  # fmt: skip
    assert heights["Findings & validations"] > heights["Models"] * 1.4
    window.context.theme.use_text(100)


def test_the_rail_parts_words_only_where_they_have_no_line_and_between_syllables(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_window(pages=find_pages())
    drawn, wide = dict[str, str](), list[str]()

    def note(text: str, room: int, metrics: QFontMetrics) -> str:
        drawn[text] = fitted(text, room, metrics)
        if metrics.boundingRect(0, 0, room, 0, int(_WRAPPED), drawn[text]).width() > room:
            wide.append(text)
        return drawn[text]

    window.context.theme.use_text(200)
    qtbot.waitUntil(lambda: window.context.theme.dressing.is_done)
    for width in (340, 200):
        window.rail.resize(width, 2400)
        window.rail.grab()
        with monkeypatch.context() as patch:
            patch.setattr(rail, "fitted", note)
            window.rail.grab()
        assert "Findings & validations" in drawn
        assert wide == [], "nothing is cut"
        assert not _WRAPPED & Qt.TextFlag.TextWrapAnywhere, "with it Qt parts whatever is longer"
        assert (SOFT_HYPHEN in "".join(drawn.values())) == (width == 200)
    window.context.theme.use_text(100)


def test_a_list_is_in_its_usual_size_again_as_if_it_had_never_been_larger(
    window: Window, qtbot: QtBot
) -> None:
    view, header = page_of(window).list.view, page_of(window).list.view.horizontalHeader()

    def sizes(percent: int) -> list[int]:
        window.context.theme.use_text(percent)
        qtbot.waitUntil(lambda: window.context.theme.dressing.is_done)
        widths = [header.sectionSize(at) for at in range(header.count())]
        return [*widths, view.verticalHeader().defaultSectionSize()]

    usual = sizes(100)
    large = sizes(200)
    titles = (view.rooms._bare_title(at) for at in range(header.count()))
    assert usual != large
    assert all(map(le, titles, large)), "and in large text its titles are whole"
    assert sizes(100) == usual


def test_boxes_and_arrows_grow_with_the_text() -> None:
    sheets = {percent: make_sheet(read_colors("light"), "light", percent) for percent in (100, 200)}
    small, large = ("width: 14px; height: 14px", "width: 28px; height: 28px")
    assert (small in sheets[100], large in sheets[100]) == (True, False)
    assert (small in sheets[200], large in sheets[200]) == (False, True)


def test_the_glass_of_a_filter_line_grows_with_the_text(qtbot: QtBot) -> None:
    line = FilterLine(())
    qtbot.addWidget(line)
    line.show()
    before = line._glass.width()
    font = line.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    line.setFont(font)
    line.adjustSize()
    assert line._glass.width() >= before * 1.5
    assert line.textMargins().left() > line._glass.width()
    assert line.rect().contains(line._glass.geometry())


def test_what_stands_below_a_table_keeps_lines_in_sight_in_any_size_of_text(qtbot: QtBot) -> None:
    below = Below(QLabel("Version 3"))
    qtbot.addWidget(below)
    before = below.minimumSizeHint().height()
    font = below.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    below.setFont(font)
    assert below.minimumSizeHint().height() > before * 1.8


def test_the_choice_of_a_span_goes_on_below_its_title(plain: Window) -> None:
    box = SpanBox(plain.context)
    one_line, least = box.sizeHint(), box.minimumSizeHint().width()
    assert least < one_line.width()
    assert box.heightForWidth(least) > one_line.height()
