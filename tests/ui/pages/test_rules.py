"""Rules & committees in the window: every section, its dialogs, by keyboard, in both languages."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.rules import RuleStatus
from mlops_desktop.core.tier_templates import TemplateStatus
from mlops_desktop.outside import person_keys
from mlops_desktop.services import (
    approvals,
    emergencies,
    meetings,
    permissions,
    rules,
    tier_templates,
)
from mlops_desktop.services.reviews import show_sheet
from mlops_desktop.ui.pages.approvals.resolutions import resolution_groups
from mlops_desktop.ui.pages.rules import PAGE
from mlops_desktop.ui.pages.rules.asking import CheckList
from mlops_desktop.ui.pages.rules.offers import OFFERS
from mlops_desktop.ui.pages.rules.page import PARTS, RulesPage
from mlops_desktop.ui.pages.rules.rule_form import RuleForm
from mlops_desktop.ui.pages.rules.rule_steps import ManyButton
from tests.services.oversight import BODY, RULE, begin, tell
from tests.services.steps import SECOND, cast, put_in_force
from tests.services.test_tier_templates import put, written
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, field, is_open, open_desk, texts, type_in

OWNER = "Corinna Wolters"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    return open_desk(make_window, file_bank, qtbot, PAGE)


def go(desk: Desk, part: str, row: int | None = None) -> RulesPage:
    desk.window.show_page("rules")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, RulesPage)
    page.show_part(part)
    desk.settle()
    if row is not None:
        page.section().list.view.selectRow(row)
        desk.settle()
    return page


def tick(dialog: object, name: str, at: int) -> None:
    """Tick an entry of a list with the keyboard."""
    (found,) = (
        one
        for one in dialog.findChildren(CheckList)  # type: ignore[attr-defined]
        if one.accessibleName() == name
    )
    found.setCurrentRow(at)
    QTest.keyClick(found, Qt.Key.Key_Space)


def test_an_empty_workspace_says_what_there_is_and_offers_the_beginning(desk: Desk) -> None:
    page = go(desk, "rules", 0)
    assert "built in" in texts(page.section())
    assert desk.can("rule.draft")
    for action in ("rule.activate", "rule.revise", "rule.archive"):
        assert not desk.can(action)
    sentences = {
        "meetings": "No committee has met yet.",
        "permissions": "No version needs a permission or a notification.",
        "emergencies": "There was no emergency change.",
    }
    for part, sentence in sentences.items():
        assert sentence in texts(go(desk, part).section())
    assert "shipped" in texts(go(desk, "templates", 0).section())
    assert page.heading() == "Nothing waits for you"
    assert {offer.id for offer in OFFERS} <= {
        offer.id for _, offer in desk.window.context.actions.offered()
    }


def test_a_rule_is_written_by_one_and_put_in_force_by_another(desk: Desk, bank: None) -> None:
    page = go(desk, "rules")
    dialog = desk.do("rule.draft")
    assert isinstance(dialog, RuleForm)
    assert "A rule has at least one step." in texts(dialog)
    type_in(dialog, "ID", "Tier One")
    type_in(dialog, "Step 1: name", "any")
    assert "One approval, none by owner" in texts(dialog)
    (roles,) = (one for one in dialog.findChildren(ManyButton) if one.title == "Step 1: roles")
    roles.choose(["compliance"])
    assert "One approval by compliance" in texts(dialog)
    desk.send(dialog)
    assert "cannot be a rule's id" in texts(dialog)  # beside its field
    type_in(dialog, "ID", "tier_one")
    desk.send(dialog)
    assert not is_open(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    assert "waits for a second person" in texts(page.section().detail)
    again = desk.do("rule.activate")
    desk.send(again)
    assert "brought this version in" in texts(again)
    again.reject()
    desk.act_as(SECOND)
    assert page.heading() == "1 thing waits for you"
    dialog = desk.do("rule.activate")
    desk.send(dialog)
    assert "passphrase" in texts(dialog)
    desk.sign(dialog)
    (row,) = rules.show_rule(desk.bank.session, "tier_one")
    said = texts(page.section().detail)
    assert "tier one" in said
    assert "tier_one" in said, "what commands call it"
    assert row.status is RuleStatus.ACTIVE
    assert f"{SECOND}," in texts(page.section().detail)
    assert not desk.can("rule.activate")
    desk.act_as(FOUNDER)
    revised = desk.do("rule.revise")
    assert isinstance(revised, RuleForm)
    assert revised.rule().steps == row.rule.steps
    revised.reject()


@pytest.fixture
def bank(file_bank: Bank) -> None:
    """A model with two versions that nothing was told of yet."""
    begin(file_bank)


def test_which_rule_applies_is_answered_in_place(desk: Desk, bank: None) -> None:
    go(desk, "rules", 0)
    dialog = desk.do("rule.try")
    type_in(dialog, "Model", "M-00404")
    desk.send(dialog)
    assert "M-00404" in texts(dialog)
    type_in(dialog, "Model", "M-00001")
    desk.send(dialog)
    said = texts(dialog)
    assert "applies" in said
    assert "Jonas Brandt" in said
    assert OWNER not in said
    dialog.reject()


def test_a_meeting_from_the_call_to_both_signatures(
    desk: Desk, file_bank: Bank, bank: None
) -> None:
    put_in_force(file_bank, RULE)
    request = approvals.request_approval(file_bank.as_(OWNER), "1", "7", "production").id
    cast(file_bank, request, "Jonas Brandt")
    page = go(desk, "meetings")
    dialog = desk.do("meeting.call")
    assert field(dialog, "Committee").currentText() == BODY  # type: ignore[attr-defined]
    type_in(dialog, "Chair", FOUNDER)
    type_in(dialog, "Secretary", SECOND)
    desk.send(dialog)
    assert "The agenda is empty." in texts(dialog)
    tick(dialog, "Requests to decide", 0)
    for at in range(5):
        tick(dialog, "Members", at)
    type_in(dialog, "Day", "2020-01-01")
    desk.send(dialog)
    assert "after the meeting of 1 Jan 2020" in texts(dialog.form)
    type_in(dialog, "Day", clock.today().isoformat())
    field(dialog, "Committee").setEditText("Lending board")  # type: ignore[attr-defined]
    desk.send(dialog)
    assert "“committee” of request" in texts(dialog.form)
    assert "no resolution of “Lending board”" in texts(dialog.form)
    field(dialog, "Committee").setEditText(BODY)  # type: ignore[attr-defined]
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    added = desk.do("meeting.add_item")
    type_in(added, "Title", "Bericht")
    desk.send(added)
    _minute(desk)
    _sign(desk, FOUNDER)
    assert "approved" in texts(page.section().detail)
    _sign(desk, SECOND)
    assert approvals.show_request(file_bank.session, request).status.value == "approved"
    assert not desk.can("meeting.sign")
    assert "signed" in texts(page.section().detail)
    sheet = show_sheet(file_bank.session, request)
    (told,) = resolution_groups(desk.window.context, sheet)
    assert told.title == BODY
    assert [one.name for one in told.facts if one.name != "Signature"] == [
        "Resolved in", "Chair", "Secretary",
    ]  # fmt: skip
    assert {one.value for one in told.facts if one.name == "Signature"} == {"signature verified"}
    (meeting,) = meetings.list_meetings(file_bank.session)
    assert meeting.id in told.facts[0].value
    assert told.facts[0].go is not None
    told.facts[0].go()
    desk.settle()
    assert BODY in texts(page.section().detail)


def _minute(desk: Desk) -> None:
    dialog = desk.do("meeting.minute")
    boxes = {box.accessibleName(): box for box in dialog.findChildren(QCheckBox)}
    boxes[f"{OWNER} was present"].setChecked(False)
    type_in(dialog, "Minutes", "Beraten und beschlossen.")
    type_in(dialog, f"{OWNER}: vote on item 1", "approves")
    desk.send(dialog)
    assert is_open(dialog)  # who was not there does not vote
    type_in(dialog, f"{OWNER}: vote on item 1", "partial")
    type_in(dialog, f"{OWNER}: why partial", "eigenes Modell")
    for name in (FOUNDER, SECOND):
        type_in(dialog, f"{name}: vote on item 1", "approves")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)


def _sign(desk: Desk, name: str) -> None:
    desk.act_as(name)
    dialog = desk.do("meeting.sign")
    desk.send(dialog)
    assert "passphrase" in texts(dialog)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    person_keys.release(desk.bank.session.workspace.id, desk.bank.ids[name])


def test_a_permission_from_its_need_to_its_obligations(
    desk: Desk, file_bank: Bank, bank: None, tmp_path: Path
) -> None:
    scan = tmp_path / "Bescheid.pdf"
    scan.write_bytes(b"%PDF")
    desk.act_as(OWNER)
    go(desk, "permissions")
    dialog = desk.do("permission.need")
    for name, text in (("Model", "M-00001"), ("Version", "7"), ("Authority", "EZB")):
        type_in(dialog, name, text)
    desk.send(dialog)
    assert "has neither role" in texts(dialog)
    assert FOUNDER in texts(dialog)  # who may is named
    dialog.reject()
    desk.act_as(SECOND)
    page = go(desk, "permissions")
    dialog = desk.do("permission.need")
    for name, text in (("Model", "M-00001"), ("Version", "7"), ("Authority", "EZB")):
        type_in(dialog, name, text)
    desk.sign(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    assert "The gate says no." in texts(page.section().detail)
    dialog = desk.do("permission.apply")
    type_in(dialog, "Reference", "AZ 4711")
    desk.sign(dialog)
    assert "AZ 4711" in texts(page.section().detail)
    dialog = desk.do("permission.answer")
    type_in(dialog, "Obligation 1", "Nachkalibrierung")
    type_in(dialog, "File", str(scan))
    desk.sign(dialog)
    assert not is_open(dialog), texts(dialog)
    assert "Nachkalibrierung – open" in texts(page.section().detail)
    dialog = desk.do("permission.meet")
    desk.send(dialog)
    assert "There is no such file." in texts(dialog)
    type_in(dialog, "File", str(scan))
    desk.sign(dialog)
    assert not is_open(dialog), texts(dialog)
    (row,) = permissions.list_permissions(file_bank.session)
    assert row.permission.met == (1,)
    assert f"met, recorded by {SECOND}" in texts(page.section().detail)
    desk.window.context.actions.run("oversight.model")
    desk.settle()
    assert "PD Mittelstand" in texts(desk.models().detail)


def test_an_emergency_is_declared_and_its_approval_asked_for(
    desk: Desk, file_bank: Bank, bank: None
) -> None:
    page = go(desk, "emergencies")
    dialog = desk.do("emergency.declare")
    type_in(dialog, "Model", "M-00001")
    type_in(dialog, "Version", "8")
    desk.send(dialog)
    assert "The reason is missing." in texts(dialog)
    type_in(dialog, "Why it could not wait", "Angriff")
    type_in(dialog, "Since", "2020-01-01")
    desk.sign(dialog)
    assert "is more than 31 days ago" in texts(dialog.form)
    type_in(dialog, "Since", "")
    desk.sign(dialog)
    assert not is_open(dialog), texts(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    assert "waits for its approval" in texts(page.section().detail)
    desk.send(desk.do("emergency.ratify"))
    (stand,) = emergencies.list_emergencies(file_bank.session)
    (asked,) = approvals.list_requests(file_bank.session)
    assert (asked.label, stand.state.value) == ("8", "open")


def test_templates_are_taken_over_read_put_in_force_and_archived(
    desk: Desk, file_bank: Bank, tmp_path: Path
) -> None:
    page = go(desk, "templates", 0)
    assert desk.can("template.take_up")
    desk.send(desk.do("template.take_up"))
    bad = written(tmp_path, change=put("red", "colour"))
    dialog = desk.do("template.read")
    type_in(dialog, "File", bad)
    desk.send(dialog)
    assert "At $ in the file:" in texts(dialog)
    type_in(dialog, "File", written(tmp_path, 2))
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    desk.act_as(SECOND)
    page.section().list.view.selectRow(0)
    desk.settle()
    desk.sign(desk.do("template.activate"))
    found = {row.key: row.status for row in tier_templates.list_templates(file_bank.session)}
    assert sorted(found.values()) == ["active", "draft", "shipped"]
    said = texts(page.section().detail)
    page.section().detail.tabs.setCurrentIndex(1)
    assert SECOND in said
    desk.act_as(FOUNDER)
    assert desk.can("template.archive")
    desk.send(desk.do("template.archive"))
    found = {row.key: row.status for row in tier_templates.list_templates(file_bank.session)}
    assert TemplateStatus.ARCHIVED in found.values()


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(
    desk: Desk, file_bank: Bank, language: str, qtbot: QtBot
) -> None:
    told = tell(file_bank)
    meetings.call_meeting(
        file_bank.session,
        meetings.NewMeeting(
            BODY,
            clock.today() + timedelta(days=9),
            FOUNDER,
            SECOND,
            (OWNER,),
            1,
            (meetings.NewItem("Bericht"),),
        ),
    )
    desk.window.context.language.use(language)
    for section in PARTS:
        page = go(desk, section.id, 0)
        for at in range(page.section().detail.tabs.count()):
            page.section().detail.tabs.setCurrentIndex(at)
            assert nameless(desk.window) == []
            assert "oversight." not in texts(page)
    for part, actions in (
        ("rules", ("rule.draft", "rule.revise", "rule.try", "rule.archive")),
        ("meetings", ("meeting.call", "meeting.add_item", "meeting.minute")),
        ("permissions", ("permission.need", "permission.meet")),
        ("emergencies", ("emergency.declare", "emergency.ratify")),
        ("templates", ("template.read", "template.take_up")),
    ):
        go(desk, part, 0)
        for action in actions:
            dialog = desk.do(action)
            dialog.activateWindow()
            qtbot.waitUntil(dialog.isActiveWindow)
            assert nameless(dialog) == [], action
            assert unreachable(dialog) == [], action
            assert "oversight." not in texts(dialog), action
            dialog.reject()
    page = go(desk, "meetings")
    page.show_record(f"permissions:{told.permission}")
    desk.settle()
    assert "AZ 4711" in texts(page)
    _look_at_the_model(desk, language)


def _look_at_the_model(desk: Desk, language: str) -> None:
    page = desk.models()
    page.reload()  # what was told went past the window
    desk.settle()
    page.list.view.selectRow(0)
    desk.settle()
    title = {"en": "Supervisor and emergencies", "de": "Aufsicht und Notfälle"}[language]
    tabs = page.detail.tabs
    tabs.setCurrentIndex([tabs.tabText(at) for at in range(tabs.count())].index(title))
    desk.settle()
    said = texts(page.detail)
    assert "AZ 4711" in said
    assert "Angriff auf BIN-Bereich" in said
    assert nameless(desk.window) == []


def test_a_long_entry_of_a_list_to_tick_takes_a_second_line(qtbot: QtBot) -> None:
    long = "Corinna Wolters (Modellverantwortung, Modellrisikomanagement, Geschäftsleitung)"
    ticks = CheckList((("Jonas Brandt", "a"), (long, "b")))
    qtbot.addWidget(ticks)
    ticks.resize(300, 200)
    ticks.show()
    assert ticks.horizontalScrollBar().maximum() == 0
    short, tall = (ticks.visualItemRect(ticks.item(at)) for at in (0, 1))
    assert tall.height() > short.height() * 1.5
    assert tall.width() <= ticks.viewport().width()
