"""The page Sources as a whole: empty, removing, and what holds for every view of it."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.services import candidates
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, close
from tests.ui.pages.reads import watch_reads
from tests.ui.pages.sources.acts import choose, open_desk, page_of, sync


def test_an_empty_page_leads_to_the_first_source(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    desk = open_desk(make_window, file_bank, qtbot)
    page = page_of(desk)
    assert "No source is connected yet." in said(page)
    assert desk.can("source.add")
    assert not desk.can("source.sync_all")


def test_a_source_is_removed_after_asking(desk: Desk) -> None:
    sync(desk)
    page = choose(desk)
    dialog = desk.do("source.remove")
    assert "Everything it told stays on record." in said(dialog)
    desk.send(dialog)
    assert page.list.count() == 0
    assert page.detail.isHidden()
    assert len(candidates.list_candidates(desk.bank.session)) == 2


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(desk: Desk, language: str) -> None:
    desk.window.context.language.use(language)
    page = sync(desk)
    for at in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []
        assert unreachable(desk.window) == []


def test_every_dialog_has_names(desk: Desk) -> None:
    choose(desk)
    for action in ("source.add", "source.edit", "source.secret", "source.remove"):
        dialog = desk.do(action)
        assert nameless(dialog) == []
        close(dialog)


def test_the_window_itself_never_asks_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watch_reads(monkeypatch)
    sync(desk)
    close(desk.do("source.add"))
    page_of(desk).work.show_candidates()
    desk.settle()
    assert len(asked) > 4
    assert not any(asked)
