"""A dossier is prepared first, looked at, and sealed as it was looked at, byte for byte."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers, ledger, models
from mlops_desktop.services.dossiers import Order
from tests.services.conftest import Bank
from tests.services.steps import register

SIGNER = "Jonas Brandt"


def test_the_seal_is_put_on_the_very_bytes_that_were_prepared(bank: Bank, tmp_path: Path) -> None:
    register(bank)
    by, out = bank.as_(SIGNER), tmp_path / "dossier.pdf"
    size = ledger.read_state(bank.session).size
    prepared = dossiers.prepare_dossier(by, Order("1", out))
    assert not out.exists()
    assert ledger.read_state(bank.session).size == size
    made = dossiers.seal_dossier(by, prepared, bank.unlock(SIGNER))
    assert out.read_bytes().startswith(prepared.unsealed)
    assert made.content == prepared.record.content
    found = dossiers.verify_dossier(out, session=bank.session)
    assert (found.verdict.outcome, found.recorded_as) == (Outcome.VALID, made.id)


def test_a_preview_is_outdated_as_soon_as_something_is_recorded(bank: Bank, tmp_path: Path) -> None:
    register(bank)
    by, out = bank.as_(SIGNER), tmp_path / "dossier.pdf"
    prepared = dossiers.prepare_dossier(by, Order("1", out))
    models.edit_model(bank.session, "1", {"purpose": "Something else"})
    asked: list[str] = []

    def unlock(person: object) -> object:
        asked.append("asked")
        return bank.unlock(SIGNER)

    size = ledger.read_state(bank.session).size
    with pytest.raises(AppError, match=r"dossier\.preview_outdated"):
        dossiers.seal_dossier(by, prepared, unlock)  # type: ignore[arg-type]
    again = dossiers.prepare_dossier(by, Order("1", out))
    with pytest.raises(AppError, match=r"dossier\.preview_outdated"):  # somebody else acts now
        dossiers.seal_dossier(bank.session, again, unlock)  # type: ignore[arg-type]
    assert not asked
    assert not out.exists()
    assert ledger.read_state(bank.session).size == size


def test_what_is_recorded_while_the_key_is_unlocked_outdates_it_too(
    bank: Bank, tmp_path: Path
) -> None:
    register(bank)
    by, out = bank.as_(SIGNER), tmp_path / "dossier.pdf"
    prepared = dossiers.prepare_dossier(by, Order("1", out))
    key = bank.unlock(SIGNER)

    def unlock(person: object) -> object:
        models.edit_model(bank.session, "1", {"purpose": "Something else"})
        return key(person)  # type: ignore[arg-type]

    with pytest.raises(AppError, match=r"dossier\.preview_outdated"):
        dossiers.seal_dossier(by, prepared, unlock)  # type: ignore[arg-type]
    assert list(tmp_path.glob("*.pdf")) == []
    assert list(tmp_path.glob(".*part")) == []
