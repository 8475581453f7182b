from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.inventory import Entry, Pair, Sighting
from mlops_desktop.core.lifecycle import Move, State
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import approvals, models
from mlops_desktop.ui.pages.models.inventory import SCOPES
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.status import StatusBar
from mlops_desktop.ui.widgets.buttons import ActionButton, IconButton
from tests.services.steps import add_version, register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, field, open_desk, texts, type_in
from tests.ui.pages.reads import watch_reads


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Three models and a candidate."""
    key = register(file_bank)
    add_version(file_bank, key)
    register(file_bank, name="Antragsscore", tier="2", next_review="2024-01-31")
    retired = register(file_bank, name="Altes Regelwerk", tier="3")
    models.move_model(file_bank.session, retired, Move.RETIRE, reason="Abgelöst")
    find_candidate(file_bank, "limit-optimizer-rl")
    return open_desk(make_window, file_bank, qtbot)


def find_candidate(bank: Bank, name: str) -> str:
    key = new_id()
    entry = Entry("mlflow", name, name, tags=(Pair("team", "cards"),), aliases=(Pair("live", "3"),))
    with bank.session.workspace.write(bank.session.actor) as work:
        work.record(CandidateFound(key, entry, Sighting("ab" * 32, clock.now())))
    return key


def names(page: ModelsPage) -> list[str]:
    found = [page.list.model.line(at) for at in range(page.list.count())]
    return [line.row.name for line in found if line is not None]


def choose(desk: Desk, page: ModelsPage, name: str) -> None:
    page.list.view.selectRow(names(page).index(name))
    desk.settle()


def show_scope(desk: Desk, page: ModelsPage, scope: str) -> None:
    page.scopes.setCurrentIndex(SCOPES.index(scope))
    desk.settle()


def tab(desk: Desk, page: ModelsPage, title: str) -> str:
    bar = page.detail.tabs.tabBar()
    at = [bar.tabText(at) for at in range(bar.count())].index(title)
    page.detail.tabs.setCurrentIndex(at)
    desk.settle()
    return texts(page.detail.tabs.currentWidget())


def test_the_inventory_is_counted_in_a_sentence(desk: Desk) -> None:
    page = desk.models()
    assert page.heading() == "3 models, 0 in production"
    told = [page.scopes.tabText(at) for at in range(page.scopes.count())]
    assert told == ["Current 2", "Retired 1", "Candidates 1", "All 4"]


def test_each_scope_shows_its_models(desk: Desk) -> None:
    page = desk.models()
    assert names(page) == ["PD Mittelstand (IRB)", "Antragsscore"]
    show_scope(desk, page, "retired")
    assert names(page) == ["Altes Regelwerk"]
    show_scope(desk, page, "candidates")
    assert names(page) == ["limit-optimizer-rl"]
    show_scope(desk, page, "all")
    assert len(names(page)) == 4


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


def test_an_overdue_review_is_said_in_words(desk: Desk) -> None:
    page = desk.models()
    at = names(page).index("Antragsscore")
    line = page.list.model.line(at)
    assert line is not None
    cell = line.cells[[column.id for column in page.list.model.columns].index("next_review")]
    assert cell.status is not None
    assert cell.status.mood == "bad"
    assert cell.text.endswith("days overdue")


def test_the_record_says_its_gaps(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    told = tab(desk, page, "Record")
    assert "Corinna Wolters" in told
    assert "nobody has approved yet" in told
    assert "not recorded" in told


def test_every_osfi_field_is_a_row(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    rows = {label.text() for label in page.detail.tabs.currentWidget().findChildren(QLabel)}
    assert {
        "Model ID", "Name", "Description", "Tier", "Owner", "Developer", "Origin", "Version",
        "In production since", "Validator", "Approver", "Dependencies", "Data sources",
        "Intended use", "Limitations", "Last review", "Monitoring", "Next review",
    } <= rows  # fmt: skip


def test_the_other_tabs_say_what_is_not_there(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    assert "No version of this model is on record." in tab(desk, page, "Versions")
    assert "has ever been in use" in tab(desk, page, "Deployments")
    assert "Not measured" in tab(desk, page, "Metrics")
    assert "Nobody has asked" in tab(desk, page, "Approvals")
    assert "registered by hand" in tab(desk, page, "Registry")


def test_the_registry_tells_entry_aliases_and_tags(desk: Desk) -> None:
    page = desk.models()
    show_scope(desk, page, "candidates")
    choose(desk, page, "limit-optimizer-rl")
    told = tab(desk, page, "Registry")
    for part in ("mlflow / limit-optimizer-rl", "live → 3", "team = cards", "listed"):
        assert part in told


def test_buttons_fit_what_is_chosen(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    assert shown_buttons(page) == {"approval.request", "model.edit"}
    assert desk.can("model.retire")
    assert not desk.can("model.reactivate")
    assert not desk.can("candidate.accept")
    show_scope(desk, page, "candidates")
    choose(desk, page, "limit-optimizer-rl")
    assert shown_buttons(page) == {"candidate.accept", "candidate.match", "candidate.reject"}
    assert not desk.can("model.retire")


def shown_buttons(page: ModelsPage) -> set[str]:
    return {
        button.objectName()
        for button in page.detail.findChildren(ActionButton)
        if button.isVisible()
    }


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


def test_a_model_without_a_version_cannot_be_approved(desk: Desk) -> None:
    page = desk.models()
    choose(desk, page, "Antragsscore")
    assert not desk.can("approval.request")
    choose(desk, page, "PD Mittelstand (IRB)")
    assert desk.can("approval.request")


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


def test_a_model_is_gone_to_from_elsewhere(desk: Desk) -> None:
    page = desk.models()
    desk.window.show_page("models", "M-00003")
    desk.settle()
    assert "Altes Regelwerk" in texts(page.detail)
    assert desk.can("model.reactivate")


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


def test_a_rejected_candidate_can_be_taken_back(desk: Desk) -> None:
    page = desk.models()
    show_scope(desk, page, "candidates")
    choose(desk, page, "limit-optimizer-rl")
    dialog = desk.do("candidate.reject")
    type_in(dialog, "Because it is", "out of scope")
    desk.send(dialog)
    assert dialog.isVisible()
    type_in(dialog, "Reason", "Wird nicht verwendet")
    desk.send(dialog)
    show_scope(desk, page, "all")
    choose(desk, page, "limit-optimizer-rl")
    assert "not taken in" in texts(page.detail)
    dialog = desk.do("candidate.accept")
    assert field(dialog, "Name").text() == "limit-optimizer-rl"  # type: ignore[attr-defined]
    type_in(dialog, "Owner", "Corinna Wolters")
    desk.send(dialog)
    row = models.show_model(desk.bank.session, "limit-optimizer-rl").row
    assert (row.state, row.owner) == (State.DEVELOPMENT, "Corinna Wolters")


def test_a_candidate_is_matched_to_a_model_found_by_typing(desk: Desk) -> None:
    page = desk.models()
    show_scope(desk, page, "candidates")
    choose(desk, page, "limit-optimizer-rl")
    dialog = desk.do("candidate.match")
    line = field(dialog, "Model")
    QTest.keyClicks(line, "mittelstand")
    desk.settle()
    line.setText("M-00001  PD Mittelstand (IRB)")  # type: ignore[attr-defined]
    desk.send(dialog)
    entries = models.show_model(desk.bank.session, "M-00001").entries
    assert [row.entry.name for row in entries] == ["limit-optimizer-rl"]


def test_the_requests_of_a_model_lead_to_their_page(desk: Desk) -> None:
    approvals.request_approval(desk.bank.session, "M-00001", "7", "production")
    page = desk.models()
    choose(desk, page, "PD Mittelstand (IRB)")
    tab(desk, page, "Approvals")
    line = page.detail.tabs.currentWidget()
    table = line.findChild(type(page.list.view))
    assert table is not None
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.stage.current == "approvals"
    assert "PD Mittelstand (IRB)" in texts(desk.approvals().detail)


def link(desk: Desk, page: ModelsPage, name: str) -> QPushButton:
    """Return the link of the record that is called so; by Tab it is reached."""
    page.detail.tabs.setCurrentIndex(0)
    desk.settle()
    links = page.detail.tabs.currentWidget().findChildren(QPushButton)
    return next(one for one in links if one.accessibleName().startswith(f"{name}: "))


def test_a_retired_model_leads_to_its_successor_and_back(desk: Desk) -> None:
    old = register(desk.bank, name="Antragsscorekarte")
    models.move_model(
        desk.bank.session, old, Move.RETIRE, reason="abgelöst", successor="Antragsscore"
    )
    page = desk.models()
    page.go_to(old)
    desk.settle()
    heir = link(desk, page, "Replaced by")
    assert heir.text() == "M-00002 Antragsscore"
    assert nameless(desk.window) == []
    assert unreachable(desk.window) == []
    QTest.keyClick(heir, Qt.Key.Key_Space)
    desk.settle()
    assert page.detail.wanted_id() == "M-00002"
    back = link(desk, page, "Replaces")
    assert back.text().endswith("Antragsscorekarte")
    back.click()
    desk.settle()
    assert "Antragsscorekarte" in texts(page.detail)
    desk.window.context.language.use("de")
    desk.settle()
    assert link(desk, page, "Ersetzt durch").text() == "M-00002 Antragsscore"


def test_a_retired_model_without_successor_says_so(desk: Desk) -> None:
    page = desk.models()
    show_scope(desk, page, "retired")
    choose(desk, page, "Altes Regelwerk")
    told = tab(desk, page, "Record")
    assert "Replaced by\nnot recorded" in told
    assert "Replaces" not in told
