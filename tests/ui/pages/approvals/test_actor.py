"""Who may sign: another person of this desk, a deputy, and nobody whom the rule refuses."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QComboBox

from mlops_desktop.core import clock
from mlops_desktop.services import approvals, delegations, recusals
from mlops_desktop.services.delegations import NewDelegation
from tests.support.bank import FOUNDER, PASSPHRASE
from tests.ui.pages.approvals.acts import OpenPage, add_by_hand, choose, sign, tab
from tests.ui.pages.desk import Desk, close, field, is_open, type_in


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
    type_in(dialog, "Reason", "hat den Vorgänger gebaut")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    told = tab(desk, page, 0)
    assert "Recused" in told
    recused = approvals.show_request(desk.bank.session, request_key).state.recused
    assert recused == (desk.bank.ids["Jonas Brandt"],)


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
