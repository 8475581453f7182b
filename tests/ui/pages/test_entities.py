"""Legal entities in the window: recorded, named by models, requests, signatures, deployments."""

import os

import pytest
from PySide6.QtWidgets import QComboBox, QMenu, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core.items.entities import ENTITY
from mlops_desktop.services import approvals, entities, items, models
from mlops_desktop.services.items import Given
from mlops_desktop.ui.entity_choice import EntityTicks
from mlops_desktop.ui.pages.approvals.signing import DecisionDialog
from mlops_desktop.ui.pages.governance import PAGE
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import NamesLine
from tests.services.steps import add_version, cast, register
from tests.support.bank import PASSPHRASE, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, field, is_open, open_desk, texts, type_in

AG, LUX, LEASING = "Elbmark Bank AG", "Elbmark Bank Luxembourg S.A.", "Elbmark Leasing GmbH"
SHOTS = os.environ.get("ENTITY_SHOTS")


def shoot(widget: QWidget, name: str) -> None:
    if SHOTS:
        widget.grab().save(f"{SHOTS}/{name}.png")


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    add_version(file_bank, register(file_bank))
    for name, short in ((AG, "AG"), (LUX, "Lux"), (LEASING, "Leasing")):
        texts = {"title": name, "short_name": short}
        items.open_item(file_bank.session, ENTITY, Given(texts))
    return open_desk(make_window, file_bank, qtbot, PAGE)


def choose(desk: Desk) -> None:
    desk.models().list.view.selectRow(0)
    desk.settle()


def ticks(dialog: FormDialog) -> EntityTicks:
    found = dialog.findChild(EntityTicks)
    assert isinstance(found, EntityTicks)
    assert found.accessibleName() == "Only for"
    return found


def used_by(desk: Desk) -> list[str]:
    sheet = models.show_model(desk.bank.session, "M-00001")
    return [sheet.names[id] for id in sheet.state.details.used_by]


def test_the_record_names_entities_and_refuses_unknown_ones_beside_the_field(desk: Desk) -> None:
    choose(desk)
    dialog = desk.do("model.edit")
    type_in(dialog, "Used by (entities)", "AG, Luxemburg")
    desk.send(dialog)
    assert "Luxemburg" in field(dialog, "Used by (entities)").accessibleDescription()
    shoot(dialog, "edit-refused")
    type_in(dialog, "Used by (entities)", "AG, Lux")
    desk.send(dialog)
    assert not is_open(dialog)
    assert used_by(desk) == [AG, LUX]
    shown = texts(desk.models().detail.tabs)
    assert f"{AG}, {LUX}" in shown
    assert "Approval by legal entity" in shown
    shoot(desk.window, "record")
    again = desk.do("model.edit")
    line = field(again, "Used by (entities)")
    assert isinstance(line, NamesLine)
    assert line.text() == f"{AG}, {LUX}"


def test_an_approval_is_asked_for_narrowed_and_signed_for_some_entities(desk: Desk) -> None:
    choose(desk)
    dialog = desk.do("approval.request")
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    assert ticks(dialog).verticalScrollBar().maximum() == 0, "three names have room"
    ticks(dialog).tick(AG)
    ticks(dialog).tick(LUX)
    shoot(dialog, "request")
    desk.send(dialog)
    assert not is_open(dialog)
    (request,) = approvals.list_requests(desk.bank.session)
    desk.act_as("Jonas Brandt")
    page = desk.approvals()
    page.list.view.selectRow(0)
    desk.settle()
    assert f"Only for {AG}, {LUX}." in texts(page.detail.tabs)
    shoot(desk.window, "asked")
    signing = desk.do("approval.approve")
    assert isinstance(signing, DecisionDialog)
    assert ticks(signing).count() == 2, "what was not asked for cannot be approved"
    ticks(signing).tick(AG)
    assert signing.declaration.text().endswith(f"Only for {AG}.")
    shoot(signing, "signing")
    type_in(signing, "Passphrase of your key", PASSPHRASE)
    desk.send(signing)
    assert not is_open(signing)
    row = approvals.show_request(desk.bank.session, request.key)
    first = entities.list_entities(desk.bank.session)[0].id
    assert row.state.holds_for == frozenset({first})
    (decision,) = row.decisions
    assert decision.decided is not None
    assert decision.decided.meaning.endswith(f"Only for {AG}.")


def test_a_deployment_names_the_entity_it_serves(desk: Desk) -> None:
    key = approvals.request_approval(
        desk.bank.as_("Corinna Wolters"), "M-00001", "7", "production", entities=(AG,)
    ).id
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(desk.bank, key, name)
    choose(desk)
    dialog = desk.do("deployment.open")
    box = field(dialog, "Serves")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(LUX))
    shoot(dialog, "deployment")
    desk.send(dialog)
    assert not is_open(dialog)
    page = desk.models()
    page.detail.tabs.setCurrentIndex(2)
    desk.settle()
    (row,) = models.show_model(desk.bank.session, "M-00001").deployments
    assert row.entity == entities.list_entities(desk.bank.session)[1].id
    shoot(desk.window, "deployments")


def test_an_entity_is_recorded_where_vendors_and_applications_are(desk: Desk) -> None:
    desk.window.show_page("governance")
    desk.settle()
    desk.window.context.actions.run("item.open")
    menu = desk.window.findChild(QMenu, "itemChoices")
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "Legal entity").trigger()
    menu.close()
    desk.settle()
    dialog = desk.dialog()
    type_in(dialog, "Name", "Elbmark Digital GmbH")
    type_in(dialog, "LEI", "549300DTUYXVMJXZNY76")
    type_in(dialog, "Belongs to", "AG")
    desk.send(dialog)
    assert "is no LEI" in field(dialog, "LEI").accessibleDescription()
    shoot(dialog, "entity-form")
    type_in(dialog, "LEI", "549300DTUYXVMJXZNY75")
    desk.send(dialog)
    assert not is_open(dialog)
    found = entities.list_entities(desk.bank.session)[-1]
    assert (found.name, found.details.parent) == (
        "Elbmark Digital GmbH", entities.list_entities(desk.bank.session)[0].id,
    )  # fmt: skip
    page = desk.window.stage.page()
    assert page is not None
    assert AG in texts(page)
    shoot(desk.window, "governance")
