"""Somebody with a database shell changes a row; whoever verifies reads which one."""

from mlops_desktop.store.engine import WRITES
from tests.services.steps import register
from tests.stories.conftest import Sit
from tests.support.bank import Bank


def change_behind_its_back(bank: Bank, statement: str) -> None:
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()
    engine.dispose()


def test_an_honest_ledger_is_verified_and_the_status_bar_says_so(sit: Sit, file_bank: Bank) -> None:
    register(file_bank)
    desk = sit()
    desk.sees("not verified yet, never anchored")
    desk.goes_to("Ledger")
    desk.clicks("Verify the ledger")
    desk.sees("The ledger is sound", "12 of 12 checks passed", "Every event and every row")
    desk.goes_to("Models")
    desk.sees_no("not verified yet")
    desk.sees("verified ")


def test_a_changed_row_is_named_by_verify(sit: Sit, file_bank: Bank) -> None:
    register(file_bank)
    desk = sit()
    desk.chooses("PD Mittelstand (IRB)")
    change_behind_its_back(file_bank, "UPDATE models SET tier = 4")
    desk.goes_to("Ledger")
    desk.clicks("Verify the ledger")
    desk.sees("The ledger is not sound", "11 of 12 checks passed")
    desk.sees("of models differs from what the ledger says (column tier).")
    desk.goes_to("Models")
    desk.sees("Verification failed")


def test_the_ledger_is_spoken_of_where_its_page_was_never_shown(sit: Sit, file_bank: Bank) -> None:
    desk = sit()
    desk.sees("not verified yet, never anchored")
    desk.does("Deutsch")
    desk.sees("noch nicht geprüft")


def test_the_palette_finds_a_model_from_any_page(sit: Sit, file_bank: Bank) -> None:
    register(file_bank)
    desk = sit()
    desk.goes_to("Ledger")
    desk.does("mittelstand")
    desk.sees("Models", "PD Mittelstand (IRB)", "tier 1")
