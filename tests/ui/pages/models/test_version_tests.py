"""The tests of a model's versions in the window, and what the gate says of them."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.version_tests import TestKind
from mlops_desktop.services import models
from mlops_desktop.services.version_tests import require_tests
from mlops_desktop.ui.pages.models.page import ModelsPage
from tests.services.steps import register
from tests.services.test_version_tests import define, version
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk
from tests.ui.pages.models.acts import tab


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    model = register(file_bank)
    version(file_bank, model, "0.69")
    define(file_bank, model)
    require_tests(file_bank.session, 1, (TestKind.SECURITY,), "Klasse 1")
    return open_desk(make_window, file_bank, qtbot)


def test_it_says_what_is_red_missing_and_why_the_gate_is_shut(desk: Desk, page: ModelsPage) -> None:
    told = tab(desk, page, "Tests")
    assert "Model: Trennschärfe" in told
    assert "failed: 0.69 (threshold 0.7)" in told
    assert told.count("Security") == 1, "the gate says what is missing"
    assert "No result of a test of the kind “Security”" in told
    assert "misses the threshold" in told
    assert "Nobody has asked for an approval" in told


def test_of_a_version_that_the_gate_is_not_asked_about_it_says_itself_what_is_missing(
    desk: Desk, page: ModelsPage
) -> None:
    model = models.show_model(desk.bank.session, "M-00001").row.key
    for label in range(8, 20):
        version(desk.bank, model, "0.71", str(label))
    told = tab(desk, page, "Tests")
    assert told.count("Security: no result") == 1
    assert told.count("“Security”") == 12


def test_it_says_so_in_german(desk: Desk, page: ModelsPage) -> None:
    desk.window.context.actions.run("language.de")
    desk.settle()
    told = tab(desk, page, "Tests")
    assert "nicht bestanden: 0,69 (Schwelle 0,7)" in told
    assert told.count("Sicherheit") == 1
    assert "der Art „Sicherheit“" in told
    assert "0,69 verfehlt die Schwelle 0,7" in told
    assert "production" not in told
