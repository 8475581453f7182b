"""The authority takes no more than five wrong passphrases, and does not stay shut for good."""

from datetime import UTC, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.certification import unlock_authority
from tests.services.conftest import PASSPHRASE, Bank


def _refused(bank: Bank, passphrase: str) -> str:
    with pytest.raises(AppError) as refused:
        unlock_authority(bank.session, lambda: passphrase)
    return refused.value.code


def test_a_locked_authority_opens_again_after_an_hour(file_bank: Bank) -> None:
    """Nobody could certify its holder anew, as is done with a person's key."""
    wrong = [_refused(file_bank, "nicht diese") for _ in range(5)]
    assert wrong == ["person_key.authority_wrong"] * 4 + ["person_key.authority_locked"]
    assert _refused(file_bank, PASSPHRASE) == "person_key.authority_locked"
    now = datetime.now(UTC)
    with clock.reading(lambda: now + timedelta(minutes=59)):
        assert _refused(file_bank, PASSPHRASE) == "person_key.authority_locked"
    with clock.reading(lambda: now + timedelta(minutes=61)):
        assert _refused(file_bank, "nicht diese") == "person_key.authority_locked"
        assert unlock_authority(file_bank.session, lambda: PASSPHRASE).certificate is not None
        assert _refused(file_bank, "nicht diese") == "person_key.authority_wrong"
