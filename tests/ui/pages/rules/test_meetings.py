"""A meeting of a committee from the call to both signatures."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from mlops_desktop.core import clock
from mlops_desktop.outside import person_keys
from mlops_desktop.services import approvals, meetings
from mlops_desktop.services.people import list_people
from mlops_desktop.services.reviews import show_sheet
from mlops_desktop.ui.pages.approvals.resolutions import resolution_groups
from mlops_desktop.ui.pages.rules.meeting_forms import CallDialog
from tests.services.oversight import BODY, RULE
from tests.services.steps import SECOND, cast, put_in_force
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.pages.desk import Desk, field, is_open, texts, type_in
from tests.ui.pages.rules.acts import OWNER, go, tick


def test_a_meeting_from_the_call_to_both_signatures(
    desk: Desk, file_bank: Bank, begun: None
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


def test_a_call_proposes_who_can_sign_and_says_where_nobody_is_left(
    desk: Desk, file_bank: Bank, begun: None
) -> None:
    people = tuple(list_people(file_bank.session))
    keyless = tuple(replace(one, certificate=None) for one in people)
    context, window = desk.window.context, desk.window
    dialog = CallDialog(context, (keyless[0], *people[1:]), ((), (BODY,)), window)
    chosen = {dialog.chair.currentData(), dialog.secretary.currentData()}
    assert len(chosen) == 2
    assert not chosen & {None, people[0].id}
    dialog.open()
    assert "Nobody is left who can sign" not in texts(dialog)
    dialog.reject()
    dialog = CallDialog(context, (people[0], *keyless[1:]), ((), (BODY,)), window)
    dialog.open()
    assert (dialog.chair.currentData(), dialog.secretary.currentData()) == (people[0].id, None)
    assert texts(dialog).count("Nobody is left who can sign") == 1
    assert not dialog.is_complete()
    assert "Choose a person." in texts(dialog)
    dialog.secretary.setCurrentIndex(1)
    assert dialog.is_complete()
    dialog.reject()


def test_where_nothing_is_decided_the_minutes_ask_only_who_was_there(
    desk: Desk, file_bank: Bank, begun: None
) -> None:
    go(desk, "meetings")
    dialog = desk.do("meeting.call")
    field(dialog, "Committee").setEditText(BODY)  # type: ignore[attr-defined]
    type_in(dialog, "Chair", FOUNDER)
    type_in(dialog, "Secretary", SECOND)
    type_in(dialog, "For noting", "Bericht")
    for at in range(5):
        tick(dialog, "Members", at)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    go(desk, "meetings", 0)
    dialog = desk.do("meeting.minute")
    said = texts(dialog)
    assert "Attendance" in said
    assert [word for word in ("votes", "recused") if word in said] == []
    type_in(dialog, "Minutes", "Zur Kenntnis genommen.")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    (meeting,) = meetings.list_meetings(file_bank.session)
    assert meeting.minuted is not None


def _minute(desk: Desk) -> None:
    dialog = desk.do("meeting.minute")
    boxes = {box.accessibleName(): box for box in dialog.findChildren(QCheckBox)}
    boxes[f"{OWNER} was present"].setChecked(False)
    type_in(dialog, "Minutes", "Beraten und beschlossen.")
    type_in(dialog, f"{OWNER}: vote on item 1", "approves")
    desk.send(dialog)
    assert is_open(dialog)  # who was not there does not vote
    type_in(dialog, f"{OWNER}: vote on item 1", "recused")
    type_in(dialog, f"{OWNER}: why recused", "eigenes Modell")
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
