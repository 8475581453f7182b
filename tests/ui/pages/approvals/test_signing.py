"""Requests are decided by signatures: the sentence, the passphrase, the rule that refuses."""

from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals
from mlops_desktop.ui.pages.approvals.covered import Covered
from tests.services.steps import cast
from tests.support.bank import PASSPHRASE
from tests.ui.pages.approvals.acts import OpenPage, sign, status, tab
from tests.ui.pages.desk import Desk, close, field, is_open, texts, type_in


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


def test_every_covered_field_can_be_read_where_it_is_signed(as_: OpenPage, desk: Desk) -> None:
    as_("Jonas Brandt")
    dialog = desk.do("approval.approve")
    (covered,) = dialog.findChildren(Covered)
    assert "PD Mittelstand" not in texts(covered)
    covered.button.click()
    desk.settle()
    told = texts(covered)
    assert "A signature covers exactly these values" in told
    assert "sha256" in told
    covered.button.click()
    assert "sha256" not in texts(covered)
    close(dialog)


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
    assert reject.focusWidget() is field(reject, "Reason")
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


def test_a_rejection_needs_its_reason(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Jonas Brandt")
    dialog = sign(desk, "approval.reject")
    assert "This decision needs a reason." in texts(dialog)
    type_in(dialog, "Reason", "Nur Neukunden in der Stichprobe")
    desk.send(dialog)
    assert status(desk, request_key) is Status.REJECTED
    (line,) = (page.list.model.line(at) for at in range(page.list.count()))
    assert line is not None
    assert "0 of 2" in [cell.text for cell in line.cells]  # as the detail says
    assert "Nur Neukunden in der Stichprobe" in tab(desk, page, 1)


def test_an_abstention_leaves_the_request_open(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Jonas Brandt")
    sign(desk, "approval.abstain")
    assert status(desk, request_key) is Status.OPEN
    assert "abstained" in tab(desk, page, 1)
    assert "Everybody decides once." in texts(page.detail.bar)


def test_an_approval_is_revoked_with_a_reason(as_: OpenPage, desk: Desk, request_key: str) -> None:
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(desk.bank, request_key, name)
    page = as_("Miriam Sander")
    dialog = sign(desk, "approval.revoke")
    assert is_open(dialog)
    type_in(dialog, "Reason", "Grenze überschritten")
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
