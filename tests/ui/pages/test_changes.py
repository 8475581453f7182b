"""The page Changes: two days compared, each line leads to its thing; saved and printed."""

from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import items
from mlops_desktop.services.changes import Area, ChangeLine, What
from mlops_desktop.services.items import Given
from mlops_desktop.services.models import edit_model
from mlops_desktop.ui.pages.changes import PAGE
from mlops_desktop.ui.pages.changes.lines import say_name
from mlops_desktop.ui.pages.changes.page import ChangesPage
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.table.paper import SeenList
from mlops_desktop.ui.window import Window
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk


def fill(bank: Bank) -> None:
    with clock.reading(lambda: datetime(2026, 3, 1, 9, tzinfo=UTC)):
        register(bank, next_review="2026-06-30")
    with clock.reading(lambda: datetime(2026, 9, 1, 9, tzinfo=UTC)):
        register(bank, name="LGD Baufinanzierung (IRB)", tier="2")
        edit_model(bank.session, "M-00001", {"next_review": "2027-06-30"}, reason="Turnus")
        items.open_item(bank.session, FINDING, Given(TEXTS | {"due": "2026-12-01"}, ("M-00001",)))


def rows(page: ChangesPage) -> list[tuple[str, ...]]:
    lines = (page.list.model.line(row) for row in range(page.list.model.rowCount()))
    return [tuple(cell.text for cell in line.cells) for line in lines if line is not None]


def choose(page: ChangesPage, desk: Desk, first: date, last: date) -> None:
    page.first.setDate(QDate(first.year, first.month, first.day))
    page.last.setDate(QDate(last.year, last.month, last.day))
    desk.settle()


def show_scope(page: ChangesPage, desk: Desk, name: str) -> list[tuple[str, ...]]:
    at = next(at for at in range(page.scopes.count()) if page.scopes.tabText(at).startswith(name))
    page.scopes.setCurrentIndex(at)
    desk.settle()
    return rows(page)


def open_page(window: Window, desk: Desk) -> ChangesPage:
    window.context.show_as_of(date(2026, 4, 1))
    window.context.actions.run("as_of.compare")
    desk.settle()
    page = window.stage.page()
    assert isinstance(page, ChangesPage)
    return page


def test_two_days_are_compared_and_every_line_leads_to_its_thing(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(file_bank)
    window = make_window(pages=(MODELS, GOVERNANCE, PAGE))
    desk = Desk(window, file_bank, qtbot)
    window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    page = open_page(window, desk)
    assert page.first.date() == QDate(2026, 4, 1)  # the day shown, with today
    assert (nameless(page), unreachable(page)) == ([], [])
    choose(page, desk, date(2026, 4, 1), date(2026, 10, 1))
    figures = show_scope(page, desk, "Figures")
    assert ("Figure", "more", "", "Models in all", "", "1", "2 (+1)") in figures
    moved = sum(row[1] != "the same" for row in figures)
    assert 0 < moved < len(figures)
    told = [page.scopes.tabText(at) for at in range(page.scopes.count())]
    assert told[1] == f"Figures {moved} of {len(figures)}"
    every, *parts = (int(one.removesuffix(f" of {len(figures)}").split()[-1]) for one in told)
    assert every == sum(parts)  # a reader adds the tabs up
    assert [row[2:4] for row in show_scope(page, desk, "Models") if row[1] == "added"] == [
        ("M-00002", "LGD Baufinanzierung (IRB)")
    ]
    page.list.set_filter("next review")
    qtbot.waitUntil(lambda: page.list.count() == 1)
    assert rows(page)[0][4:7] == ("Next review", "30/06/2026", "30/06/2027")
    print_is_called(page, desk)
    save(page, desk, tmp_path / "changes.csv")
    assert ",After,Difference\n" in (tmp_path / "changes.csv").read_text("utf-8")
    assert "30/06/2026,30/06/2027" in (tmp_path / "changes.csv").read_text("utf-8")
    page.list.set_filter("")
    opened = show_scope(page, desk, "Findings")
    assert [row[:3] for row in opened] == [("Finding", "opened", "F-00001")]
    page.list.view.selectRow(0)
    window.context.actions.run("changes.go")
    desk.settle()
    assert window.stage.current == "governance"
    assert window.context.as_of == on(date(2026, 4, 1))  # looking changes nothing
    window.show_page("changes")
    choose(page, desk, date(2026, 10, 1), date(2026, 4, 1))
    assert page.wrong.text() == "1 Oct 2026 is not before 1 Apr 2026."
    assert rows(page) == []


def print_is_called(page: ChangesPage, desk: Desk) -> None:
    seen = SeenList(desk.window.context, page.list.view)
    assert seen.title.startswith("Changes from 01/04/2026 to 01/10/2026")


def save(page: ChangesPage, desk: Desk, path: Path) -> None:
    desk.window.context.actions.run("changes.export")
    dialog = desk.window.findChild(QFileDialog, "saveFile")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.settle()


def test_a_request_names_the_version_as_one(window: Window) -> None:
    line = ChangeLine(
        Area.APPROVALS, What.OPENED, "A-00001", "M-00017 Next Best Offer", "status", "", "open",
        "approvals", label="13",
    )  # fmt: skip
    context = window.context
    assert say_name(context, line) == "M-00017 Next Best Offer, version 13"
    context.language.use("de")
    assert say_name(context, line) == "M-00017 Next Best Offer, Version 13"


def test_approvals_and_items_have_one_word_for_where_they_stand(window: Window) -> None:
    context = window.context
    context.language.use("de")
    words = {"changes.field.stage", "changes.field.status", "approvals.column.status"}
    assert {context.say(word) for word in words} == {"Stand"}
