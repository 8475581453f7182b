"""The page Resources and the tab of a model: what is consumed, its trend, what to look at."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.models.tabs.resources import ResourcesTab
from mlops_desktop.ui.pages.resources import PAGE
from mlops_desktop.ui.pages.resources.page import ResourcesPage
from mlops_desktop.ui.pages.resources.said import say_amount, say_unit
from tests.services import test_resources as story
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk
from tests.ui.pages.test_room import text_size
from tests.ui.room import cut_titles, scrolled_inside


@pytest.fixture
def desk(
    file_bank: Bank,
    make_window: MakeWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    monkeypatch.setattr(story, "TODAY", clock.now())
    folder = tmp_path / "tables"
    folder.mkdir()
    story.prepare(file_bank, folder)
    desk = Desk(make_window(pages=(PAGE, MODELS)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def test_units_have_german_words(desk: Desk) -> None:
    desk.window.context.language.use("de")
    assert say_unit(desk.window.context, "cores") == "Kerne"
    assert say_amount(desk.window.context, 1234.5, "cores").endswith(" Kerne")
    assert say_unit(desk.window.context, "GiB") == "GiB"
    page = page_of(desk)
    assert not any("cores" in line for line in lines_of(page.table))


def test_no_list_is_scrolled_sideways_in_german(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.window.context.language.use("de")
    page = page_of(desk)
    desk.settle()
    for table in (page.side.looked, page.side.frameworks):
        assert table.model().rowCount()
        assert table.horizontalScrollBar().maximum() == 0
    assert page.side.width() > page.chart.width(), "its texts would make its rows high"


@pytest.mark.parametrize(
    ("size", "text"), [((1440, 900), 100), ((1280, 800), 100), ((1280, 800), 200)]
)
def test_nothing_is_scrolled_inside_of_what_is_scrolled(
    desk: Desk, size: tuple[int, int], text: int
) -> None:
    page = page_of(desk)
    crowd(page)
    desk.window.resize(*size)
    with text_size(desk, text):
        desk.settle()
        assert scrolled_inside(desk.window) == []
        assert page.table.verticalScrollBar().maximum() > 0, "the uses scroll by themselves"
        looked = page.side.looked.verticalScrollBar().maximum()
        assert (looked == 0) is (text == 200), "in large text all below them is scrolled as one"
        line = page.fontMetrics().lineSpacing()
        assert page.chart.height() >= 8 * line, "the trend can be read"
        assert page.side.looked.height() > page.side.looked.high(1)


@pytest.mark.parametrize("language", ["en", "de"])
def test_in_large_text_titles_and_words_are_whole(desk: Desk, language: str) -> None:
    desk.window.context.language.use(language)
    desk.window.resize(1280, 800)
    table = page_of(desk).table
    with text_size(desk, 200):
        desk.settle()
        assert table.model().rowCount()
        assert cut_titles(table) == []
        assert not table.isColumnHidden(1), "the name is whole rather than a measure"
        assert table.columnWidth(1) > table.fontMetrics().averageCharWidth() * 8


def crowd(page: ResourcesPage) -> None:
    """Let there be more of everything than any screen shows."""
    shown = page._shown
    assert shown is not None
    uses = tuple(replace(one, id=f"{one.id}{n}") for n in range(30) for one in shown.lines)
    looked = tuple(replace(one, id=f"{one.id}/{n}") for n in range(20) for one in shown.bottlenecks)
    used = tuple(replace(one, id=f"{one.id}/{n}") for n in range(9) for one in shown.frameworks)
    page._tell(replace(shown, lines=uses, bottlenecks=looked, frameworks=used))


def lines_of(view: QAbstractItemView) -> list[str]:
    """Return the rows of a table, their cells one after the other."""
    model = view.model()
    return [
        " | ".join(str(model.index(row, at).data()) for at in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def page_of(desk: Desk) -> ResourcesPage:
    desk.window.show_page("resources")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ResourcesPage)
    return page


def test_uses_bottlenecks_and_frameworks_are_shown_and_lead_on(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    assert page.heading().startswith("3 models measured from ")
    told = lines_of(page.table)
    assert any("GPU" in line and "62 %" in line for line in told)
    looked = lines_of(page.side.looked)
    assert any("3.2 : 1" in line for line in looked)
    assert any("4.10 TB" in line for line in looked)
    assert any("Python 3.9" in line for line in lines_of(page.side.frameworks))
    assert nameless(page) == []
    page.resource.setCurrentIndex(page.resource.findData("cost"))
    desk.settle()
    assert len(lines_of(page.table)) == 3
    path = tmp_path / "page.csv"
    page._save(path)
    desk.settle()
    assert path.read_text("utf-8").startswith("From,To")
    page.by.setCurrentIndex(page.by.findData("owner"))
    desk.settle()
    assert any("Corinna Wolters" in line for line in lines_of(page.table))
    page.by.setCurrentIndex(page.by.findData("model"))
    desk.settle()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.stage.page() is desk.models()


def test_a_day_without_uses_tells_nothing_of_the_one_chosen(desk: Desk) -> None:
    page = page_of(desk)
    at = next(n for n in range(page.table.model().rowCount()) if tells(desk, page, n))
    page.table.selectRow(at)
    desk.settle()
    desk.window.context.show_as_of(clock.today() - timedelta(days=300))
    desk.settle()
    assert page.empty.isVisible()
    assert not page.note.isVisible()
    assert not page.ahead.isVisible()


def tells(desk: Desk, page: ResourcesPage, row: int) -> bool:
    """Whether something is noted below the trend of a use."""
    page.table.selectRow(row)
    desk.settle()
    return page.note.isVisible()


def test_the_tab_of_a_model_shows_its_own(desk: Desk) -> None:
    models = desk.models()
    models.show_record("M-00001")
    desk.settle()
    tab = models.detail.open_tab(ResourcesTab)
    tabs = tab.parentWidget()
    assert tabs is not None
    desk.window.context.language.use("de")
    desk.settle()
    assert nameless(tab) == []
    assert "in den letzten 90 Tagen" in said(tab)
    desk.window.context.show_as_of(clock.today() - timedelta(days=400))
    desk.settle()


def test_a_side_that_no_row_knows_has_no_column(desk: Desk) -> None:
    tab = ResourcesTab(desk.window.context)
    desk.qtbot.addWidget(tab)
    page = page_of(desk)
    page.resource.setCurrentIndex(page.resource.findData("cost"))
    desk.settle()
    columns, costs = tab.table.rows.columns, page.table.rows_in_order()
    ids = [column.id for column in columns]
    tab.table.set_rows(costs)
    hidden = {id for at, id in enumerate(ids) if tab.table.isColumnHidden(at)}
    assert hidden == {id for id, column in zip(ids, columns, strict=True)
                      if column.optional and not any(map(column.text, costs))}  # fmt: skip
    assert "capacity" in hidden
    assert "used" not in hidden
