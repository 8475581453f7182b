"""The tier of a model on both databases: assessed, overridden, as of any date, in every list."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.approvals import Status
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Grade
from mlops_desktop.core.tier_history import StepKind
from mlops_desktop.core.tiering import Basis
from mlops_desktop.services import approvals, ledger, models, tier_templates, tiering
from mlops_desktop.services.differences import diff_models
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.models import ModelFilter, SortBy
from tests.services.conftest import Bank
from tests.services.steps import add_version, bring_in, cast, register
from tests.services.test_tier_templates import written

# Fourteen months after the keys that sign were made.
NOW = (clock.now() + timedelta(days=440)).replace(day=20, hour=9, minute=0, second=0, microsecond=0)
DAY = NOW.date()
UNTIL = DAY + timedelta(days=30)
HIGH = {"large": "high", "hard": "medium"}
LOW = {"large": "low", "hard": "low"}


@pytest.fixture
def small(bank: Bank, tmp_path: Path) -> Bank:
    """A bank whose active template is the small one; its model's tier was typed as 1."""
    with clock.reading(lambda: NOW - timedelta(days=400)):
        bring_in(bank, written(tmp_path), "small")
        register(bank)
    return bank


def override(bank: Bank, tier: int = 3, until: date = UNTIL) -> None:
    tiering.override_tier(bank.session, "M-00001", tier, "Doppelt geprüft", until)


def tier_on(bank: Bank, as_of: AsOf) -> int | None:
    """The tier in the sheet, the row, the record and the list, which must agree."""
    sheet = tiering.show_tiering(bank.session, "M-00001", as_of)
    details = models.show_model(bank.session, "M-00001", as_of).state.details
    assert details.tier == sheet.row.tier
    wanted = ModelFilter(as_of=as_of, tiers=(sheet.row.tier or 0,), sort=SortBy.TIER)
    (row,) = models.list_models(bank.session, wanted)
    assert row.tier == sheet.row.tier
    assert models.count_models(bank.session, wanted) == 1
    return row.tier


def test_a_tier_is_computed_with_what_stands_behind_it(small: Bank) -> None:
    assert tiering.show_tiering(small.session, "M-00001").basis is Basis.BY_HAND
    with clock.reading(lambda: NOW):
        tiering.assess_tier(small.session, "M-00001", "small", LOW, reason="Erstbewertung")
        sheet = tiering.show_tiering(small.session, "M-00001")
    assert sheet.rating is not None
    assert sheet.template is not None
    assert (sheet.row.tier, sheet.inherent, sheet.basis) == (4, 4, Basis.ASSESSED)
    assert (sheet.template.key, sheet.rating.on) == ("small@1", DAY)
    assert [(item.question, item.choice) for item in sheet.rating.computed.answers] == [
        *LOW.items()
    ]
    assert sheet.row.tier_due == DAY.replace(year=DAY.year + 4)
    details = models.show_model(small.session, "M-00001").state.details
    assert (details.materiality, details.complexity) == (Grade.LOW, Grade.LOW)
    assert details.tier_reason is not None
    assert details.tier_reason.text == "Erstbewertung"
    by_hand, assessed = sheet.steps
    assert (by_hand.kind, by_hand.after) == (StepKind.BY_HAND, 1)
    assert (assessed.kind, assessed.before, assessed.after) == (StepKind.ASSESSED, 1, 4)
    assert not assessed.is_increase


def test_an_override_runs_out_by_the_date_alone(small: Bank) -> None:
    with clock.reading(lambda: NOW):
        tiering.assess_tier(small.session, "M-00001", "small", LOW)
        override(small)
        size = ledger.verify_ledger(small.session).size
    for day, tier, basis in (
        (DAY, 3, Basis.OVERRIDDEN),
        (UNTIL, 3, Basis.OVERRIDDEN),
        (UNTIL + timedelta(days=1), 4, Basis.ASSESSED),
    ):
        moment = datetime.combine(day, NOW.time(), tzinfo=UTC)
        with clock.reading(lambda moment=moment: moment):  # type: ignore[misc]
            assert tier_on(small, AsOf()) == tier
            assert tiering.show_tiering(small.session, "M-00001").basis is basis
    later = NOW + timedelta(days=60)
    with clock.reading(lambda: later):
        assert tier_on(small, AsOf(at=UNTIL)) == 3
        assert tier_on(small, AsOf(DAY, DAY)) == 3
        sheet = tiering.show_tiering(small.session, "M-00001")
        assert sheet.has_lapsed
        assert [step.kind for step in sheet.steps][-2:] == [StepKind.OVERRIDDEN, StepKind.LAPSED]
        assert sheet.steps[-1].on == UNTIL + timedelta(days=1)
        (changed,) = diff_models(small.session, DAY, later.date())
        assert [(item.field, item.before, item.after) for item in changed.fields] == [
            ("tier", "3", "4")
        ]
        verdict = ledger.verify_ledger(small.session)
        assert (verdict.is_ok, verdict.size) == (True, size)


def test_an_assessment_dated_back_holds_from_then_but_was_not_known(small: Bank) -> None:
    early = NOW - timedelta(days=100)
    with clock.reading(lambda: NOW - timedelta(days=50)):
        tiering.assess_tier(small.session, "M-00001", "small", HIGH)
        override(small, tier=2)
    with clock.reading(lambda: NOW):
        tiering.assess_tier(small.session, "M-00001", "small", LOW, effective=early)
        day = (early + timedelta(days=1)).date()
        assert tier_on(small, AsOf(at=day)) == 4
        assert tier_on(small, AsOf(known=day, at=day)) == 1
        assert tier_on(small, AsOf()) == 2
        steps = tiering.show_tiering(small.session, "M-00001").steps
        assert [(step.before, step.after) for step in steps] == [
            (None, 1), (1, 4), (4, 1), (1, 2)
        ]  # fmt: skip
        assert [step.is_increase for step in steps] == [False, False, True, False]
        assert ledger.verify_ledger(small.session).is_ok


def test_a_tier_typed_by_hand_ends_what_was_assessed(small: Bank) -> None:
    with clock.reading(lambda: NOW):
        tiering.assess_tier(small.session, "M-00001", "small", LOW)
        override(small)
        models.edit_model(small.session, "M-00001", {"tier": "2"})
        sheet = tiering.show_tiering(small.session, "M-00001")
    assert (sheet.row.tier, sheet.basis, sheet.inherent) == (2, Basis.BY_HAND, None)
    assert sheet.row.tier_due is None
    assert sheet.steps[-1].kind is StepKind.BY_HAND


def test_models_to_be_rated_again_are_found(small: Bank) -> None:
    with clock.reading(lambda: NOW):
        tiering.assess_tier(small.session, "M-00001", "small", HIGH)
    with clock.reading(lambda: NOW + timedelta(days=340)):
        found = models.list_models(small.session, parse_filter("rerating:<30d"))
        assert [row.tier_due for row in found] == [DAY.replace(year=DAY.year + 1)]
        assert not models.list_models(small.session, parse_filter("rerating:<20d"))


def test_an_override_can_be_ended_and_needs_everything(small: Bank) -> None:
    session = small.session
    with clock.reading(lambda: NOW):
        refusals = [
            ("tiering.not_assessed", 3, "weil", UNTIL),
            ("tiering.tier_refused", 5, "weil", UNTIL),
            ("tiering.reason_missing", 3, " ", UNTIL),
            ("tiering.until_missing", 3, "weil", None),
            ("tiering.until_refused", 3, "weil", DAY - timedelta(days=1)),
        ]
        for code, tier, reason, until in refusals:
            with pytest.raises(AppError) as refused:
                tiering.override_tier(session, "M-00001", tier, reason, until)
            assert refused.value.code == code
        tiering.assess_tier(session, "M-00001", "small", LOW)
        with pytest.raises(AppError, match=r"tiering\.override_same"):
            override(small, tier=4)
        with pytest.raises(AppError, match=r"tiering\.no_override"):
            tiering.end_override(session, "M-00001")
        override(small)
        tiering.end_override(session, "M-00001", "Nachweis erbracht")
        assert tier_on(small, AsOf()) == 4


def test_only_an_active_template_rates_and_only_models(small: Bank) -> None:
    with pytest.raises(AppError, match=r"tiering\.template_not_found"):
        tiering.assess_tier(small.session, "M-00001", "general", LOW)
    with clock.reading(lambda: NOW):
        tier_templates.archive_template(small.session, "small")
        with pytest.raises(AppError, match=r"tiering\.template_not_active"):
            tiering.assess_tier(small.session, "M-00001", "small", LOW)


def test_what_was_rated_keeps_its_version(small: Bank, tmp_path: Path) -> None:
    tiering.assess_tier(small.session, "M-00001", "small", LOW)
    bring_in(small, written(tmp_path, 2), "small")
    sheet = tiering.show_tiering(small.session, "M-00001")
    assert sheet.template is not None
    assert sheet.template.key == "small@1"


def test_an_approval_falls_with_the_tier_it_covers(small: Bank) -> None:
    request = ask_again(small)
    tiering.assess_tier(small.session, "M-00001", "small", HIGH)
    assert status(small, request) is Status.APPROVED
    tiering.assess_tier(small.session, "M-00001", "small", LOW)
    assert status(small, request) is Status.VOIDED
    assert approvals.show_request(small.session, request).changed == ("model.tier",)


def test_an_approval_under_an_override_does_not_outlive_it(small: Bank) -> None:
    # Certificates are valid from the day the bank was made, so this happens today.
    until = clock.today() + timedelta(days=30)
    later = clock.now() + timedelta(days=31)
    tiering.assess_tier(small.session, "M-00001", "small", HIGH)
    override(small, until=until)
    request = ask_again(small)
    assert status(small, request) is Status.APPROVED
    assert approvals.show_request(small.session, request).valid_until == until
    with clock.reading(lambda: later):
        assert status(small, request) is Status.EXPIRED
        assert models.show_model(small.session, "M-00001").row.approval.value == "expired"
        assert ledger.verify_ledger(small.session).is_ok


def ask_again(bank: Bank) -> str:
    """Ask for an approval of the one model and let it be granted."""
    add_version(bank, models.show_model(bank.session, "M-00001").row.key)
    by = bank.as_("Corinna Wolters")
    request = approvals.request_approval(by, "M-00001", "7", "production").id
    cast(bank, request, "Jonas Brandt")
    cast(bank, request, "Miriam Sander")
    return request


def status(bank: Bank, request: str) -> Status:
    return approvals.show_request(bank.session, request).status
