"""What leads from one model to another: a candidate's match, a successor, a way from elsewhere."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from mlops_desktop.core.lifecycle import Move, State
from mlops_desktop.services import models
from mlops_desktop.ui.pages.models.page import ModelsPage
from tests.services.steps import register
from tests.ui.access import nameless, unreachable
from tests.ui.pages.desk import Desk, close, field, texts, type_in
from tests.ui.pages.models.acts import choose, show_scope, tab


def test_a_model_is_gone_to_from_elsewhere(desk: Desk) -> None:
    page = desk.models()
    desk.window.show_page("models", "M-00003")
    desk.settle()
    assert "Altes Regelwerk" in texts(page.detail)
    assert desk.can("model.reactivate")


def test_a_rejected_candidate_can_be_taken_back(desk: Desk) -> None:
    page = desk.models()
    show_scope(desk, page, "candidates")
    choose(desk, page, "limit-optimizer-rl")
    dialog = desk.do("candidate.accept_many")
    assert "Take one candidate into the inventory" in texts(dialog)
    assert "limit-optimizer-rl, found in " in texts(dialog)
    close(dialog)
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
    assert "needs a tier, and an approval before it is used" in texts(dialog)
    assert "found in " in texts(dialog)
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
