"""Fields of the workspace's own in the window: defined, typed, shown, chosen as columns."""

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from mlops_desktop.services import custom_fields, models
from mlops_desktop.services.custom_fields import Amendment, Choice, FieldKind, Labels
from mlops_desktop.ui.pages.models.intake.many import ChangeDialog
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.rules import PAGE
from mlops_desktop.ui.pages.rules.page import RulesPage
from mlops_desktop.ui.table.column_menu import show_column
from tests.services.steps import register
from tests.services.test_custom_fields import ALL, NO, define, said
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, field, is_open, open_desk, texts, type_in


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    register(file_bank)
    return open_desk(make_window, file_bank, qtbot, PAGE)


def chosen(desk: Desk) -> ModelsPage:
    page = desk.models()
    page.list.view.selectRow(0)
    desk.settle()
    return page


def fields_page(desk: Desk) -> RulesPage:
    desk.models()
    desk.window.context.actions.run("model.own_fields")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, RulesPage)
    return page


def test_a_field_is_defined_amended_archived_and_offered_again(desk: Desk) -> None:
    page = fields_page(desk)
    assert "The record has no fields of your own yet." in texts(page.section())
    dialog = desk.do("field.define")
    type_in(dialog, "Label, English", "DORA critical")
    type_in(dialog, "Label, German", "DORA-kritisch")
    assert not field(dialog, "Choices").isVisible()
    type_in(dialog, "Kind", "Choice")
    assert field(dialog, "Choices").isVisible()
    desk.send(dialog)
    assert "A field of choices needs at least one." in texts(dialog)
    type_in(dialog, "Choices", "Yes | Ja\nNo | Nein")
    (covered,) = (
        box for box in dialog.findChildren(QCheckBox) if box.accessibleName() == "Covered"
    )
    covered.setChecked(True)
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    desk.send(dialog)
    assert not is_open(dialog)
    session = desk.bank.session
    (made,) = custom_fields.list_fields(session)
    one = made.definition
    assert (one.name, one.kind, one.is_covered) == ("dora_critical", FieldKind.CHOICE, True)
    assert one.offered == (Choice("yes", Labels("Yes", "Ja")), NO)
    page.section().list.view.selectRow(0)
    desk.settle()
    assert "covered by approvals" in texts(page.section().detail)
    dialog = desk.do("field.amend")
    assert "Name" not in texts(dialog).splitlines()  # it never changes
    type_in(dialog, "Choices", "Yes | Ja")
    type_in(dialog, "Help, English", "Supports a critical function")
    desk.send(dialog)
    (made,) = custom_fields.list_fields(session)
    assert made.definition.help == Labels("Supports a critical function")
    assert [choice.is_removed for choice in made.definition.choices] == [False, True]
    assert "No (no longer offered)" in texts(page.section().detail)
    assert not desk.can("field.reinstate")
    desk.send(desk.do("field.archive"))
    assert not desk.can("field.amend")
    desk.send(desk.do("field.reinstate"))
    assert not custom_fields.list_fields(session)[0].is_archived
    desk.act_as("Jonas Brandt")
    dialog = desk.do("field.archive")
    desk.send(dialog)
    assert "has not that role" in texts(dialog)
    dialog.reject()


def test_values_are_typed_in_the_form_refused_beside_their_field_and_read_on_the_record(
    desk: Desk,
) -> None:
    define(desk.bank, *ALL)
    page = chosen(desk)
    dialog = desk.do("model.edit")
    assert "Own fields" in texts(dialog)
    type_in(dialog, "DORA critical", "Yes")
    type_in(dialog, "Kostenstelle", "4711")
    type_in(dialog, "Budget", "lots")
    type_in(dialog, "Lizenzende", "31.03.2027")
    type_in(dialog, "Contact", "nobody")
    desk.send(dialog)
    assert "does not take “lots”" in texts(dialog)
    type_in(dialog, "Budget", "12,500.5")
    desk.send(dialog)
    assert "nobody" in texts(dialog)
    assert field(dialog, "Contact").property("wrong")
    type_in(dialog, "Contact", "Corinna Wolters")
    desk.send(dialog)
    assert not is_open(dialog)
    assert said(desk.bank, "1") == {
        "dora": "Ja",
        "kostenstelle": "4711",
        "budget": "12.500,5",
        "licence_end": "31.03.2027",
        "contact": "Corinna Wolters",
    }
    custom_fields.amend_field(desk.bank.session, "dora", Amendment(choices=(NO,), is_required=True))
    custom_fields.archive_field(desk.bank.session, "budget")
    page.reload()
    desk.settle()
    record = texts(page.detail)
    for told in ("DORA critical", "Yes", "Budget (archived)", "12,500.5", "Corinna Wolters"):
        assert told in record
    dialog = desk.do("model.edit")
    assert "Budget" not in texts(dialog).splitlines()
    assert field(dialog, "DORA critical").currentText() == "Yes (no longer offered)"  # type: ignore[attr-defined]
    type_in(dialog, "DORA critical", "No")
    desk.send(dialog)
    assert said(desk.bank, "1")["dora"] == "Nein"


def test_a_column_is_chosen_shown_and_remembered(desk: Desk) -> None:
    define(desk.bank, *ALL)
    models.edit_model(desk.bank.session, "1", {"custom.budget": "-1234.5", "custom.dora": "yes"})
    page = chosen(desk)
    page.reload()
    desk.settle()
    ids = [column.id for column in page.list.model.columns]
    at = ids.index("custom.budget")
    header = page.list.view.horizontalHeader()
    assert header.isSectionHidden(at)
    show_column(page.list.view, page.list._on_shown, at, True)
    assert page.list.model.index(0, at).data() == "−1,234.5"
    assert page.work.wish().columns[-1] == "custom.budget"
    custom_fields.archive_field(desk.bank.session, "dora")
    page.reload()
    desk.settle()
    ids = [column.id for column in page.list.model.columns]
    assert "custom.dora" not in ids
    assert not header.isSectionHidden(ids.index("custom.budget"))
    assert page.list.model.index(0, ids.index("custom.budget")).data() == "−1,234.5"
    page.list.set_filter("field:budget<0")
    desk.settle()
    assert page.list.count() == 1


def test_many_models_get_one_value(desk: Desk) -> None:
    define(desk.bank, *ALL)
    register(desk.bank, name="LGD")
    page = desk.models()
    page.reload()
    desk.settle()
    page.list.view.selectAll()
    dialog = desk.do("model.change_many")
    assert isinstance(dialog, ChangeDialog)
    dialog.field.setCurrentText("DORA critical")
    dialog.editor().set_text("yes")
    desk.send(dialog)
    assert [said(desk.bank, named)["dora"] for named in ("1", "2")] == ["Ja", "Ja"]
