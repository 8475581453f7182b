"""A subject expert looks a decision up in the model's detail, and has it shown for a purpose."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mlops_desktop.core.inventory import Pair
from mlops_desktop.services import decision_records, sources
from mlops_desktop.services.sources import NewSource
from mlops_desktop.ui.pages.models.decision_finding import DecisionDialog
from mlops_desktop.ui.pages.models.tabs.decision import DecisionTab
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk, texts
from tests.ui.pages.models.acts import tab as show_tab

REFERENCE = "ELB-2026-0418-77310"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path) -> Desk:
    register(file_bank, name="Antragsscore")
    register(file_bank, name="Anderes")
    root = tmp_path / "archiv"
    root.mkdir()
    row = f"{REFERENCE};Antragsscore;declined;3100;-0,41;0,1"
    (root / "e.csv").write_text(f"az;modell;ergebnis;einkommen;quote;alter\n{row}\n")
    told = {"reference": "az", "model": "modell", "output": "ergebnis", "input.Income": "einkommen"}
    told |= {"contribution.Age": "alter", "contribution.Debt service": "quote"}
    settings = tuple(Pair(f"decision.{name}", value) for name, value in told.items())
    sources.add_source(
        file_bank.session, NewSource("folder", "archiv", str(root), settings=settings)
    )
    return open_desk(make_window, file_bank, qtbot)


def _stand_on(desk: Desk, number: str) -> DecisionTab:
    desk.window.context.show_page("models", number)
    desk.settle()
    show_tab(desk, desk.models(), "Single decision")
    (tab,) = desk.models().detail.findChildren(DecisionTab)
    return tab


def test_masked_first_and_shown_for_a_purpose_that_is_recorded(desk: Desk) -> None:
    tab = _stand_on(desk, "M-00001")
    assert nameless(tab) == []
    tab.reference.setText("ELB-0")
    tab.look.click()
    desk.settle()
    assert "There is no decision" in texts(tab)
    tab.reference.setText(REFERENCE)
    tab.look.click()
    desk.settle()
    seen = texts(tab)
    assert "declined" in seen
    assert "••• masked" in seen
    assert "3100" not in seen
    assert seen.index("Debt service") < seen.index("Age")
    assert "−0.41" in seen
    tab.open.click()
    desk.settle()
    assert "The purpose is missing" in texts(tab)
    assert decision_records.list_shown(desk.bank.session) == ()
    tab.purpose.setText("Beschwerde")
    tab.open.click()
    desk.settle()
    assert "3100" in texts(tab)
    (shown,) = decision_records.list_shown(desk.bank.session)
    assert shown.purpose == "Beschwerde"
    # beside another model nothing of it stays
    tab = _stand_on(desk, "M-00002")
    assert "3100" not in texts(tab)
    assert tab.reference.text() == ""


def test_a_decision_of_another_model_leads_there(desk: Desk) -> None:
    tab = _stand_on(desk, "M-00002")
    tab.reference.setText(REFERENCE)
    tab.look.click()
    desk.settle()
    (link,) = [one for one in tab.findChildren(QPushButton) if one.text() == "M-00001 Antragsscore"]
    link.click()
    desk.settle()
    assert desk.models().detail.wanted_id() == "M-00001"
    assert "declined" in texts(desk.models().detail)


def test_a_reference_alone_leads_to_the_model_that_decided(desk: Desk) -> None:
    desk.models()
    desk.window.context.actions.run("decision.find")
    desk.settle()
    (dialog,) = desk.window.findChildren(DecisionDialog)
    assert nameless(dialog) == []
    for typed in ("ELB-0", REFERENCE):
        dialog.reference.setText(typed)
        dialog.verb.click()
        desk.settle()
        if typed == "ELB-0":
            assert "There is no decision" in texts(dialog)
    detail = desk.models().detail
    desk.qtbot.waitUntil(lambda: "declined" in texts(detail))
    assert detail.wanted_id() == "M-00001"
    assert "••• masked" in texts(detail)
