"""A model's tier through ratings, overrides, edits by hand, and what they do to approvals."""

from datetime import UTC, date, datetime, timedelta

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.approvals import assess, covered_fields
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.approvals import ApprovalDecided, ApprovalRequested, Decision, Seen
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
from mlops_desktop.core.identity import Actor, Role
from mlops_desktop.core.inventory import Grade, ModelDetails, VersionDetails
from mlops_desktop.core.model_state import Happening, ModelState, fold
from mlops_desktop.core.rules import FOUR_EYES
from mlops_desktop.core.standing import Status
from tests.support.tiering import computed

SALT = b"0" * 16
WHY = commit("why", SALT)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = NOW.date()
UNTIL = DAY + timedelta(days=30)
AFTER = UNTIL + timedelta(days=1)
REGISTERED = ModelRegistered("m", ModelDetails(name="PD", tier=2, complexity=Grade.LOW))
RATED = ModelTiered("m", "small", 1, computed(1), WHY)


def folded(*payloads: Event, step: int = 0) -> ModelState:
    """Fold events a ``step`` of days apart."""
    moments = (NOW + timedelta(days=step * place) for place in range(len(payloads)))
    state = fold(
        Happening(place, at, at, Actor("brandt", "desk"), event)
        for place, (at, event) in enumerate(zip(moments, payloads, strict=True))
    )
    assert state is not None
    return state


def overridden(tier: int = 3, until: date = UNTIL) -> ModelTierOverridden:
    return ModelTierOverridden("m", tier, until, commit("tested by hand", SALT))


def asked(tier: int) -> ApprovalRequested:
    covered = covered_fields(ModelDetails(tier=tier), VersionDetails("7"))
    return ApprovalRequested("r", "m", "v7", "production", FOUR_EYES.id, covered, "00" * 32)


def approved() -> tuple[ApprovalDecided, ...]:
    return tuple(
        ApprovalDecided(
            "r", "m", person, commit(person, SALT), Role.VALIDATOR, Decision.APPROVE, "x",
            "00" * 32, Seen(1, "00" * 32), f"of {person}",
        )
        for person in ("anna", "berta")
    )  # fmt: skip


def test_a_rating_sets_tier_and_both_axes_and_knows_when_it_is_due() -> None:
    state = folded(REGISTERED, RATED)
    details = state.details
    assert (details.tier, details.materiality, details.complexity) == (1, Grade.HIGH, Grade.MEDIUM)
    assert details.tier_reason == WHY
    assert state.rating is not None
    assert (state.rating.on, state.rating.due) == (DAY, date(2027, 3, 1))


def test_an_override_holds_through_its_last_day_and_then_gives_way() -> None:
    state = folded(REGISTERED, RATED, overridden())
    assert state.on(UNTIL).details.tier == 3
    assert state.on(AFTER).details.tier == 1
    assert state.on(AFTER).details.tier_reason == WHY
    assert state.on(AFTER).details.complexity is Grade.MEDIUM


def test_an_override_without_a_rating_changes_nothing() -> None:
    assert folded(REGISTERED, overridden()).details.tier == 2


def test_an_override_is_ended_by_a_person_a_new_rating_or_an_edit_by_hand() -> None:
    ended = folded(REGISTERED, RATED, overridden(), ModelTierOverrideEnded("m", WHY))
    again = folded(REGISTERED, RATED, overridden(), ModelTiered("m", "small", 1, computed(2)))
    by_hand = folded(REGISTERED, RATED, overridden(), ModelEdited("m", ModelDetails(tier=4)))
    assert [state.details.tier for state in (ended, again, by_hand)] == [1, 2, 4]
    assert [state.override for state in (ended, again, by_hand)] == [None] * 3
    assert by_hand.rating is None
    assert by_hand.on(AFTER).details.tier == 4


def test_an_edit_of_something_else_leaves_the_rating() -> None:
    state = folded(REGISTERED, RATED, ModelEdited("m", ModelDetails(vendor="X")))
    assert state.rating is not None


def test_another_tier_voids_an_approval_and_the_same_one_does_not() -> None:
    same = folded(REGISTERED, asked(2), *approved(), ModelTiered("m", "small", 1, computed(2)))
    other = folded(REGISTERED, asked(2), *approved(), RATED)
    assert assess(same.requests[0], DAY) is Status.APPROVED
    assert assess(other.requests[0], DAY) is Status.VOIDED
    assert other.requests[0].changed == ("model.tier",)


def test_an_approval_under_an_override_ends_with_it() -> None:
    state = folded(REGISTERED, RATED, overridden(), asked(3), *approved())
    assert [assess(state.requests[0], day) for day in (UNTIL, AFTER)] == [
        Status.APPROVED,
        Status.EXPIRED,
    ]
    assert state.approval(UNTIL) is Approval.INTERIM
    assert state.approved_until(UNTIL) == UNTIL
    open_ = folded(REGISTERED, RATED, overridden(), asked(3))
    assert assess(open_.requests[0], AFTER) is Status.EXPIRED


def test_an_approval_lasts_as_long_as_the_override_is_prolonged() -> None:
    longer = overridden(until=UNTIL + timedelta(days=90))
    state = folded(REGISTERED, RATED, overridden(), asked(3), *approved(), longer)
    assert assess(state.requests[0], AFTER) is Status.APPROVED
    rated = ModelTiered("m", "small", 1, computed(3))
    confirmed = folded(REGISTERED, RATED, overridden(), asked(3), *approved(), rated)
    assert assess(confirmed.requests[0], date.max) is Status.APPROVED


def test_what_was_asked_after_an_override_lapsed_rests_on_the_computed_tier() -> None:
    state = folded(REGISTERED, RATED, overridden(until=DAY + timedelta(days=3)), asked(1), step=2)
    assert assess(state.requests[0], AFTER) is Status.OPEN


def test_prolonging_what_has_lapsed_voids_what_was_approved_since() -> None:
    lapsed = overridden(until=DAY + timedelta(days=3))
    state = folded(REGISTERED, RATED, lapsed, asked(1), *approved(), overridden(), step=2)
    assert assess(state.requests[0], DAY + timedelta(days=20)) is Status.VOIDED
