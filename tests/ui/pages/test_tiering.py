"""Tiering in the window: the tab, the assessment with its live result, overrides; by keyboard."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.tiering import Basis
from mlops_desktop.services import tier_templates, tiering
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.models.tabs.tiering import TieringTab
from mlops_desktop.ui.pages.models.tier_form import AssessmentForm
from tests.services.steps import SECOND, register
from tests.services.test_tier_templates import written
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, field, is_open, open_desk, texts, type_in


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> Desk:
    """One model; a template waits as a draft."""
    register(file_bank)
    tier_templates.add_template(file_bank.session, written(tmp_path))
    return open_desk(make_window, file_bank, qtbot)


@pytest.fixture
def tab(desk: Desk) -> TieringTab:
    """The model is chosen and its tier looked at."""
    page = desk.models()
    page.list.view.selectRow(0)
    desk.settle()
    return look(desk, page)


def look(desk: Desk, page: ModelsPage) -> TieringTab:
    titles = [page.detail.tabs.tabText(at) for at in range(page.detail.tabs.count())]
    page.detail.tabs.setCurrentIndex(titles.index("Tiering"))
    desk.settle()
    found = page.detail.findChild(TieringTab)
    assert found is not None
    return found


def assess(desk: Desk, large: str = "large low", hard: str = "hard low") -> None:
    dialog = desk.do("model.assess_tier")
    type_in(dialog, "How large?", large)
    type_in(dialog, "How hard?", hard)
    type_in(dialog, "Reason", "Erstbewertung")
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)


def activate(desk: Desk) -> AssessmentForm:
    """Put the draft in force; the assessment follows by itself."""
    desk.act_as(SECOND)
    dialog = desk.do("model.assess_tier")
    type_in(dialog, "Template", "Small")
    desk.sign(dialog)
    form = desk.dialog()
    assert isinstance(form, AssessmentForm)
    return form


def test_a_tier_is_assessed_while_the_result_is_said(desk: Desk, tab: TieringTab) -> None:
    assert "Tier 1 (highest risk): set by hand, not assessed." in texts(tab)
    assert not desk.can("model.override_tier")
    form = activate(desk)
    assert "2 questions are still open." in texts(form)
    type_in(form, "How large?", "large high")
    desk.send(form)
    assert "Please choose an answer." in texts(form)
    large = field(form, "How hard?")
    assert isinstance(large, QComboBox)
    large.setFocus()
    QTest.keyClick(large, Qt.Key.Key_Down)
    QTest.keyClick(large, Qt.Key.Key_Down)
    told = "Tier 1 (highest risk). Materiality high (2 points), complexity medium (1 point)"
    assert told in form.told.accessibleName()
    type_in(form, "How large?", "large low")
    assert "Tier 3" in texts(form)
    type_in(form, "Reason", "Erstbewertung")
    desk.send(form)
    assert not is_open(form)
    said = texts(tab)
    for part in (
        "Tier 3, as assessed.", "large low (0 points)", "hard medium (1 point)", "Erstbewertung",
        "Small (small, version 1)", "Assessed: 1 → 3", "open findings: 0 high, 0 medium",
    ):  # fmt: skip
        assert part in said
    again = desk.do("model.assess_tier")
    assert isinstance(again, AssessmentForm)
    assert again.answers() == {"large": "low", "hard": "medium"}
    again.reject()


def test_an_override_is_given_shown_and_ended(desk: Desk, tab: TieringTab) -> None:
    activate(desk).reject()
    assess(desk)
    dialog = desk.do("model.override_tier")
    desk.send(dialog)
    assert "Please choose a tier." in texts(dialog)
    assert is_open(dialog)
    type_in(dialog, "Tier", "Tier 2")
    desk.send(dialog)
    assert "Please choose a tier." not in texts(dialog)
    assert "An override needs a reason." in texts(dialog)
    type_in(dialog, "Reason", "Neue Verwendung geplant")
    desk.send(dialog)
    assert "An override needs a last day." in texts(dialog)
    until = clock.today() + timedelta(days=20)
    type_in(dialog, "Last day", until.isoformat())
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    said = texts(tab)
    assert f"Tier 2, overridden until {until:%d/%m/%Y}; computed is Tier 4" in said
    assert "the risk class rose" in said
    sheet = tiering.show_tiering(desk.bank.session, "M-00001")
    assert sheet.basis is Basis.OVERRIDDEN
    dialog = desk.do("model.end_override")
    desk.send(dialog)
    assert "Override ended: 2 → 4" in texts(tab)
    assert not desk.can("model.end_override")
    dialog = desk.do("model.edit")
    assert "Follows from the assessment" in texts(dialog)
    shut = [one for one in dialog.findChildren(QWidget) if one.accessibleName() == "Tier"]
    assert [one.isEnabled() for one in shut] == [False]
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(
    desk: Desk, tab: TieringTab, language: str, qtbot: QtBot
) -> None:
    activate(desk).reject()
    assess(desk)
    desk.window.context.language.use(language)
    desk.settle()
    assert nameless(desk.window) == []
    for action in ("model.assess_tier", "model.override_tier"):
        dialog = desk.do(action)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert nameless(dialog) == []
        assert unreachable(dialog) == []
        dialog.reject()
    said = {"en": "How large?", "de": "Wie large?"}
    assert said[language] in texts(tab)
