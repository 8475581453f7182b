"""Profiles in the window: the matrix of a model leads to its mend, the page to the models."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.profiles.outcomes import Outcome, Reason, Result
from mlops_desktop.services import models
from mlops_desktop.services.profiles import standing
from mlops_desktop.services.profiles.checking import check_model
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.models.regulating import can_follow, follow, say_lead
from mlops_desktop.ui.pages.models.tabs.regulation import RegulationTab
from mlops_desktop.ui.pages.regulation import PAGE as REGULATION
from mlops_desktop.ui.pages.regulation.page import RegulationPage
from mlops_desktop.ui.pages.rules import PAGE as RULES
from mlops_desktop.ui.pages.rules.page import RulesPage
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, field, open_desk, texts, type_in
from tests.ui.pages.test_room import text_size
from tests.ui.room import cut_titles, scrolled_inside


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Two models, one without an owner; the bank works by MaRisk and by E-23."""
    register(file_bank)
    models.register_model(file_bank.session, {"name": "Bodensatzmodell", "tier": "2"})
    standing.activate_profile(file_bank.session, "osfi-e23")
    standing.activate_profile(file_bank.session, "marisk-at-4-3-5", clock.today())
    return open_desk(make_window, file_bank, qtbot, REGULATION, RULES)


def show(desk: Desk, name: str, profile: str) -> tuple[ModelsPage, RegulationTab]:
    page = desk.models()
    page.go_to(name)
    desk.settle()
    tab = page.detail.open_tab(RegulationTab)
    desk.settle()
    tab.choice.setCurrentIndex(tab.choice.findData(profile))
    desk.settle()
    return page, tab


@pytest.mark.parametrize(
    ("size", "text"),
    [((1440, 900), 100), ((1280, 800), 100), ((1280, 800), 200), ((1280, 700), 200)],
)
def test_nothing_is_scrolled_inside_of_what_is_scrolled(
    desk: Desk, size: tuple[int, int], text: int
) -> None:
    _, tab = show(desk, "Bodensatzmodell", "osfi-e23")
    desk.window.context.theme.use_text(text)
    desk.window.resize(*size)
    desk.settle()
    try:
        assert scrolled_inside(desk.window) == []
        tab.table.selectRow(len(cells(tab)) - 1)
        desk.settle()
        assert scrolled_inside(desk.window) == []
    finally:
        desk.window.context.theme.use_text(100)


def test_in_large_text_titles_are_whole_and_gaps_in_sight(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.window.show_page("regulation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, RegulationPage)
    with text_size(desk, 200):
        desk.settle()
        assert page.table.model().rowCount()
        assert cut_titles(page.table) == []
        ids = [column.id for column in page.table.rows.columns]
        assert not page.table.isColumnHidden(ids.index("missing"))


def cells(tab: RegulationTab) -> dict[str, str]:
    lines = [tab.table.model_of_rows.line(at) for at in range(tab.table.model().rowCount())]
    return {line.row.id: line.row.cell.outcome.result.value for line in lines if line is not None}


def test_the_tab_shows_what_the_matrix_says_gaps_first(desk: Desk) -> None:
    _, tab = show(desk, "Bodensatzmodell", "osfi-e23")
    matrix = check_model(desk.bank.session, "osfi-e23", "2")
    wanted = {cell.rule.id: cell.outcome.result.value for cell in matrix.rows()}
    assert cells(tab) == wanted
    assert next(iter(cells(tab).values())) == "missing"
    assert nameless(desk.window) == []
    assert unreachable(tab) == []


def test_a_missing_field_leads_to_the_form_that_fills_it(desk: Desk) -> None:
    _, tab = show(desk, "Bodensatzmodell", "osfi-e23")
    tab.table.choose("E23-A1-04")
    desk.settle()
    tab.lead.click()
    desk.settle()
    dialog = desk.dialog()
    assert dialog.focusWidget() is field(dialog, "Owner")
    type_in(dialog, "Owner", "Corinna Wolters")
    dialog.verb.click()
    desk.settle()
    assert cells(tab)["E23-A1-04"] == "met"


def test_a_regime_is_decided_about_and_a_document_filed(desk: Desk) -> None:
    _, tab = show(desk, "Bodensatzmodell", "marisk-at-4-3-5")
    tab.table.choose("MAR-6")
    desk.settle()
    tab.lead.click()
    desk.settle()
    type_in(desk.dialog(), "Where it lies", "Archiv 2026/17")
    desk.dialog().verb.click()
    desk.settle()
    assert cells(tab)["MAR-6"] == "met"
    tab.table.choose("MAR-1")
    desk.settle()
    tab.lead.click()
    desk.settle()
    desk.dialog().verb.click()
    desk.settle()
    assert "needs its reason" in texts(desk.dialog())
    type_in(desk.dialog(), "Reason", "Modell im Sinne des Moduls")
    desk.dialog().verb.click()
    desk.settle()
    assert cells(tab)["MAR-1"] == "met"


def mended_by(desk: Desk, page: ModelsPage, tab: RegulationTab, name: str) -> None:
    """Follow a cell as if its gap were that of the record ``name``."""
    matrix, shown = tab._matrix(), page.chosen()
    assert matrix is not None
    assert shown is not None
    cell = next(iter(matrix.rows()))
    gap = replace(cell, outcome=Outcome(Result.MISSING, Reason.ABSENT, (name,)))
    assert can_follow(desk.window.context, gap)
    assert say_lead(desk.window.context, matrix, gap).startswith("Go to: ")
    follow(desk.window.context, shown, matrix, gap, page.window())
    desk.settle()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("record.link", "Link Bodensatzmodell to another model"),
        ("record.permission", "Permission or notification needed"),
        ("record.handover", "Hand over what a person holds"),
    ],
)
def test_what_a_form_records_is_mended_in_it(desk: Desk, name: str, title: str) -> None:
    page, tab = show(desk, "Bodensatzmodell", "osfi-e23")
    mended_by(desk, page, tab, name)
    dialog = desk.dialog()
    assert title in texts(dialog)
    if name == "record.permission":
        assert field(dialog, "Model").text() == "M-00002"  # type: ignore[attr-defined]
    dialog.reject()


@pytest.mark.parametrize("part", ["emergencies", "permissions"])
def test_what_waits_is_mended_in_its_list(desk: Desk, part: str) -> None:
    page, tab = show(desk, "Bodensatzmodell", "osfi-e23")
    fact = {"emergencies": "emergencies_ratified", "permissions": "obligations_in_time"}[part]
    mended_by(desk, page, tab, f"record.{fact}")
    rules = desk.window.stage.page()
    assert isinstance(rules, RulesPage)
    assert rules.section().part.id == part
    assert rules.section().list.filter.text() == "M-00002"


def test_the_page_counts_the_inventory_and_leads_to_its_models(desk: Desk) -> None:
    desk.window.show_page("regulation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, RegulationPage)
    page.show_record("osfi-e23")
    desk.settle()
    assert nameless(page) == []
    page.table.choose("E23-A1-04")
    desk.settle()
    page._go_to_gaps()
    desk.settle()
    listed = desk.models().list
    assert listed.count() == 1
    desk.window.show_page("regulation")
    page.show_record("sr-26-2")
    desk.settle()
    page.toggle.click()
    desk.settle()
    active = {one.profile.id for one in standing.list_profiles(desk.bank.session) if one.is_active}
    assert active == {"osfi-e23", "marisk-at-4-3-5", "sr-26-2"}
