"""Nobody approves his own model: not by handing it over, dating back, or another name."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import Status
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.model_state import Approval
from mlops_desktop.services import approvals, ledger, models
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import add_version, ask, cast, register

LAST_YEAR = datetime(2025, 1, 2, tzinfo=UTC)


def _edit(bank: Bank, **texts: str) -> None:
    models.edit_model(bank.as_(FOUNDER), "M-00001", texts)


def _standing(bank: Bank, request: str) -> tuple[Status, tuple[str, ...]]:
    row = approvals.show_request(bank.session, request)
    return row.status, row.changed


def test_an_owner_who_hands_the_model_over_is_still_refused(bank: Bank) -> None:
    request = ask(bank, by=FOUNDER)
    _edit(bank, owner="Miriam Sander")
    with pytest.raises(AppError, match="refused_owner"):
        cast(bank, request, "Corinna Wolters")
    assert ledger.verify_ledger(bank.session).is_ok


def test_who_handed_a_model_over_before_the_request_is_no_signer_of_it(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    _edit(file_bank, owner=FOUNDER)
    asked = approvals.request_approval(file_bank.as_(FOUNDER), model, "7", "production")
    assert {one.name for one in approvals.signers_left(file_bank.session, asked.id)} == {
        "Jonas Brandt",
        "Miriam Sander",
    }


@pytest.mark.parametrize("relation", ["owner", "developer"])
def test_a_signer_who_becomes_owner_or_developer_voids_the_open_request(
    bank: Bank, relation: str
) -> None:
    request = ask(bank, by=FOUNDER)
    cast(bank, request, "Jonas Brandt")
    _edit(bank, **{relation: "Jonas Brandt"})
    assert _standing(bank, request) == (Status.VOIDED, (f"model.{relation}",))
    with pytest.raises(AppError, match="refused_closed"):
        cast(bank, request, "Miriam Sander")
    assert ledger.verify_ledger(bank.session).is_ok


def test_an_approval_outlives_the_signer_who_later_takes_the_model_over(file_bank: Bank) -> None:
    request = ask(file_bank, by=FOUNDER)
    cast(file_bank, request, "Jonas Brandt")
    cast(file_bank, request, "Miriam Sander")
    _edit(file_bank, owner="Jonas Brandt")
    assert _standing(file_bank, request) == (Status.APPROVED, ())


def test_a_covered_field_changed_with_an_earlier_date_voids_all_the_same(bank: Bank) -> None:
    request = ask(bank, by=FOUNDER)
    cast(bank, request, "Jonas Brandt")
    earlier = {"purpose": "Wetten"}
    models.edit_model(bank.as_(FOUNDER), "M-00001", earlier, effective=LAST_YEAR)
    assert _standing(bank, request) == (Status.VOIDED, ("model.purpose",))
    with pytest.raises(AppError, match="refused_closed"):
        cast(bank, request, "Miriam Sander")
    assert ledger.verify_ledger(bank.session).is_ok


def test_signatures_count_where_the_signers_clock_is_behind(bank: Bank) -> None:
    ahead = clock.now() + timedelta(minutes=1)
    with clock.reading(partial(lambda moment: moment, ahead)):
        request = ask(bank, by=FOUNDER)
    cast(bank, request, "Jonas Brandt")
    cast(bank, request, "Miriam Sander")
    assert _standing(bank, request)[0] is Status.APPROVED
    assert models.show_model(bank.session, "M-00001").row.approval is Approval.APPROVED
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_request_is_not_voided_by_what_was_recorded_before_it(file_bank: Bank) -> None:
    model = register(file_bank)
    add_version(file_bank, model)
    ahead = clock.now() + timedelta(minutes=1)
    with clock.reading(partial(lambda moment: moment, ahead)):
        _edit(file_bank, purpose="Bepreisung")
    asked = approvals.request_approval(file_bank.as_(FOUNDER), model, "7", "production")
    cast(file_bank, asked.id, "Jonas Brandt")
    assert _standing(file_bank, asked.id) == (Status.OPEN, ())
