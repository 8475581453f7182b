"""Retention in the window: a rule says what it would erase, erases it for good, and is ended."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.identity import Role
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.retention import Retained
from mlops_desktop.services import ledger, models, people
from mlops_desktop.services.retention.rules import define_rule, list_rules
from mlops_desktop.ui.pages.rules import PAGE
from mlops_desktop.ui.pages.rules.asking import NumberBox
from mlops_desktop.ui.pages.rules.page import RulesPage
from tests.services.steps import register
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, open_desk, texts, type_in
from tests.ui.pages.rules.acts import go

SECRET = "Abgelöst nach der Beschwerde von Frau Muster"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    with clock.reading(lambda: datetime(2024, 1, 10, 9, 0, tzinfo=UTC)):
        register(file_bank)
        models.move_model(file_bank.session, "1", Move.RETIRE, reason=SECRET)
    return open_desk(make_window, file_bank, qtbot, PAGE)


def test_a_rule_is_defined_previewed_run_and_ended(desk: Desk, qtbot: QtBot) -> None:
    page = go(desk, "retention")
    assert "all free text is kept" in texts(page.section())
    dialog = desk.do("retention.define")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert (nameless(dialog), unreachable(dialog)) == ([], [])
    assert "Needed; it stays on record." in texts(dialog)
    type_in(dialog, "ID", "Not An Id")
    type_in(dialog, "About", "models since they were retired")
    (months,) = dialog.findChildren(NumberBox)
    assert months.accessibleName() == "Erased after"
    months.setValue(12)
    desk.send(dialog)
    assert "cannot be the id" in texts(dialog)
    type_in(dialog, "ID", "models-1y")
    desk.send(dialog)
    assert "A reason is missing." in texts(dialog)
    type_in(dialog, "Reason", "Löschkonzept 4.2")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    (rule,) = list_rules(desk.bank.session)
    assert (rule.rule.rule, rule.rule.months) == ("models-1y", 12)

    page = go(desk, "retention", 0)
    said = texts(page.section().detail)
    for words in ("in force", "12 months", "Löschkonzept 4.2"):
        assert words in said
    page.section().detail.tabs.setCurrentIndex(1)
    desk.settle()
    said = texts(page.section().detail)
    for words in ("Would be erased today", "M-00001", "Texts in all: 2."):
        assert words in said
    assert SECRET not in said
    _erases(desk)
    assert "Nothing it is about is due today." in texts(page.section().detail)
    assert ledger.verify_ledger(desk.bank.session).is_ok
    _tells_what_was_erased(desk, page)
    _ends(desk, page)


def _erases(desk: Desk) -> None:
    dialog = desk.do("retention.run")
    assert "Needed; it stays on record." in texts(dialog)
    type_in(dialog, "Reason", "fällig")
    desk.send(dialog)
    assert is_open(dialog), "who holds a key signs with it"
    assert "passphrase" in texts(dialog)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    type_in(dialog, "Only these", "M-00009")
    desk.send(dialog)
    assert "The rule is not about M-00009" in texts(dialog)
    assert "Nothing it is about is due" in texts(dialog)
    type_in(dialog, "Only these", "")
    desk.settle()
    assert "2 texts of: M-00001" in texts(dialog)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)


def _tells_what_was_erased(desk: Desk, page: RulesPage) -> None:
    page.section().detail.tabs.setCurrentIndex(2)
    desk.settle()
    said = texts(page.section().detail)
    for words in ("Models: 1", "fällig", "The texts are gone and the rule held", FOUNDER):
        assert words in said


def _ends(desk: Desk, page: RulesPage) -> None:
    page.section().detail.tabs.setCurrentIndex(1)
    dialog = desk.do("retention.end")
    type_in(dialog, "Reason", "neues Konzept")
    desk.send(dialog)
    assert "The rule has ended" in texts(page.section().detail)
    assert not desk.can("retention.run")
    desk.window.context.language.use("de")
    desk.settle()
    assert "beendet" in texts(page.section().detail)
    assert "oversight." not in texts(page)


def test_what_is_no_longer_as_shown_is_not_erased_but_shown_anew(desk: Desk) -> None:
    define_rule(desk.bank.session, "models-1y", Retained.MODELS, 12, "Löschkonzept 4.2")
    go(desk, "retention", 0)
    dialog = desk.do("retention.run")
    type_in(dialog, "Reason", "fällig")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    assert "2 texts of: M-00001" in texts(dialog)
    with clock.reading(lambda: datetime(2024, 2, 10, 9, 0, tzinfo=UTC)):
        second = register(desk.bank, name="Zweites")
        models.move_model(desk.bank.session, second, Move.RETIRE, reason=SECRET)
    desk.send(dialog)
    assert is_open(dialog)
    assert "something else would be erased" in texts(dialog)
    desk.settle()
    assert "M-00001, M-00002" in texts(dialog)
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)


def test_files_that_still_hold_the_texts_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    define_rule(desk.bank.session, "models-1y", Retained.MODELS, 12, "Löschkonzept 4.2")
    monkeypatch.setattr(type(desk.bank.session.workspace), "purge", lambda _: False)
    go(desk, "retention", 0)
    dialog = desk.do("retention.run")
    type_in(dialog, "Reason", "fällig")
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    frame = desk.window._toaster._frame
    assert frame is not None
    assert "its files still hold them" in texts(frame)


def test_whose_name_would_go_is_said_by_name(desk: Desk) -> None:
    long_ago = datetime(2024, 2, 1, 9, 0, tzinfo=UTC)
    with clock.reading(lambda: long_ago):
        wanted = people.Enrolment("Birgit Thomsen", (Role.DEVELOPER,))
        leaver = people.enrol_person(desk.bank.session, wanted, lambda: "").id
        people.revoke_person(desk.bank.session, leaver, "ausgeschieden")
    define_rule(desk.bank.session, "persons-1y", Retained.PERSONS, 12, "Löschkonzept 5")
    page = go(desk, "retention", 0)
    page.section().detail.tabs.setCurrentIndex(1)
    desk.settle()
    assert "Birgit Thomsen" in texts(page.section().detail)


def test_the_form_names_all_that_would_go(desk: Desk) -> None:
    with clock.reading(lambda: datetime(2024, 1, 10, 9, 0, tzinfo=UTC)):
        for number in range(2, 15):
            register(desk.bank, name=f"Altes Modell {number}")
            models.move_model(desk.bank.session, str(number), Move.RETIRE, reason="Abgelöst")
    define_rule(desk.bank.session, "models-1y", Retained.MODELS, 12, "Löschkonzept")
    go(desk, "retention", 0)
    dialog = desk.do("retention.run")
    desk.settle()
    told = texts(dialog)
    assert [n for n in range(1, 15) if f"M-{n:05}" not in told] == []
