"""Links of a model are seen from both sides, said, ended and followed in its detail."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from mlops_desktop.core.clock import today
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.services.model_links import link_models, links_of
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.models.tabs.links import LinksTab
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, field, is_open, open_desk, texts, type_in
from tests.ui.pages.models.acts import tab as show_tab

PD, LGD, ECL = "PD Mittelstand", "LGD Gewerbe", "Wertberichtigung"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    for name in (PD, LGD, ECL):
        register(file_bank, name=name)
    link_models(file_bank.session, "M-1", LinkKind.FEEDS, "M-3", note="PD je Kunde")
    return open_desk(make_window, file_bank, qtbot)


def stand_on(desk: Desk, number: str) -> tuple[ModelsPage, LinksTab]:
    desk.window.context.show_page("models", number)
    desk.settle()
    page = desk.models()
    show_tab(desk, page, "Links")
    (tab,) = page.detail.findChildren(LinksTab)
    return page, tab


def lines(desk: Desk, tab: LinksTab) -> list[list[str]]:
    desk.settle()
    model = tab.table.model_of_rows
    found = (model.line(at) for at in range(model.rowCount()))
    return [[cell.text for cell in line.cells] for line in found if line is not None]


def test_both_sides_show_the_link_and_enter_leads_to_the_other(desk: Desk) -> None:
    page, tab = stand_on(desk, "M-00003")
    (line,) = lines(desk, tab)
    assert line[:2] == ["is fed by", f"M-00001 {PD}"]
    assert line[-1] == "PD je Kunde"
    assert line[2:4] == [desk.window.context.language.date(today())] * 2
    assert nameless(tab) == []
    tab.table.selectRow(0)
    QTest.keyClick(tab.table, Qt.Key.Key_Return)
    desk.settle()
    assert page.detail.wanted_id() == "M-00001" or page.chosen().id == "M-00001"  # type: ignore[union-attr]
    assert lines(desk, tab)[0][:2] == ["feeds", f"M-00003 {ECL}"]


def test_there_is_nowhere_to_go_before_a_link_is_chosen(desk: Desk) -> None:
    page, tab = stand_on(desk, "M-00003")
    assert not tab._open.isEnabled()
    assert tab._open.toolTip() == "Choose a link first."
    tab.table.selectRow(0)
    desk.settle()
    assert tab._open.isEnabled()
    assert tab._open.toolTip() == ""
    QTest.mouseClick(tab._open, Qt.MouseButton.LeftButton)
    desk.settle()
    assert page.detail.wanted_id() != "M-00003"
    assert not tab._open.isEnabled(), "of the other model no link is chosen yet"


def test_a_link_is_said_from_either_side_and_a_circle_is_refused_beside_the_other(
    desk: Desk,
) -> None:
    stand_on(desk, "M-00003")
    dialog = desk.do("model.link")
    assert nameless(dialog) == []
    type_in(dialog, "This model", "is needed by")
    type_in(dialog, "Other model", LGD)
    desk.send(dialog)
    assert not is_open(dialog)
    needs = {(one.code, one.model.id) for one in links_of(desk.bank.session, "M-00003")}
    assert ("link.by_depends_on", "M-00002") in needs
    # M-1 feeds M-3, M-2 depends on M-3: M-2 feeding M-1 closes the circle, said from M-1's side.
    stand_on(desk, "M-00001")
    dialog = desk.do("model.link")
    type_in(dialog, "This model", "is fed by")
    type_in(dialog, "Other model", LGD)
    desk.send(dialog)
    assert "M-00002 → M-00001 → M-00003 → M-00002" in texts(dialog)
    assert field(dialog, "Other model").property("wrong")
    type_in(dialog, "Other model", "no such model")
    desk.send(dialog)
    assert field(dialog, "Other model").property("wrong")
    close(dialog)
    assert len(links_of(desk.bank.session, "M-00001")) == 1


def test_the_chosen_link_ends_from_the_fed_side(desk: Desk) -> None:
    link_models(desk.bank.session, "M-3", LinkKind.BENCHMARK_OF, "M-2")
    desk.window.context.use_session(desk.bank.session, "Elbmark Bank AG")
    _, tab = stand_on(desk, "M-00003")
    desk.settle()
    tab.table.choose("link.by_feeds:M-00001")
    desk.settle()
    dialog = desk.do("model.unlink")
    which = field(dialog, "Link")
    assert isinstance(which, QComboBox)
    assert which.currentText() == f"is fed by M-00001 {PD}"
    desk.send(dialog)
    assert [line[0] for line in lines(desk, tab)] == ["is benchmark of"]
    assert not links_of(desk.bank.session, "M-00001")
    desk.window.context.show_as_of(today())
    desk.settle()
    assert not desk.can("model.link")  # nothing is changed while a day is shown


def test_without_links_the_tab_says_so_and_offers_to_make_one(desk: Desk) -> None:
    _, tab = stand_on(desk, "M-00002")
    assert "linked to no other" in texts(tab)
    assert desk.can("model.link")
    assert not desk.can("model.unlink")
