"""Two voices of one person in one outbox: rules see the first before they judge the second."""

import random
from pathlib import Path
from unittest.mock import patch

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.services import approvals, copies, decisions
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.models import ModelFilter, list_models
from tests.services.copies.acts import found
from tests.services.copies.team import NAMES, Team
from tests.support.bank import NewBank

_RULES = "mlops_desktop.services.decisions.refusal_of"


def test_who_abstained_does_not_approve_in_the_same_outbox(
    new_team_bank: NewBank, tmp_path: Path
) -> None:
    with new_team_bank(tmp_path) as bank:
        found(bank.as_(NAMES[1]), random.Random(1), 1)  # noqa: S311 - no secret
        (model,) = list_models(bank.session, ModelFilter(), limit=2)
        key = approvals.request_approval(bank.as_(NAMES[0]), model.id, "1", "production").id
        team = Team(bank, tmp_path)
        team.gather(4)
        voter = team.members[3]
        assert voter.copy.unlock is not None
        with patch(_RULES, return_value=None):  # a program that asks no rules
            for decision in (Decision.ABSTAIN, Decision.APPROVE):
                decisions.decide(voter.copy, key, Ballot(decision, "Ja."), voter.copy.unlock)
        first, second = copies.push(voter.copy, voter.team).arrivals
        assert first.fate is Fate.EFFECTIVE
        assert (second.fate, second.rule) == (Fate.REFUSED, "twice")
        team.close()
