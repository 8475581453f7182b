"""Counter-signatures on record: in turn, by whom they were prepared for, over the latest file."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.verdict import Outcome, Step
from mlops_desktop.services import dossiers, ledger
from mlops_desktop.services.dossiers import Countersigned, Exported, Order
from mlops_desktop.services.dossiers.signers import APPROVERS
from tests.services.conftest import Bank
from tests.services.steps import ask, cast

FIRST, SECOND = "Jonas Brandt", "Miriam Sander"


@pytest.fixture
def sealed(bank: Bank, tmp_path: Path) -> Exported:
    request = ask(bank)
    cast(bank, request, FIRST)
    cast(bank, request, SECOND)
    order = Order("1", tmp_path / "dossier.pdf", signers=(APPROVERS,))
    return dossiers.export_dossier(bank.as_(SECOND), order, bank.unlock(SECOND))


def sign(bank: Bank, name: str, path: Path) -> Countersigned:
    return dossiers.countersign_dossier(bank.as_(name), path, bank.unlock(name))


def test_the_approvers_sign_in_turn_and_the_record_knows_each_state(
    bank: Bank, sealed: Exported, tmp_path: Path
) -> None:
    before = tmp_path / "sealed.pdf"
    before.write_bytes(sealed.path.read_bytes())
    first = sign(bank, FIRST, sealed.path)
    assert (first.place, first.waits_for) == (1, SECOND)
    assert sign(bank, SECOND, sealed.path).waits_for is None
    found = dossiers.verify_dossier(sealed.path, session=bank.session)
    assert (found.verdict.outcome, found.recorded_as) == (Outcome.VALID, sealed.id)
    assert [one.name for one in found.verdict.signatures] == [SECOND, FIRST, SECOND]
    rolled = dossiers.verify_dossier(before, session=bank.session).verdict
    assert (rolled.outcome, rolled.first_failure and rolled.first_failure.code) == (
        Outcome.INDETERMINATE,
        "record_earlier",
    )
    alone = dossiers.verify_dossier(before).verdict
    assert Step.RECORD not in {check.step for check in alone.checks}
    (row,) = dossiers.list_dossiers(bank.session)
    assert [place.name for place in row.places] == [FIRST, SECOND]
    assert len(set(row.digests)) == 3
    assert ledger.verify_ledger(bank.session).is_ok


def test_out_of_turn_twice_and_over_an_earlier_state_are_refused(
    bank: Bank, sealed: Exported, tmp_path: Path
) -> None:
    original = sealed.path.read_bytes()
    with pytest.raises(AppError, match=r"dossier\.not_your_turn"):
        sign(bank, SECOND, sealed.path)
    assert sealed.path.read_bytes() == original
    sign(bank, FIRST, sealed.path)
    with pytest.raises(AppError, match=r"dossier\.not_your_turn"):
        sign(bank, FIRST, sealed.path)
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(original)
    with pytest.raises(AppError, match=r"dossier\.not_latest"):
        sign(bank, SECOND, copy)
    sign(bank, SECOND, sealed.path)
    with pytest.raises(AppError, match=r"dossier\.fully_signed"):
        sign(bank, SECOND, sealed.path)


def test_a_changed_file_is_not_countersigned(bank: Bank, sealed: Exported) -> None:
    data = bytearray(sealed.path.read_bytes())
    data[len(data) // 2] ^= 1
    sealed.path.write_bytes(data)
    size = ledger.read_state(bank.session).size
    with pytest.raises(AppError, match=r"dossier\.not_signable"):
        sign(bank, FIRST, sealed.path)
    assert sealed.path.read_bytes() == data
    assert ledger.read_state(bank.session).size == size
