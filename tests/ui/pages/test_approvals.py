from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.standing import Status
from mlops_desktop.services import (
    approvals,
    delegations,
    models,
    papers,
    recusals,
    request_list,
    versions,
)
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.delegations import NewDelegation
from mlops_desktop.services.documents import File
from mlops_desktop.services.papers import NewPaper
from mlops_desktop.services.request_list import RequestFilter
from mlops_desktop.services.reviews import RequestLine
from mlops_desktop.services.session import Session
from mlops_desktop.services.versions import NewVersion
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals import requests
from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from mlops_desktop.ui.pages.approvals.requests import GROUPS
from mlops_desktop.ui.table import ListQuery
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.dialog import FormDialog
from tests.services.steps import add_version, ask, cast, register
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, field, is_open, open_desk, texts, type_in

SCAN = File("Protokoll.pdf", b"%PDF scan")
OpenPage = Callable[[str], ApprovalsPage]


@pytest.fixture
def request_key(file_bank: Bank) -> str:
    """A request of the owner's: the founder, the validator and compliance may decide it."""
    return ask(file_bank)


@pytest.fixture
def desk(file_bank: Bank, request_key: str, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    return open_desk(make_window, file_bank, qtbot)


@pytest.fixture
def as_(desk: Desk) -> OpenPage:
    """Act as a person, on the page, with the first request chosen."""

    def act(name: str) -> ApprovalsPage:
        desk.act_as(name)
        page = desk.approvals()
        page.list.view.selectRow(0)
        desk.settle()
        return page

    return act


def status(desk: Desk, key: str) -> Status:
    return approvals.show_request(desk.bank.session, key).status


def sign(desk: Desk, action: str, passphrase: str = PASSPHRASE) -> FormDialog:
    dialog = desk.do(action)
    type_in(dialog, "Passphrase of your key", passphrase)
    desk.send(dialog)
    return dialog


def tab(desk: Desk, page: ApprovalsPage, at: int) -> str:
    page.detail.tabs.setCurrentIndex(at)
    desk.settle()
    return texts(page.detail.tabs.currentWidget())


def test_what_waits_for_me_stands_first_and_is_counted(desk: Desk, as_: OpenPage) -> None:
    other = register(desk.bank, name="Zweites Modell", owner="Jonas Brandt")
    add_version(desk.bank, other)
    approvals.request_approval(desk.bank.session, other, "7", "staging")
    page = as_("Jonas Brandt")
    rows = [page.list.model.line(at) for at in range(page.list.count())]
    told = [(line.row.model_name, line.cells[2].text) for line in rows if line is not None]
    assert told == [
        ("PD Mittelstand (IRB)", "waiting for you"), ("Zweites Modell", "in progress"),
    ]  # fmt: skip
    assert page.heading() == "1 request waits for you."
    as_("Miriam Sander")
    assert page.heading() == "2 requests wait for you."
    as_("Corinna Wolters")
    assert page.heading() == "1 request waits for you."
    as_("Mateusz Kowalczyk")
    assert page.heading() == "Nothing waits for you."


def test_groups_and_the_filter_line_narrow(desk: Desk, as_: OpenPage) -> None:
    page = as_("Jonas Brandt")
    for group, number in (("waiting", 1), ("open", 1), ("granted", 0), ("ended", 0), ("all", 1)):
        page.groups.setCurrentIndex(GROUPS.index(group))
        desk.settle()
        assert page.list.count() == number, group
    for text, number in (
        ("mittelstand", 1), ("M-00001 production", 1), ("status:open", 1), ("status:voided", 0),
        ("environment:stag", 0), ("requester:wolters model:pd", 1),
    ):  # fmt: skip
        page.list.filter.setText(text)
        desk.settle()
        assert page.list.count() == number, text
    page.list.filter.setText("colour:red")
    desk.settle()
    assert page.list.bar.isVisible()


def test_the_request_tells_rule_steps_and_who_may_still_sign(as_: OpenPage, desk: Desk) -> None:
    page = as_("Jonas Brandt")
    told = tab(desk, page, 0)
    for part in (
        "May version 7 of PD Mittelstand (IRB) go to production?", "Bitte bis Freitag",
        "Corinna Wolters", "Four-eyes principle", "0 of 2 approvals",
        "Jonas Brandt (Validation), Miriam Sander (Compliance)",
    ):  # fmt: skip
        assert part in told


def test_covered_fields_are_shown_opened(as_: OpenPage, desk: Desk) -> None:
    told = tab(desk, as_("Jonas Brandt"), 2)
    for part in ("Model: intended use", "Risikogewichtete Aktiva und Bepreisung", "sha256:aa"):
        assert part in told


def test_two_people_approve_with_their_signatures(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Jonas Brandt")
    sign(desk, "approval.approve")
    assert status(desk, request_key) is Status.OPEN
    assert "1 of 2 approvals" in tab(desk, page, 0)
    as_("Miriam Sander")
    sign(desk, "approval.approve")
    assert status(desk, request_key) is Status.APPROVED
    told = tab(desk, page, 1)
    assert told.count("signature verified") == 2
    assert "Validation" in told
    assert not desk.can("approval.approve")
    assert desk.can("approval.revoke")


def test_the_sentence_in_the_dialog_is_what_is_signed(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    as_("Jonas Brandt")
    desk.window.context.language.use("de")
    dialog = desk.do("approval.approve")
    shown = texts(dialog)
    type_in(dialog, "Passphrase Ihres Schlüssels", PASSPHRASE)
    desk.send(dialog)
    (row,) = approvals.show_request(desk.bank.session, request_key).decisions
    assert row.decided is not None
    assert row.decided.meaning.startswith("Ich gebe Version 7 von M-00001 PD Mittelstand")
    assert row.decided.meaning in shown


def test_what_was_signed_in_another_language_stays_and_is_said_beside(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Jonas Brandt")
    sign(desk, "approval.approve")
    (row,) = approvals.show_request(desk.bank.session, request_key).decisions
    assert row.decided is not None
    signed = row.decided.meaning
    assert signed.startswith("I approve version 7")
    told = tab(desk, page, 1)
    assert signed in told
    assert "That is" not in told
    desk.window.context.language.use("de")
    desk.settle()
    told = tab(desk, page, 1)
    assert signed in told
    assert "Das heißt\nIch gebe Version 7 von M-00001 PD Mittelstand" in told


def test_a_wrong_passphrase_is_told_with_the_tries_left(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    as_("Jonas Brandt")
    dialog = sign(desk, "approval.approve", "falsch-falsch")
    assert is_open(dialog)
    assert "4" in texts(dialog.bar)
    assert field(dialog, "Passphrase of your key").text() == ""  # type: ignore[attr-defined]
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog)
    assert len(approvals.show_request(desk.bank.session, request_key).decisions) == 1


def test_the_keyboard_stands_where_the_passphrase_goes_and_it_cannot_be_signed_as_a_comment(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    as_("Jonas Brandt")
    reject = desk.do("approval.reject")
    assert reject.focusWidget() is field(reject, "Comment")
    reject.reject()
    dialog = desk.do("approval.approve")
    assert dialog.focusWidget() is field(dialog, "Passphrase of your key")
    type_in(dialog, "Comment", f"geprüft {PASSPHRASE}")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert is_open(dialog)
    assert "Your passphrase stands in the comment" in texts(dialog)
    assert approvals.show_request(desk.bank.session, request_key).decisions == ()


def test_the_rule_that_refuses_is_said_beforehand_and_the_attempt_is_kept(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Corinna Wolters")
    assert "Whoever owns or owned the model may not decide about it." in texts(page.detail.bar)
    dialog = desk.do("approval.approve")
    assert "Whoever owns or owned the model may not decide about it." in texts(dialog.bar)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert is_open(dialog)
    assert dialog.bar.isVisible()
    close(dialog)
    told = tab(desk, page, 1)
    assert "Corinna Wolters tried to approve" in told
    assert "refused by a rule" in told
    assert status(desk, request_key) is Status.OPEN


def test_conditions_have_a_text_and_a_day(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Jonas Brandt")
    dialog = sign(desk, "approval.condition")
    assert "Please write at least one condition." in texts(dialog)
    type_in(dialog, "Condition 1", "Rekalibrierung")
    type_in(dialog, "Condition 1: due", "bald")
    desk.send(dialog)
    assert "Please write a day." in texts(dialog)
    due = clock.today() + timedelta(days=12)
    type_in(dialog, "Condition 1: due", "2020-01-31")
    desk.send(dialog)
    assert "lies before" in texts(dialog.conditions.parentWidget())  # type: ignore[attr-defined]
    type_in(dialog, "Condition 1: due", due.isoformat())
    dialog.passphrase.setText(PASSPHRASE)  # type: ignore[attr-defined]
    type_in(dialog, "Valid until", f"{due.year + 1}-06-30")
    desk.send(dialog)
    assert not is_open(dialog)
    (row,) = approvals.show_request(desk.bank.session, request_key).decisions
    assert row.decided is not None
    assert [(one.text.text, one.due) for one in row.decided.conditions] == [("Rekalibrierung", due)]
    assert row.decided.valid_until == date(due.year + 1, 6, 30)
    assert "(in 12 days)" in tab(desk, page, 1)


def test_an_overdue_condition_stands_out(as_: OpenPage, desk: Desk, request_key: str) -> None:
    due, later = clock.today() + timedelta(days=3), clock.now() + timedelta(days=6)
    terms = (("Rekalibrierung", due), ("Overlay beibehalten", None))
    ballot = Ballot(Decision.CONDITION, "Mit Auflagen.", conditions=terms)
    cast(desk.bank, request_key, "Miriam Sander", ballot)
    with clock.reading(lambda: later):
        page = as_("Jonas Brandt")
        assert "(3 days overdue)" in tab(desk, page, 1)
        tones = {
            label.text().split(" ")[0]: label.property("tone")
            for label in page.detail.tabs.currentWidget().findChildren(QLabel)
        }
    assert tones["Rekalibrierung"] == "bad"
    assert tones["Overlay"] == ""


def test_several_conditions_can_be_added_and_removed(as_: OpenPage, desk: Desk) -> None:
    as_("Jonas Brandt")
    dialog = desk.do("approval.condition")
    conditions = dialog.conditions  # type: ignore[attr-defined]
    type_in(dialog, "Condition 1", "eins")
    conditions.add_row()
    type_in(dialog, "Condition 2", "zwei")
    conditions._rows[0]._remove.click()
    desk.settle()
    assert conditions.conditions() == (("zwei", None),)
    assert field(dialog, "Condition 1").text() == "zwei"  # type: ignore[attr-defined]
    close(dialog)


def test_a_rejection_needs_its_reason(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Jonas Brandt")
    dialog = sign(desk, "approval.reject")
    assert "This decision needs a reason." in texts(dialog)
    type_in(dialog, "Comment", "Nur Neukunden in der Stichprobe")
    desk.send(dialog)
    assert status(desk, request_key) is Status.REJECTED
    assert "Nur Neukunden in der Stichprobe" in tab(desk, page, 1)


def test_an_abstention_leaves_the_request_open(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Jonas Brandt")
    sign(desk, "approval.abstain")
    assert status(desk, request_key) is Status.OPEN
    assert "abstained" in tab(desk, page, 1)
    assert "Everybody decides once." in texts(page.detail.bar)


def test_a_changed_field_is_named_with_both_values(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    cast(desk.bank, request_key, "Jonas Brandt")
    page = as_("Miriam Sander")
    changed = models.edit_model(desk.bank.session, "M-00001", {"purpose": "Nur Bepreisung"})
    desk.window.context.announce(changed.changes)
    desk.settle()
    assert "Changed since: Model: intended use." in texts(page.detail.bar)
    for at in (0, 2):
        told = tab(desk, page, at)
        assert "Model: intended use, before\nRisikogewichtete Aktiva und Bepreisung" in told
        assert "Model: intended use, now\nNur Bepreisung" in told
    assert not desk.can("approval.approve")


def test_an_approval_is_revoked_with_a_reason(as_: OpenPage, desk: Desk, request_key: str) -> None:
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(desk.bank, request_key, name)
    page = as_("Miriam Sander")
    dialog = sign(desk, "approval.revoke")
    assert is_open(dialog)
    type_in(dialog, "Comment", "Grenze überschritten")
    desk.send(dialog)
    assert status(desk, request_key) is Status.REVOKED
    told = tab(desk, page, 0)
    assert "Revoked" in told
    assert "Grenze überschritten" in told


def test_a_request_is_withdrawn_by_who_made_it(as_: OpenPage, desk: Desk, request_key: str) -> None:
    as_("Jonas Brandt")
    assert not desk.can("approval.withdraw")
    page = as_("Corinna Wolters")
    dialog = desk.do("approval.withdraw")
    desk.send(dialog)
    assert is_open(dialog)
    type_in(dialog, "Reason", "Falsche Version")
    desk.send(dialog)
    assert status(desk, request_key) is Status.WITHDRAWN
    assert "Falsche Version" in tab(desk, page, 0)


def test_another_person_of_this_desk_can_act(as_: OpenPage, desk: Desk) -> None:
    page = as_(FOUNDER)
    box = page.actor.findChild(QComboBox)
    assert box is not None
    offered = [box.itemText(at) for at in range(box.count())]
    assert "Jonas Brandt (Validation)" in offered
    assert box.currentText().startswith(FOUNDER)
    box.setCurrentIndex(offered.index("Jonas Brandt (Validation)"))
    box.activated.emit(box.currentIndex())
    desk.settle()
    actor = desk.window.context.session.actor
    assert actor.person == desk.bank.ids["Jonas Brandt"]
    assert page.heading() == "1 request waits for you."


def test_a_past_day_shows_the_request_as_it_stood(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Jonas Brandt")
    desk.window.context.show_as_of(clock.today() - timedelta(days=1))
    desk.settle()
    assert page.list.count() == 0
    assert not desk.can("approval.approve")
    desk.window.context.show_as_of(clock.today())
    desk.settle()
    assert page.list.count() == 1
    assert not desk.can("approval.approve")
    assert "May still sign" not in tab(desk, page, 0)


def test_the_row_of_actions_fits_where_the_request_stands(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Jonas Brandt")
    assert shown_buttons(page) == {"approval.approve", "approval.condition", "approval.reject"}
    cast(desk.bank, request_key, "Jonas Brandt", Ballot(Decision.REJECT, "No.", "Weil"))
    page.reload()
    desk.settle()
    assert shown_buttons(page) == set()


def shown_buttons(page: ApprovalsPage) -> set[str]:
    found = page.detail.findChildren(ActionButton)
    return {button.objectName() for button in found if button.isVisible()}


def test_the_model_of_a_request_is_one_step_away(as_: OpenPage, desk: Desk) -> None:
    as_("Jonas Brandt")
    desk.window.context.actions.run("approval.open_model")
    desk.settle()
    assert desk.window.stage.current == "models"
    assert "PD Mittelstand (IRB)" in texts(desk.models().detail)


def test_the_badge_counts_what_waits(as_: OpenPage, desk: Desk, request_key: str) -> None:
    as_("Jonas Brandt")
    places = desk.window.rail.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert places.index(1, 0).data(role) == "Approvals, 1 waiting for you"
    sign(desk, "approval.approve")
    assert places.index(1, 0).data(role) == "Approvals"


def test_the_other_language_is_spoken_at_once(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Corinna Wolters")
    desk.window.context.language.use("de")
    desk.settle()
    assert page.heading() == "Nichts wartet auf Sie."
    assert page.groups.tabText(1) == "Warten auf mich"
    told = texts(page.detail)
    for part in ("im Verfahren", "Vier-Augen-Prinzip", "0 von 2 Zustimmungen"):
        assert part in told
    assert "Wer das Modell verantwortet" in texts(page.detail.bar)


@pytest.mark.parametrize("stage", ["open", "decided", "voided"])
def test_everything_has_a_name_and_is_reached(
    as_: OpenPage, desk: Desk, request_key: str, stage: str
) -> None:
    if stage != "open":
        cast(desk.bank, request_key, "Jonas Brandt")
        cast(desk.bank, request_key, "Miriam Sander")
    if stage == "voided":
        models.edit_model(desk.bank.session, "M-00001", {"tier": "3"})
    page = as_("Jonas Brandt")
    for at in range(3):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []
        assert unreachable(desk.window) == []


@pytest.mark.parametrize("action", ["approve", "condition", "reject", "abstain"])
def test_every_dialog_has_names_and_is_reached(as_: OpenPage, desk: Desk, action: str) -> None:
    as_("Jonas Brandt")
    dialog = desk.do(f"approval.{action}")
    dialog.activateWindow()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    assert nameless(dialog) == []
    assert [told for told in unreachable(dialog) if "QRadioButton" not in told] == []
    close(dialog)


def test_an_answer_that_comes_late_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    provider = requests.Requests(desk.window.context)

    def find_while_another_comes(*_: object) -> frozenset[str]:
        asked.append(1)
        provider.forget()
        return frozenset()

    monkeypatch.setattr(requests, "find_waiting", find_while_another_comes)
    for _ in range(2):
        provider.count(ListQuery(), Progress(lambda: None))
    assert len(asked) == 2


def test_what_waits_is_found_once_for_a_reload(
    as_: OpenPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = as_("Jonas Brandt")
    monkeypatch.setattr(requests, "find_waiting", None)
    page.list.filter.setText("pd")
    desk.settle()
    assert page.list.count() == 1


def test_a_long_list_comes_page_by_page(
    as_: OpenPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = desk.bank.as_("Corinna Wolters")
    for number in range(80):
        approvals.request_approval(asker, "1", "7", f"region-{number:03d}")
    asked: list[tuple[int, int]] = []
    real = request_list.page_lines

    def watched(
        session: Session, wanted: RequestFilter, *, offset: int, limit: int
    ) -> tuple[RequestLine, ...]:
        asked.append((offset, limit))
        return real(session, wanted, offset=offset, limit=limit)

    monkeypatch.setattr(requests, "page_lines", watched)
    page = as_("Corinna Wolters")
    desk.qtbot.waitUntil(lambda: page.list.count() == 81)
    assert set(asked) == {(0, 64)}
    page.list.view.selectRow(80)
    page.list.view.scrollToBottom()
    desk.settle()
    assert (64, 64) in asked
    last = page.list.model.line(79)
    assert last is not None
    assert last.row.environment == "region-000"


def _delegate(desk: Desk, giver: str, holder: str) -> None:
    bank = desk.bank
    wanted = NewDelegation(holder, clock.today(), clock.today() + timedelta(days=9))
    delegations.grant_delegation(bank.as_(giver), wanted, bank.unlock(giver))


def test_a_deputy_signs_in_the_place_of_another_and_both_names_stand(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    _delegate(desk, "Miriam Sander", "Jonas Brandt")
    page = as_("Jonas Brandt")
    assert "Jonas Brandt for Miriam Sander" in tab(desk, page, 0)
    dialog = desk.do("approval.approve")
    choice = field(dialog, "I decide")
    assert isinstance(choice, QComboBox)
    choice.setCurrentText("Miriam Sander")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    (row,) = approvals.show_request(desk.bank.session, request_key).decisions
    assert row.on_behalf_of == desk.bank.ids["Miriam Sander"]
    told = tab(desk, page, 1)
    assert "In place of" in told
    assert "Miriam Sander" in told


def test_an_owners_deputy_is_not_offered_to_sign_for_him(as_: OpenPage, desk: Desk) -> None:
    _delegate(desk, "Corinna Wolters", "Jonas Brandt")
    as_("Jonas Brandt")
    dialog = desk.do("approval.approve")
    assert not any(box.count() for box in dialog.findChildren(QComboBox))
    close(dialog)


def test_who_declares_himself_partial_signs_no_more(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Jonas Brandt")
    dialog = desk.do("approval.recuse")
    type_in(dialog, "Comment", "hat den Vorgänger gebaut")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    told = tab(desk, page, 0)
    assert "Partial" in told
    recused = approvals.show_request(desk.bank.session, request_key).state.recused
    assert recused == (desk.bank.ids["Jonas Brandt"],)


def test_a_paper_is_confirmed_and_a_condition_met_from_the_window(
    as_: OpenPage, desk: Desk, tmp_path: Path
) -> None:
    terms = (("Nachkalibrierung", clock.today()),)
    paper = NewPaper("Modellrisikokomitee", date(2023, 12, 12), SCAN, "7", conditions=terms)
    told = papers.record_paper(desk.bank.as_("Corinna Wolters"), "M-00001", paper).id
    page = as_("Miriam Sander")
    choose(desk, page, told)
    assert "Recorded from paper, not signed here" in tab(desk, page, 0)
    assert not desk.can("approval.approve")
    sign(desk, "approval.confirm")
    assert status(desk, told) is Status.CONDITIONAL
    scan = tmp_path / "Bericht.pdf"
    scan.write_bytes(b"%PDF")
    dialog = desk.do("approval.meet")
    type_in(dialog, "Evidence file", str(scan))
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert status(desk, told) is Status.APPROVED
    assert "met, confirmed by Miriam Sander" in tab(desk, page, 0)


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Corinna Wolters", "owner"),
        ("Mateusz Kowalczyk", "developer"),
        ("Miriam Sander", "contributor"),
        (FOUNDER, "recused"),
    ],
)
def test_the_window_refuses_by_the_same_rule(
    as_: OpenPage, desk: Desk, request_key: str, name: str, rule: str
) -> None:
    bank = desk.bank
    add_by_hand(bank)
    asker = bank.as_("Corinna Wolters")
    key = approvals.request_approval(asker, "M-00001", "8", "production").id
    if rule == "recused":
        recusals.recuse(bank.as_(name), key, "befangen", bank.unlock(name))
    choose(desk, as_(name), key)
    dialog = sign(desk, "approval.approve")
    assert is_open(dialog)
    close(dialog)
    (attempt,) = approvals.show_request(bank.session, key).decisions
    assert attempt.refused_by == rule


def choose(desk: Desk, page: ApprovalsPage, key: str) -> None:
    """Choose the row of a request."""
    lines = [page.list.model.line(at) for at in range(page.list.count())]
    rows = [at for at, line in enumerate(lines) if line is not None and line.row.key == key]
    page.list.view.selectRow(rows[0])
    desk.settle()


def add_by_hand(bank: Bank) -> None:
    """Let compliance upload version 8, which makes her its contributor."""
    wanted = NewVersion("8", artifact="sha256:bb")
    versions.register_version(bank.as_("Miriam Sander"), "M-00001", wanted)


def test_an_empty_part_does_not_say_that_nobody_ever_asked(desk: Desk) -> None:
    page = desk.approvals()
    page.groups.setCurrentIndex(GROUPS.index("paper"))
    desk.settle()
    assert "There is nothing in this selection." in texts(page.list)
    assert "Nobody has asked for an approval yet." not in texts(page.list)
