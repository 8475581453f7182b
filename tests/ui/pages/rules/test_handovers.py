"""What a leaver holds is offered, seen by who is to answer, accepted or declined, in the window."""

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from mlops_desktop.core.items.limitations import LIMITATION
from mlops_desktop.services import items, models
from mlops_desktop.services.handovers import list_offered_to_me
from mlops_desktop.services.items import Given
from mlops_desktop.services.notices.collecting import Wanted, collect
from mlops_desktop.ui.pages.rules import PAGE
from mlops_desktop.ui.pages.rules.page import RulesPage
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in
from tests.ui.pages.rules.acts import go

LEAVER, RECEIVER, OTHER = "Corinna Wolters", "Miriam Sander", "Jonas Brandt"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank, monitoring_owner=LEAVER)
    texts_ = {"title": "Nur Bestandskunden", "weight": "minor", "owner": LEAVER}
    items.open_item(file_bank.as_(OTHER), LIMITATION, Given(texts_, ("M-00001",)))
    return open_desk(make_window, file_bank, qtbot, PAGE)


def offer(desk: Desk, qtbot: QtBot) -> RulesPage:
    """Offer what the leaver holds to the receiver."""
    page = go(desk, "handovers")
    dialog = desk.do("handover.offer")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    type_in(dialog, "From", LEAVER)
    type_in(dialog, "To", LEAVER)
    desk.settle()
    assert "Models: 1; open items: 1; requests waiting for this person: 0" in texts(dialog)
    desk.send(dialog)
    assert "holds it already" in texts(dialog)  # beside who is to take over
    assert "--" not in texts(dialog)
    type_in(dialog, "To", RECEIVER)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    return page


def test_an_offer_is_the_receivers_to_decline_or_to_accept(desk: Desk, qtbot: QtBot) -> None:
    page = offer(desk, qtbot)
    said = texts(page.section().detail)
    assert "waits for an answer" in said
    assert "Owner, Monitoring owner" in said
    links = [one.toolTip() for one in page.section().detail.findChildren(QAbstractButton)]
    assert "M-00001 PD Mittelstand (IRB)" in links
    assert "Nur Bestandskunden" in links
    assert not desk.can("handover.accept")
    assert not desk.can("handover.decline")
    assert page.heading() == "Nothing waits for you"

    desk.act_as(RECEIVER)
    assert page.heading() == "1 thing waits for you"
    assert "waits for you" in texts(page.section().detail)
    (mine,) = list_offered_to_me(desk.bank.as_(RECEIVER))
    due = collect(desk.bank.as_(RECEIVER), Wanted()).notices
    assert [one.kind for one in due if mine.id.startswith(one.id)] == ["handover"]
    dialog = desk.do("handover.decline")
    desk.send(dialog)
    assert "A refusal needs a reason." in texts(dialog)
    type_in(dialog, "Reason", "Nicht mein Gebiet")
    desk.send(dialog)
    assert "Nicht mein Gebiet" in texts(page.section().detail)
    assert page.heading() == "Nothing waits for you"

    offer(desk, qtbot)
    desk.send(desk.do("handover.accept"))
    assert "taken over" in texts(page.section().detail)
    assert models.show_model(desk.bank.session, "M-1").row.owner == RECEIVER
    assert items.show_item(desk.bank.session, "L-00001").row.owner == RECEIVER
    assert not desk.can("handover.accept")
    desk.window.context.language.use("de")
    desk.settle()
    assert "übernommen" in texts(page.section().detail)
    assert "oversight." not in texts(page)
    assert nameless(desk.window) == []
