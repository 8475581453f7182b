"""The list of models: its scopes, filter and order, and what holds for every view of the page."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from mlops_desktop.core import clock
from mlops_desktop.core.events.candidates import Verdict
from mlops_desktop.services import models
from mlops_desktop.services.candidates import reject_candidate
from mlops_desktop.ui.status import StatusBar
from mlops_desktop.ui.widgets.buttons import IconButton
from tests.ui.access import nameless, unreachable
from tests.ui.pages.desk import Desk, close, texts
from tests.ui.pages.models.acts import choose, names, show_scope
from tests.ui.pages.reads import watch_reads


def test_the_inventory_is_counted_in_a_sentence(desk: Desk) -> None:
    page = desk.models()
    assert page.heading() == "3 models, 0 in production"
    told = [page.scopes.tabText(at) for at in range(page.scopes.count())]
    assert told == ["Current 2", "Retired 1", "Candidates 1", "Not taken in 0", "All 4"]


def test_each_scope_shows_its_models(desk: Desk) -> None:
    page = desk.models()
    assert names(page) == ["PD Mittelstand (IRB)", "Antragsscore"]
    show_scope(desk, page, "retired")
    assert names(page) == ["Altes Regelwerk"]
    show_scope(desk, page, "candidates")
    assert names(page) == ["limit-optimizer-rl"]
    show_scope(desk, page, "all")
    assert len(names(page)) == 4


def test_the_counts_of_the_tabs_make_up_all_even_where_one_was_not_taken_in(desk: Desk) -> None:
    page = desk.models()
    reject_candidate(desk.bank.session, "limit-optimizer-rl", Verdict.OUT_OF_SCOPE, "Rechnung")
    page.reload()
    desk.settle()
    told = [page.scopes.tabText(at) for at in range(page.scopes.count())]
    assert told == ["Current 2", "Retired 1", "Candidates 0", "Not taken in 1", "All 4"]
    show_scope(desk, page, "rejected")
    assert names(page) == ["limit-optimizer-rl"]


def test_a_tab_without_the_chosen_row_shows_no_detail_of_it(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    assert page.detail.isVisible()
    show_scope(desk, page, "all")
    assert page.detail.isVisible(), "it is among all of them"
    show_scope(desk, page, "retired")
    assert not page.detail.isVisible()
    assert not desk.can("model.edit")
    page.show_record(page.list.model.line(0).row.key)  # type: ignore[union-attr]
    desk.settle()
    assert page.detail.isVisible(), "what is sought elsewhere is shown"


def test_nothing_is_said_of_a_ledger_that_was_closed(desk: Desk) -> None:
    status = desk.window.findChild(StatusBar)
    assert status is not None
    desk.window.context.ledger_said.emit("good", "verified 09:41")
    assert status._left.isVisible()
    desk.window.context.use_session(None)
    desk.settle()
    assert not status._left.isVisible()


def test_the_filter_line_narrows_and_says_what_it_cannot_read(desk: Desk) -> None:
    page = desk.models()
    page.list.filter.setText("tier:2 antrag")
    desk.settle()
    assert names(page) == ["Antragsscore"]
    page.list.filter.setText("state:retired")
    desk.settle()
    assert names(page) == ["Altes Regelwerk"]
    page.list.filter.setText("colour:red")
    desk.settle()
    assert page.list.bar.isVisible()
    assert "--filter" not in texts(page.list.bar)
    page.list.filter.setText("")
    desk.settle()
    assert not page.list.bar.isVisible()


def test_a_header_sorts_in_the_database(desk: Desk) -> None:
    page = desk.models()
    page.list.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    desk.settle()
    assert names(page) == ["Antragsscore", "PD Mittelstand (IRB)"]
    page.list.view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    desk.settle()
    assert names(page) == ["Antragsscore", "PD Mittelstand (IRB)"]


def test_what_was_put_away_is_no_longer_chosen(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    assert desk.can("model.edit")
    close_button = next(
        found for found in page.detail.findChildren(IconButton)
        if found.accessibleName() == "Close the detail"
    )  # fmt: skip
    close_button.click()
    assert not page.detail.isVisible()
    assert not desk.can("model.edit")
    page.reload()
    desk.settle()
    assert not page.detail.isVisible()
    page.list.view.selectRow(1)
    desk.settle()
    assert desk.can("model.edit")


def test_a_past_day_shows_that_day_and_changes_nothing(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    desk.window.context.show_as_of(clock.today() - timedelta(days=1))
    desk.settle()
    assert page.list.count() == 0
    assert page.heading() == "0 models, 0 in production"
    assert page.detail.bar.isVisible()
    assert not page.detail.tabs.isVisible()
    assert not desk.can("model.register")
    assert not desk.can("model.edit")
    desk.window.context.show_as_of(None)
    desk.settle()
    assert page.list.count() == 2
    assert page.detail.tabs.isVisible()
    assert desk.can("model.edit")


def test_what_changes_elsewhere_is_shown(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    changed = models.edit_model(desk.bank.session, "Antragsscore", {"tier": "4"})
    desk.window.context.announce(changed.changes)
    desk.settle()
    assert "tier 4" in texts(page.detail)


def test_the_other_language_is_spoken_at_once(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    desk.window.context.language.use("de")
    desk.settle()
    assert page.heading() == "3 Modelle, davon 0 produktiv"
    assert page.scopes.tabText(1) == "Außer Betrieb 1"
    told = texts(page.detail)
    for part in ("in Entwicklung", "Modellverantwortung", "nicht erfasst", "Risikoklasse 2"):
        assert part in told
    line = page.list.model.line(0)
    assert line is not None
    assert line.cells[2].text == "in Entwicklung"


@pytest.mark.parametrize("scope", ["current", "candidates"])
def test_everything_on_the_page_has_a_name_and_is_reached(desk: Desk, scope: str) -> None:
    page = desk.models()
    show_scope(desk, page, scope)
    page.list.view.selectRow(0)
    desk.settle()
    for at in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []
        assert unreachable(desk.window) == []


def test_nothing_is_asked_on_the_thread_of_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watch_reads(monkeypatch)
    page = desk.models()
    page.reload()
    page.list.filter.setText("pd")
    desk.settle()
    page.list.view.selectRow(0)
    desk.settle()
    close(desk.do("model.edit"))
    close(desk.do("approval.request"))
    assert len(asked) > 5
    assert not any(asked)
