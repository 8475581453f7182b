"""Who is ill names a deputy in the window, and takes it back; the ledger holds both signatures."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.rules import Kind
from mlops_desktop.services import ledger
from mlops_desktop.services.delegations import list_delegations
from mlops_desktop.ui.pages.rules import PAGE
from tests.services.steps import register
from tests.support.bank import PASSPHRASE, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in
from tests.ui.pages.rules.acts import go, tick

GIVER, DEPUTY = "Miriam Sander", "Jonas Brandt"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot, PAGE)


def test_a_deputy_is_named_and_taken_back(desk: Desk, qtbot: QtBot) -> None:
    page = go(desk, "delegations")
    assert "Nobody signs in the place of another." in texts(page.section())
    desk.act_as(GIVER)
    dialog = desk.do("delegation.grant")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert "Choose a person." in texts(dialog)
    assert "Needed: you sign with it." in texts(dialog)
    assert "where you hold a key" not in texts(dialog)
    type_in(dialog, "Deputy", DEPUTY)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert "Say the last day" in texts(dialog)
    last = clock.today() + timedelta(days=10)
    type_in(dialog, "Last day", last.isoformat())
    type_in(dialog, "Models", "M-00001")
    tick(dialog, "Kinds of request", list(Kind).index(Kind.PROMOTE))
    type_in(dialog, "Reason", "krank")
    type_in(dialog, "Passphrase of your key", "geraten und falsch")
    desk.send(dialog)
    assert "passphrase" in texts(dialog).lower()
    assert list_delegations(desk.bank.session) == ()
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    (row,) = list_delegations(desk.bank.session)
    one = row.delegation
    assert (one.giver, one.holder) == (desk.bank.ids[GIVER], desk.bank.ids[DEPUTY])
    assert (one.begins, one.ends, one.mandate.kinds) == (clock.today(), last, (Kind.PROMOTE,))
    go(desk, "delegations", 0)
    said = texts(page.section().detail)
    assert f"{DEPUTY} for {GIVER}" in said
    assert "in force" in said
    assert "krank" in said
    desk.send(desk.do("delegation.revoke"))
    assert "taken back" in texts(page.section().detail)
    assert not desk.can("delegation.revoke")
    assert ledger.verify_ledger(desk.bank.session).is_ok
    desk.window.context.language.use("de")
    desk.settle()
    assert "zurückgenommen" in texts(page.section().detail)
    assert "oversight." not in texts(page)
