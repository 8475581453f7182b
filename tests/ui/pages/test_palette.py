"""The palette offers what every page can do, before that page was ever shown."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.services import items, sources
from mlops_desktop.services.items import Given
from mlops_desktop.services.sources import NewSource
from mlops_desktop.ui.keys import KeyDialog
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.palette import CommandPalette
from mlops_desktop.ui.prefs import Prefs
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow, find, press
from tests.ui.pages.desk import Desk, close, toast

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Every page there is, and Models shown."""
    register(file_bank)
    sources.add_source(file_bank.session, NewSource("mlflow", "nowhere", "http://127.0.0.1:9"))
    window = make_window(Prefs(theme="light", page="models"), find_pages())
    window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk = Desk(window, file_bank, qtbot)
    desk.settle()
    return desk


def palette_of(desk: Desk) -> CommandPalette:
    press(desk.window, Qt.Key.Key_P, CONTROL, SHIFT)
    tops = QApplication.topLevelWidgets()
    return next(w for w in tops if isinstance(w, CommandPalette) and w.isVisible())


def matches(palette: CommandPalette) -> list[str]:
    shown = find(palette, QListWidget)
    return [shown.item(at).text() for at in range(shown.count())]


def do(desk: Desk, words: str) -> None:
    """Type into the palette and take the first match, by keys alone."""
    palette = palette_of(desk)
    QTest.keyClicks(palette._line, words)
    assert words.casefold() in matches(palette)[0].casefold()
    QTest.keyClick(palette._line, Qt.Key.Key_Return)
    desk.settle()


def test_every_offer_of_every_page_is_listed_before_it_is_shown(desk: Desk) -> None:
    context, palette = desk.window.context, palette_of(desk)
    told = "\n".join(matches(palette))
    for spec in find_pages():
        assert all(context.say(offer.title) in told for offer in spec.offers)
    assert "Verify the ledger  – Ledger" in told
    assert list(desk.window.stage._made) == ["models"]
    assert nameless(palette) == []
    palette.close()


def test_every_page_binds_exactly_what_it_offers(desk: Desk) -> None:
    actions = desk.window.context.actions
    for spec in find_pages():
        desk.window.show_page(spec.id)
        desk.settle()
        bound = {id for id, row in actions._rows.items() if row.page == spec.id}
        assert bound == {offer.id for offer in spec.offers}
        assert all(actions.row(offer.id).title == offer.title for offer in spec.offers)


def test_the_keys_stand_where_they_work(desk: Desk) -> None:
    palette = palette_of(desk)
    told = matches(palette)
    assert "Register a model…  (Ctrl+N)" in told
    assert "Connect a source…  – Sources" in told
    palette.close()
    desk.window.show_page("sources")
    desk.settle()
    palette = palette_of(desk)
    assert "Connect a source…  (Ctrl+N)" in matches(palette)
    assert "Register a model…  – Models" in matches(palette)
    palette.close()


def test_choosing_one_goes_to_its_page_and_does_it(desk: Desk) -> None:
    do(desk, "Connect a source")
    assert desk.window.stage.current == "sources"
    close(desk.dialog())


def test_what_needs_the_page_to_be_read_waits_for_it(desk: Desk) -> None:
    do(desk, "Synchronise all")
    assert desk.window.stage.current == "sources"
    (row,) = sources.list_sources(desk.bank.session)
    assert row.synced_at is not None


@pytest.mark.parametrize(
    ("words", "page", "why"),
    [
        ("Approve", "approvals", "Choose an open request first."),
        ("Save the proof", "ledger", "Choose an event first."),
        ("Verify again", "dossiers", "Choose a dossier whose file is here first."),
        ("Stop reading", "sources", "The source chosen is not being read."),
        ("Edit", "models", "Choose a model of the inventory first."),
    ],
)
def test_what_cannot_be_done_now_says_why(desk: Desk, words: str, page: str, why: str) -> None:
    do(desk, words)
    assert desk.window.stage.current == page
    assert why in toast(desk)


def test_in_the_past_the_day_is_the_reason(desk: Desk) -> None:
    desk.window.context.show_as_of(date(2026, 1, 31))
    desk.settle()
    do(desk, "Connect a source")
    assert "A past day is shown; nothing can be changed in it." in toast(desk)


def test_who_goes_elsewhere_is_not_followed(desk: Desk) -> None:
    errands = desk.window.errands
    errands.run("sources", "source.sync_all")
    desk.window.show_page("models")
    desk.settle()
    assert sources.list_sources(desk.bank.session)[0].synced_at is None
    assert toast(desk) == ""


def test_words_are_found_in_german(desk: Desk) -> None:
    desk.window.context.language.use("de")
    do(desk, "freigeben")
    assert "Wählen Sie zuerst einen offenen Freigabeantrag." in toast(desk)


def test_without_a_workspace_no_page_offers_anything(desk: Desk) -> None:
    desk.window.context.use_session(None)
    told = matches(palette := palette_of(desk))
    assert "Open the demo" in told
    assert not any("Ledger" in text for text in told)
    palette.close()


def test_words_of_the_other_language_numbers_and_reasons_are_found(desk: Desk) -> None:
    bank, context = desk.bank, desk.window.context
    given = Given({"title": "Limits", "origin": "validation", "severity": "high",
                   "owner": "Corinna Wolters", "due": "2027-03-31"}, ("M-00001",))  # fmt: skip
    items.open_item(bank.session, kind_named("finding"), given)
    palette = palette_of(desk)
    QTest.keyClicks(palette._line, "Quelle verbinden")
    assert matches(palette)[0] == "Connect a source…  – Sources"
    palette._line.clear()
    QTest.keyClicks(palette._line, "Edit")
    assert "Edit…  (F2)  – Choose a model of the inventory first." in matches(palette)
    palette._line.clear()
    QTest.keyClicks(palette._line, "F-00001")
    desk.settle()
    assert matches(palette) == ["F-00001  Limits"]
    QTest.keyClick(palette._line, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.stage.current == "governance"
    context.show_page("models")
    desk.settle()
    edit = context.actions.action("model.edit")
    assert "Choose a model of the inventory first." in edit.toolTip()
    assert "(F2)" in edit.toolTip()


def test_one_table_lists_every_shortcut(desk: Desk) -> None:
    press(desk.window, Qt.Key.Key_Slash, CONTROL)
    (dialog,) = desk.window.findChildren(KeyDialog)
    told = {(key.id, key.keys, key.place) for key in dialog.table.rows_in_order()}
    assert ("palette", "Ctrl+Shift+P", "everywhere") in told
    assert ("source.add", "Ctrl+N", "Sources") in told
    assert ("keys.rows.copy", "Ctrl+C", "in a list") in told
    offered = {offer.id for spec in find_pages() for offer in spec.offers if offer.shortcut}
    assert offered <= {id for id, _, _ in told}
    assert nameless(dialog) == []
    language = desk.window.context.language
    language.use("de")
    in_german = {key.id: (key.title, key.place) for key in dialog.table.rows_in_order()}
    assert in_german["keys.rows.copy"] == (language.say("keys.rows.copy"), "in einer Liste")
    assert dialog.windowTitle() == dialog.table.accessibleName() == language.say("keys.title")
    assert dialog.windowTitle() != "Shortcuts"
    assert dialog.filter.placeholderText() == "Filter: Wörter"
    dialog.filter.setText("kopieren")
    some = dialog.table.rows_in_order()
    language.use("en")
    assert (len(some) > 0, dialog.table.rows_in_order()) == (True, ())  # the filter holds
    dialog.filter.setText("undo nothing")
    assert dialog.table.rows_in_order() == ()
    dialog.close()
    for _ in range(2):
        desk.window.activateWindow()
        desk.settle()
        press(desk.window, Qt.Key.Key_Slash, CONTROL)
        (dialog,) = desk.window.findChildren(KeyDialog)
        assert (dialog.isVisible(), len(dialog.table.rows_in_order()) > 0) == (True, True)
    dialog.close()
