"""The chapter on regimes: what holds of all rows is said once, above them."""

from mlops_desktop.dossier.content import Cell, Missing
from mlops_desktop.services.dossiers.chapters import regulation
from mlops_desktop.services.profiles import checking
from tests.services.conftest import Bank
from tests.services.steps import register


def levels(bank: Bank, profile: str) -> dict[str, list[str]]:
    """Return what stands beside the level of each rule."""
    matrix = checking.check_model(bank.session, profile, "1")
    rows = [regulation._row(matrix, cell) for cell in matrix.rows()]
    return {texts(row[0])[0]: texts(row[2])[1:] for row in rows}


def texts(cell: Cell) -> list[str]:
    return [] if isinstance(cell, Missing) else [one.text for one in cell]


def test_how_well_a_text_is_known_is_said_of_a_row_that_differs(file_bank: Bank) -> None:
    register(file_bank)
    act, marisk = levels(file_bank, "eu-ai-act"), levels(file_bank, "marisk-at-4-3-5")
    assert not [one for told in act.values() for one in told if one == "mark.S"]
    assert (marisk["MAR-1"], marisk["MAR-3"]) == ([], ["mark.S"])
