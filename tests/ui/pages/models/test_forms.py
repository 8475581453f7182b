from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox, QScrollArea
from pytestqt.qtbot import QtBot

from mlops_desktop.core.identity import Role
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.rules import Rule, Scope, Step
from mlops_desktop.services import ledger, models, people, rules
from mlops_desktop.services.reviews import list_lines
from mlops_desktop.ui.pages.models.form import ModelForm
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.widgets.lines import DayLine, parse_day
from tests.services.oversight import BODY
from tests.services.steps import SECOND, add_version, register
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, field, is_open, open_desk, texts, type_in


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    add_version(file_bank, register(file_bank))
    return open_desk(make_window, file_bank, qtbot)


def state(desk: Desk) -> State:
    return models.show_model(desk.bank.session, "M-00001").row.state


def test_a_model_is_registered_and_shown(desk: Desk, page: ModelsPage) -> None:
    dialog = desk.do("model.register")
    desk.send(dialog)
    assert "A model needs a name." in texts(dialog)
    type_in(dialog, "Name", "LGD Baufinanzierung")
    type_in(dialog, "Owner", "corinna wolters")
    type_in(dialog, "Tier", "2")
    type_in(dialog, "Origin", "vendor model")
    type_in(dialog, "Intended use", "Verlustquoten")
    type_in(dialog, "Next review", "31/12/2026")
    type_in(dialog, "Regions", "DE, LU")
    desk.send(dialog)
    assert not is_open(dialog)
    details = models.show_model(desk.bank.session, "LGD Baufinanzierung").state.details
    assert (details.tier, details.next_review, details.regions) == (
        2, date(2026, 12, 31), ("DE", "LU"),
    )  # fmt: skip
    assert "LGD Baufinanzierung" in texts(page.detail)
    assert page.heading() == "2 models, 0 in production"


def test_a_likely_duplicate_is_said_and_registered_on_the_second_press(
    desk: Desk, page: ModelsPage
) -> None:
    dialog = desk.do("model.register")
    type_in(dialog, "Name", "IRB: PD Mittelstand")
    desk.send(dialog)
    assert is_open(dialog)
    assert "M-00001 PD Mittelstand (IRB)" in field(dialog, "Name").accessibleDescription()
    desk.send(dialog)
    assert not is_open(dialog)
    assert page.heading() == "2 models, 0 in production"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Name", "PD Mittelstand (IRB)", "M-00001"),
        ("Owner", "Niemand Bekanntes", "Niemand Bekanntes"),
        ("Next review", "bald", "Please write a day"),
        ("Review every (months)", "oft", "1-240"),
    ],
)
def test_what_is_refused_is_said_beside_its_field(
    desk: Desk, page: ModelsPage, name: str, text: str, told: str
) -> None:
    dialog = desk.do("model.register")
    type_in(dialog, "Name", "Neu")
    type_in(dialog, name, text)
    desk.send(dialog)
    assert dialog.isVisible()
    assert field(dialog, name).property("wrong") is True
    assert told in field(dialog, name).accessibleDescription()
    assert not dialog.bar.isVisible()
    assert len(models.list_models(desk.bank.session, models.ModelFilter())) == 1
    close(dialog)


def test_an_edit_sends_what_was_changed_alone(desk: Desk, page: ModelsPage) -> None:
    dialog = desk.do("model.edit")
    areas = dialog.findChildren(QScrollArea)
    assert {area.horizontalScrollBar().maximum() for area in areas} == {0}
    type_in(dialog, "Limitations", "Nicht für Selbstständige")
    type_in(dialog, "Developer", "")
    type_in(dialog, "Reason", "Befund der Validierung")
    assert isinstance(dialog, ModelForm)
    assert dialog.changes() == {"limitations": "Nicht für Selbstständige", "developer": ""}
    desk.send(dialog)
    assert not is_open(dialog)
    newest = ledger.read_log(desk.bank.session, model="M-00001")[0]
    assert (newest.type, newest.summary) == ("model.edited", "limitations, -developer")
    tabs = page.detail.tabs
    tabs.setCurrentIndex([tabs.tabText(at) for at in range(tabs.count())].index("History"))
    desk.settle()
    table = page.detail.tabs.currentWidget().findChild(type(page.list.view))
    assert table is not None
    line = table.model().line(0)  # type: ignore[attr-defined]
    assert "Limitations, Developer emptied" in [cell.text for cell in line.cells]


def test_an_edit_of_nothing_is_explained(desk: Desk, page: ModelsPage) -> None:
    dialog = desk.do("model.edit")
    desk.send(dialog)
    assert dialog.bar.isVisible()
    assert dialog.verb.isEnabled()
    close(dialog)


def test_a_change_can_hold_from_an_earlier_day(desk: Desk, page: ModelsPage) -> None:
    dialog = desk.do("model.edit")
    type_in(dialog, "Vendor", "Nordrating")
    type_in(dialog, "Effective from", "2025-12-31")
    desk.send(dialog)
    newest = ledger.read_log(desk.bank.session, model="M-00001")[0]
    assert newest.effective.date() == date(2025, 12, 31)


def test_a_model_walks_through_its_life(desk: Desk, page: ModelsPage) -> None:
    desk.send(desk.do("model.validate"))
    assert state(desk) is State.VALIDATION
    dialog = desk.do("model.retire")
    desk.send(dialog)
    assert field(dialog, "Reason").property("wrong") is True
    type_in(dialog, "Reason", "Abgelöst")
    type_in(dialog, "Replaced by", "M-77777")
    desk.send(dialog)
    assert dialog.isVisible()
    type_in(dialog, "Replaced by", "")
    desk.send(dialog)
    assert state(desk) is State.RETIRED
    assert desk.can("model.reactivate")
    assert not desk.can("model.retire")
    desk.send(desk.do("model.reactivate"))
    assert state(desk) is State.DEVELOPMENT


def test_a_request_names_who_may_sign(desk: Desk, page: ModelsPage) -> None:
    dialog = desk.do("approval.request")
    told = texts(dialog.bar)
    assert "The rule “Four-eyes principle”, version 2, applies" in told
    assert "Two approvals, none by the model's owner" in told
    assert "Jonas Brandt (Validation)" in told
    assert "Corinna Wolters" not in told
    type_in(dialog, "Comment", "Bitte bis Freitag")
    desk.send(dialog)
    (line,) = list_lines(desk.bank.session)
    assert (line.label, line.environment) == ("7", "production")


def test_a_request_tells_the_resolution_that_its_rule_asks_for_where_it_is_to_go(
    desk: Desk, page: ModelsPage
) -> None:
    steps = Step("validation", 1, (Role.VALIDATOR,)), Step("body", 1, committee=BODY)
    rule = Rule("gremium", steps, scope=Scope(environments=("production",)))
    rules.add_rule(desk.bank.session, rule)
    rules.activate_rule(desk.bank.as_(SECOND), "gremium")
    dialog = desk.do("approval.request")
    assert f"a resolution of the committee “{BODY}”" in texts(dialog.bar)
    box = field(dialog, "May go to")
    assert isinstance(box, QComboBox)
    box.setCurrentText("test")
    desk.settle()
    assert BODY not in texts(dialog.bar)
    dialog.reject()


def test_a_request_that_nobody_could_decide_is_warned_about(desk: Desk, page: ModelsPage) -> None:
    for name in ("Jonas Brandt", "Miriam Sander"):
        people.revoke_person(desk.bank.session, name)
    dialog = desk.do("approval.request")
    assert "Nobody could decide this: 2 approvals are needed." in texts(dialog.bar)
    desk.send(dialog)
    assert dialog.isVisible()
    assert list_lines(desk.bank.session) == ()
    close(dialog)


def test_a_request_can_name_an_environment_of_its_own(desk: Desk, page: ModelsPage) -> None:
    dialog = desk.do("approval.request")
    box = field(dialog, "May go to")
    assert isinstance(box, QComboBox)
    box.setEditText("")
    desk.send(dialog)
    assert dialog.isVisible()
    box.setEditText("shadow")
    desk.send(dialog)
    assert [line.environment for line in list_lines(desk.bank.session)] == ["shadow"]


@pytest.mark.parametrize(
    "action",
    ["model.register", "model.edit", "model.validate", "model.suspend", "model.retire",
     "approval.request"],
)  # fmt: skip
def test_every_dialog_has_names_and_is_reached(desk: Desk, page: ModelsPage, action: str) -> None:
    dialog = desk.do(action)
    dialog.activateWindow()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    close(dialog)


@pytest.mark.parametrize("text", ["2026-12-31", "31.12.2026", "31/12/2026", " 31/12/2026 "])
def test_a_day_is_read_as_the_locale_or_iso_writes_it(text: str) -> None:
    assert parse_day(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["", "12/31/2026", "31.12.26", "tomorrow"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_a_day_is_written_well_when_the_line_is_left(desk: Desk) -> None:
    line = DayLine(desk.window.context)
    line.setText("2026-12-31")
    line.editingFinished.emit()
    assert (line.text(), line.iso()) == ("31/12/2026", "2026-12-31")
    line.setText("soon")
    assert not line.is_right()
    line.deleteLater()
