"""The page of items as persons use it: open a finding, see who may take which step, take it."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core.events.findings import FindingDetails
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.services import items, ledger
from mlops_desktop.services.documents import read_document
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.ui.pages.governance import PAGE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.governance.said import stage_status
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.models.tabs.governance import GovernanceTab
from mlops_desktop.ui.widgets.dialog import FormDialog
from tests.services.steps import register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, field, texts, type_in


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    items.open_item(file_bank.as_("Jonas Brandt"), FINDING, Given(TEXTS, ("M-00001",)))
    desk = Desk(make_window(pages=(MODELS, PAGE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> GovernancePage:
    desk.window.show_page("governance")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, GovernancePage)
    return page


def choose_first(desk: Desk, page: GovernancePage) -> None:
    page.list.view.selectRow(0)
    desk.settle()


def offered(desk: Desk) -> dict[str, bool]:
    """Open the menu of steps and return what it offers, and whether I may."""
    desk.window.context.actions.run("item.step")
    menu = desk.window.findChild(QMenu, "itemChoices")
    assert isinstance(menu, QMenu)
    found = {entry.text(): entry.isEnabled() for entry in menu.actions()}
    menu.close()
    QApplication.processEvents()
    return found


def choose(desk: Desk, action: str, entry: str) -> FormDialog:
    desk.window.context.actions.run(action)
    menu = desk.window.findChild(QMenu, "itemChoices")
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == entry).trigger()
    menu.close()
    desk.settle()
    return desk.dialog()


def drop_on(widget: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(9, 9), copy, data, left, none),
        QDropEvent(QPointF(9, 9), copy, data, left, none),
    ):
        QApplication.sendEvent(widget, event)


def test_a_form_that_opens_says_its_kind_within_a_sentence(desk: Desk) -> None:
    page_of(desk)
    dialog = choose(desk, "item.open", "Data incident")
    assert dialog.windowTitle() == "Open a data incident"
    dialog.reject()
    say, language = desk.window.context.say, desk.window.context.language
    titles = [say(f"item.form.open.{kind.noun}") for kind in kinds()]
    assert [one for one in titles if one[1:] != one[1:].lower() or "." in one] == []
    language.use("de")
    assert not any("." in say(f"item.form.open.{kind.noun}") for kind in kinds())


def test_files_are_attached_by_dropping_them_and_others_refused_in_words(
    desk: Desk, tmp_path: Path
) -> None:
    paper, movie, window = tmp_path / "minutes.pdf", tmp_path / "a.mov", desk.window
    paper.write_bytes(b"%PDF the minutes")
    choose_first(desk, page_of(desk))
    form = choose(desk, "item.step", "Report as remedied")
    drop_on(field(form, "Evidence"), paper)
    desk.settle()
    mark = f"sha256:{sha256(paper.read_bytes()).hexdigest()}"
    assert field(form, "Evidence").text() == mark  # type: ignore[attr-defined]
    assert "minutes.pdf" in texts(form)
    type_in(form, "Why", "Die Schwelle ist begründet.")
    desk.send(form)
    session = desk.bank.session
    details = items.show_item(session, "F-00001").state.details
    assert isinstance(details, FindingDetails)
    assert details.evidence == (mark,)
    assert read_document(session, mark.removeprefix("sha256:")) == paper.read_bytes()
    assert ledger.verify_ledger(session).is_ok
    drop_on(window, movie)
    assert window._toaster._frame is not None
    assert "Only PDF files" in said(window._toaster._frame)
    drop_on(window, tmp_path / "a.csv", tmp_path / "b.xlsx")
    assert "One register at a time" in said(window._toaster._frame)
    form = choose(desk, "item.open", "Finding")
    drop_on(form, paper)
    assert "takes no file" in said(window._toaster._frame)


def test_the_page_says_how_much_is_open_and_shows_one_whole(desk: Desk) -> None:
    page = page_of(desk)
    desk.qtbot.waitUntil(lambda: page.heading() == "1 open, 0 overdue")
    choose_first(desk, page)
    said = texts(page.detail)
    for part in ("PSI über der Eingriffsschwelle", "F-00001 · Finding · Corinna Wolters"):
        assert part in said
    for part in ("Model", "validation", "Severity", "high"):
        assert part in said
    desk.window.context.actions.run("item.ages")
    desk.settle()
    heat = page.ages.heat
    assert heat.rows()[1] == ("high", "1", "0", "0", "0", "1", "0")
    assert heat.accessibleDescription() == "Most: high, up to 90 days: 1 finding"
    assert nameless(page) == []
    assert unreachable(desk.window) == []
    QTest.keyClick(heat, Qt.Key.Key_Return)
    desk.settle()
    assert page.list.count() == 1
    assert page.list.filter.text() == "kind:finding scope:open severity:high age:0..90"


def test_steps_are_offered_with_the_rule_that_keeps_others_from_them(desk: Desk) -> None:
    page = page_of(desk)
    choose_first(desk, page)
    assert offered(desk) == {
        "Rebut – for those responsible": False,
        "Withdraw – for who made the finding": False,
        "Plan the action": True,
        "Extend the deadline": True,
        "Report as remedied": True,
        "Accept the risk": True,
    }
    desk.act_as("Corinna Wolters")
    page = page_of(desk)
    choose_first(desk, page)
    assert offered(desk)["Extend the deadline – not for those responsible"] is False


def test_a_step_is_taken_and_what_is_missing_is_said_beside_its_field(desk: Desk) -> None:
    page = page_of(desk)
    choose_first(desk, page)
    dialog = choose(desk, "item.step", "Extend the deadline")
    type_in(dialog, "Due", "31.03.2096")
    type_in(dialog, "Why", "Die Daten kommen erst im Februar.")
    desk.send(dialog)
    assert "is not later than" in texts(dialog)
    type_in(dialog, "Why", "")
    type_in(dialog, "Due", "31.03.2097")
    desk.send(dialog)
    assert "needs a reason" in texts(dialog)
    type_in(dialog, "Why", "Die Daten kommen erst im Februar.")
    desk.send(dialog)
    row = items.show_item(desk.bank.session, "F-00001").row
    assert (row.due.isoformat() if row.due else "") == "2097-03-31"
    page.detail.tabs.setCurrentIndex(1)
    desk.settle()
    assert "Die Daten kommen erst im Februar." in texts(page.detail)


def test_one_is_opened_from_the_page_and_found_at_its_model(desk: Desk) -> None:
    page = page_of(desk)
    dialog = choose(desk, "item.open", "Limitation")
    type_in(dialog, "Title", "Nicht für Neukunden ohne Kontohistorie")
    type_in(dialog, "Weight", "critical")
    type_in(dialog, "Models", "M-00001")
    desk.send(dialog)
    assert "text that users are shown" in texts(dialog)
    type_in(dialog, "Text shown to users", "Nur mit sechs Monaten Historie verwenden.")
    desk.send(dialog)
    desk.qtbot.waitUntil(lambda: page.list.count() == 2)
    page.kinds.setCurrentIndex(page.kinds.findData("limitation"))
    desk.qtbot.waitUntil(lambda: page.list.count() == 1)
    models = desk.models()
    models.list.view.selectRow(0)
    desk.settle()
    for at in range(models.detail.tabs.count()):
        if models.detail.tabs.tabText(at) == "Items on the model":
            models.detail.tabs.setCurrentIndex(at)
    desk.settle()
    (tab,) = models.detail.findChildren(GovernanceTab)
    assert tab.table.model().rowCount() == 2
    (show,) = (one for one in tab.findChildren(QPushButton) if one.text() == "Show")
    show.click()  # what it shows is chosen already
    desk.settle()
    assert desk.window.stage.current == "governance"


def test_everything_is_said_in_german(desk: Desk) -> None:
    page = page_of(desk)
    choose_first(desk, page)
    desk.window.context.actions.run("language.de")
    desk.settle()
    desk.qtbot.waitUntil(lambda: page.heading() == "1 offen, 0 überfällig")
    assert all(part in texts(page.detail) for part in ("Schweregrad", "hoch", "Validierung"))
    assert "Feststellungen" in [page.kinds.itemText(at) for at in range(page.kinds.count())]
    dialog = choose(desk, "item.step", "Maßnahme planen")
    assert field(dialog, "Maßnahmenplan").isVisible()
    dialog.reject()
    desk.settle()


@pytest.mark.parametrize("ending", ["ics", "eml"])
def test_what_is_due_for_me_is_saved_for_other_programs(
    desk: Desk, ending: str, tmp_path: Path
) -> None:
    page_of(desk)
    desk.window.context.actions.run("item.due")
    dialog = desk.window.findChild(QFileDialog, "saveFile")
    assert isinstance(dialog, QFileDialog)
    path = tmp_path / f"due.{ending}"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.settle()
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR" if ending == "ics" else b"Subject:")


def test_a_closed_one_that_was_asked_for_stands_in_the_list_and_leads_to_its_models(
    desk: Desk,
) -> None:
    page = page_of(desk)
    row = items.show_item(desk.bank.session, "F-00001").row
    given = Given({}, reason="Fehlbuchung")
    items.take_step(desk.bank.as_("Jonas Brandt"), FINDING, "F-00001", "withdraw", given)
    page.reload()
    desk.settle()
    desk.window.context.show_page("governance", row.id)
    desk.settle()
    assert page.scopes.currentIndex() == page.scopes.count() - 1
    assert page.list.view.current_id() == row.id
    (link,) = (
        one for one in page.detail.findChildren(QPushButton) if one.text().startswith("M-00001")
    )
    link.click()
    desk.settle()
    assert "PD Mittelstand" in texts(desk.models().detail)


def test_what_steps_alone_change_is_shown_with_the_steps_that_do(desk: Desk) -> None:
    page = page_of(desk)
    choose_first(desk, page)
    dialog = desk.do("item.edit")
    due = field(dialog, "Due")
    assert not due.isEnabled()
    said = "Changed by a step, not here: Plan the action, Extend the deadline"
    assert due.accessibleDescription().startswith(said)
    assert said in texts(dialog)
    type_in(dialog, "Title", "PSI über der Schwelle")
    desk.send(dialog)
    assert items.show_item(desk.bank.session, "F-00001").row.title == "PSI über der Schwelle"
    desk.act_as("Jonas Brandt")  # who opened it corrects it until the first step
    choose_first(desk, page_of(desk))
    dialog = desk.do("item.edit")
    assert field(dialog, "Due").isEnabled()
    dialog.reject()


def test_a_long_state_has_a_word_for_where_a_title_would_be_cut(desk: Desk) -> None:
    (row,) = items.list_items(desk.bank.session, ItemFilter())
    planned = stage_status(desk.window.context, replace(row, stage="planned"))
    assert (planned.word, planned.shortest) == ("action planned", "planned")
    assert stage_status(desk.window.context, row).shortest == "open"
