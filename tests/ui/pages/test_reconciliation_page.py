"""The page Reconciliation: contradictions with evidence, and taking over what a source says."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.identity import Scope
from mlops_desktop.services import admissions, entries, models, sources
from mlops_desktop.services.reconciliation.listing import ReconciliationRow
from mlops_desktop.services.reconciliation.served_at import ServedAt
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from mlops_desktop.sources.observations import Pair
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.reconciliation import PAGE
from mlops_desktop.ui.pages.reconciliation.page import ReconciliationPage
from mlops_desktop.ui.pages.reconciliation.said import groups, rule_status
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip
from mlops_desktop.ui.widgets.sections import Sections
from tests.services.conftest import FOUNDER
from tests.services.registry import Registry
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, texts, type_in
from tests.ui.pages.test_resources_page import lines_of


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    sources.add_source(file_bank.session, NewSource("mlflow", "mlflow", "https://m.example"))
    entries.link_entry(file_bank.session, "M-00001", "mlflow", "pd")
    registry = Registry()
    registry.add("pd", versions=0)
    registry.add("limit-optimizer-rl", champion="1")
    told = (Pair("owner", "mateusz.kowalczyk"),)
    registry.models["pd"] = replace(registry.models["pd"], tags=told)
    sync_source(file_bank.session, "mlflow", registry, lambda *_: None)
    desk = Desk(make_window(pages=(PAGE, MODELS, GOVERNANCE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def test_contradictions_are_listed_lead_on_and_can_be_taken_over(desk: Desk) -> None:
    desk.window.show_page("reconciliation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ReconciliationPage)
    assert page.heading() == "2 contradictions between sources and inventory"
    first, second = lines_of(page.table)
    assert "not in the inventory" in first
    assert "owner differs from the source" in second
    assert "Mateusz Kowalczyk" in second
    assert nameless(page) == []
    assert not desk.can("reconcile.accept"), "a candidate is decided about, not taken over"
    page.filter.setText("kind:owner_differs")
    desk.settle()
    page.table.choose(page.shown[0].id)
    desk.settle()
    assert "take over what the source says" in texts(page)
    assert page.title.text() == (page.shown[0].model.name if page.shown[0].model else "")
    assert page.title.isVisibleTo(page)
    assert page.title.font().weight() == QFont.Weight.DemiBold
    dialog = desk.do("reconcile.accept")
    assert isinstance(dialog, ConfirmDialog)
    type_in(dialog, "Reason", "so vereinbart")
    dialog.verb.click()
    desk.settle()
    assert models.show_model(desk.bank.session, "M-00001").row.owner == "Mateusz Kowalczyk"
    assert page.shown == ()
    page.filter.setText("colour:red")
    desk.settle()
    assert page.bar.isVisibleTo(page)


def test_the_page_keeps_to_the_scope_of_who_acts_and_one_click_shows_all(desk: Desk) -> None:
    unlock = desk.bank.unlock(FOUNDER)
    scopes = (Scope("business_line", "Leasing"),)
    admissions.change_person(desk.bank.session, "Mateusz Kowalczyk", unlock, scopes=scopes)
    desk.act_as("Mateusz Kowalczyk")
    desk.window.show_page("reconciliation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ReconciliationPage)
    strip = page.findChild(ScopeStrip)
    assert strip is not None
    assert strip.isVisible()
    counts = [len(page.shown)]
    assert page.heading().startswith("0 ")
    strip.turn.click()
    desk.settle()
    counts.append(len(page.shown))
    assert counts == [0, 2]
    assert page.heading().startswith("2 ")


def test_the_list_is_not_scrolled_sideways_in_german(desk: Desk) -> None:
    desk.window.resize(1440, 900)
    desk.window.context.language.use("de")
    desk.window.show_page("reconciliation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ReconciliationPage)
    assert page.table.model().rowCount() == 2
    assert page.table.horizontalScrollBar().maximum() == 0


def test_every_contradiction_has_a_short_name_for_a_narrow_list(desk: Desk) -> None:
    desk.window.show_page("reconciliation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ReconciliationPage)
    for rule in set(ExceptionRule) - {ExceptionRule.OTHER}:
        told = rule_status(desk.window.context, replace(page.shown[0], rule=rule))
        least = min(len(told.shortest), len(told.word))
        assert least <= 24, told
    assert "Way 1" in texts(page)


def test_a_model_is_named_whole_where_what_contradicts_it_is_said_shortly(desk: Desk) -> None:
    desk.window.show_page("reconciliation")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, ReconciliationPage)
    table = page.table
    header = table.horizontalHeader()
    shown = [at for at in range(header.count()) if not header.isSectionHidden(at)]
    names = {table.rows.columns[at].id: at for at in shown}
    table.rooms._wanted["name"] = table.fontMetrics().averageCharWidth() * 44
    least = sum(table.rooms.tightest(at) for at in shown)
    table.setFixedWidth(least + table.width() - table.viewport().width())
    table.fit()
    assert table.columnWidth(names["name"]) >= table.rooms._wanted["name"]


def test_what_it_lets_do_stands_in_one_line_and_what_is_possible_first(desk: Desk) -> None:
    desk.window.resize(1280, 800)
    desk.window.show_page("reconciliation")
    for language in ("en", "de"):
        desk.window.context.language.use(language)
        desk.settle()
        page = desk.window.stage.page()
        assert isinstance(page, ReconciliationPage)
        seen = [one for one in page.foot.findChildren(ActionButton) if one.isVisible()]
        assert len({one.mapTo(page.foot, QPoint()).y() for one in seen}) == 1
        assert "reconcile.go" in {one.objectName() for one in seen}
        assert page.foot.left_out() == ("reconcile.accept",), "a candidate is decided about"
        assert page.foot.more.isVisible()


def test_an_address_is_told_whole(desk: Desk) -> None:
    address = "https://limit-optimizer-rl.kreditkarten.serving.elbmark.example/v1/models"
    row = ReconciliationRow(
        ExceptionRule.NOT_IN_INVENTORY, "limit", None, "", "", "plattform: x", "ab" * 32, "",
        served_at=ServedAt("1", "DE", address),
    )  # fmt: skip
    shown = Sections(desk.window.context, "what is contradicted")
    desk.qtbot.addWidget(shown)
    shown.show_groups(groups(desk.window.context, row))
    shown.show()
    desk.settle()
    told = texts(shown).replace("\u200b", "")
    assert f"version 1 in DE at {address}" in told
    assert "abababababab…abababab" in told  # a digest is known by its ends
