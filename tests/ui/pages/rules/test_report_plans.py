"""Planned reports in the window, and drafts saved from a validation and a meeting."""

from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.services import items, meetings
from mlops_desktop.services.items import Given
from mlops_desktop.services.meetings import NewItem, NewMeeting
from mlops_desktop.services.reports.plans import DateRule, Wanted, add_plan, list_plans
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.rules import PAGE as RULES
from mlops_desktop.ui.pages.rules.asking import CheckList, NumberBox
from tests.services.steps import register
from tests.support.bank import FOUNDER, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in
from tests.ui.pages.rules.acts import go


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    people = (FOUNDER, "Miriam Sander", ("Jonas Brandt",))
    wanted = NewMeeting("MRK", clock.today(), *people, 1, (NewItem("Bericht"),))
    meetings.call_meeting(file_bank.session, wanted)
    told = {"title": "Erstvalidierung", "cause": "initial", "owner": "Jonas Brandt"}
    given = Given(told | {"due": "2096-12-31"}, ("M-00001",))
    items.open_item(file_bank.as_("Jonas Brandt"), VALIDATION, given)
    return open_desk(make_window, file_bank, qtbot, RULES, GOVERNANCE)


def test_a_report_is_planned(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    page = go(desk, "reports")
    assert "nothing is drafted by itself" in texts(page.section())
    dialog = desk.do("report.plan")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    type_in(dialog, "Name", "Not A Name")
    desk.send(dialog)
    assert "cannot be the name" in texts(dialog)
    type_in(dialog, "Name", "board")
    type_in(dialog, "Title", "An den Vorstand")
    type_in(dialog, "How often", "every working day")
    type_in(dialog, "Day reported on", "the day it is due")
    type_in(dialog, "Folder", "reports")
    (days,) = dialog.findChildren(NumberBox)
    days.setValue(0)
    (languages,) = dialog.findChildren(CheckList)
    languages.tick("de")
    desk.send(dialog)
    assert "must be a whole path" in texts(dialog)
    type_in(dialog, "Folder", str(out))
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    (sheet,) = list_plans(desk.bank.session)
    assert (sheet.row.plan.languages, sheet.row.plan.after) == (("en", "de"), 0)


def test_a_plan_is_changed_run_and_ended(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    wanted = Wanted(title="An den Vorstand", dated=DateRule.DUE_DAY, folder=str(out))
    add_plan(desk.bank.session, "board", wanted)
    page = go(desk, "reports", 0)
    model = page.section().list.model
    assert model.index(0, 0).data() == "An den Vorstand", "not the name that commands take"
    said = texts(page.section().detail)
    for words in ("An den Vorstand", "report to the board", "the whole portfolio"):
        assert words in said
    dialog = desk.do("report.change")
    assert "board" in texts(dialog)
    type_in(dialog, "Recipients", "Dr. Ulrich Harms")
    type_in(dialog, "Reason", "Beschluss")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    assert "Dr. Ulrich Harms" in texts(page.section().detail)
    dialog = desk.do("report.run")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    assert sorted(path.suffix for path in out.iterdir()) == [".pdf"]
    page.section().detail.tabs.setCurrentIndex(1)
    desk.settle()
    assert "SHA-256" in texts(page.section().detail)
    dialog = desk.do("report.end")
    desk.send(dialog)
    assert not desk.can("report.run")
    desk.window.context.language.use("de")
    desk.settle()
    assert "beendet" in texts(page.section().detail)
    assert "oversight." not in texts(page)


def _save(desk: Desk, path: Path) -> None:
    desk.settle()
    (dialog,) = (
        one for one in QApplication.topLevelWidgets()
        if isinstance(one, QFileDialog) and one.isVisible()
    )  # fmt: skip
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.settle()


def test_a_validation_and_a_meeting_are_saved_as_drafts(desk: Desk, tmp_path: Path) -> None:
    go(desk, "meetings", 0)
    desk.window.context.actions.run("meeting.draft")
    _save(desk, tmp_path / "m.docx")
    assert "MRK" in docx.Document(str(tmp_path / "m.docx")).paragraphs[1].text
    desk.window.show_page("governance", "V-00001")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, GovernancePage)
    assert desk.can("item.draft")
    desk.window.context.actions.run("item.draft")
    _save(desk, tmp_path / "v.docx")
    found = docx.Document(str(tmp_path / "v.docx"))
    assert found.paragraphs[1].text == "V-00001 Erstvalidierung"
