"""Whose delegation was taken back before his outbox came decides in nobody's place any more."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.services import copies, decisions, delegations, ledger
from mlops_desktop.services.delegations import NewDelegation
from tests.services.conftest import Bank
from tests.services.steps import APPROVE, ask
from tests.services.test_copies import fates, taken

GIVER, HOLDER = "Miriam Sander", "Jonas Brandt"


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_a_delegation_taken_back_while_its_holder_was_offline(
    file_bank: Bank, tmp_path: Path, is_taken_back: bool
) -> None:
    request, giver, holder = ask(file_bank), file_bank.as_(GIVER), file_bank.as_(HOLDER)
    wanted = NewDelegation(HOLDER, clock.today(), clock.today() + timedelta(days=3))
    delegations.grant_delegation(giver, wanted, file_bank.unlock(GIVER))
    with taken(holder, tmp_path / "train.mlops") as copy:
        for_another = replace(APPROVE, on_behalf_of=GIVER)
        decisions.decide(copy, request, for_another, file_bank.unlock(HOLDER))
        if is_taken_back:
            (given,) = delegations.list_delegations(giver)
            delegations.revoke_delegation(giver, given.delegation.id)
        told = fates(copies.push(copy, holder))
    refused = (Fate.REFUSED, "delegation_revoked")
    assert told == [refused if is_taken_back else (Fate.EFFECTIVE, None)]
    assert ledger.verify_ledger(giver).is_ok
