"""Approvals by legal entity: what a request holds for, what is shown, and what use breaks."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.approval_state import BEST_LAST, Approval
from mlops_desktop.core.approvals import Request
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState, Serving
from mlops_desktop.core.quorum import Cast
from mlops_desktop.core.rules import FOUR_EYES
from mlops_desktop.core.serving_rules import Breach, Known, find_breaches

ON = date(2026, 9, 30)
BANK, LEASING, LUX = (f"00000000-0000-7000-8000-00000000000{n}" for n in range(3))
ENTITIES = (BANK, LEASING, LUX)
SETS = st.lists(st.sampled_from(ENTITIES), unique=True).map(tuple)
VALIDATED = Known(is_validated=True)


def cast(person: str, *entities: str, decision: Decision = Decision.APPROVE) -> Cast:
    return Cast(person, decision, f"of {person}", entities=entities)


def request(asked: tuple[str, ...], *casts: Cast) -> Request:
    return Request("r", "v", "production", FOUR_EYES.id, "w", casts, entities=asked)


def granted(*entities: str) -> Request:
    return request(entities, cast("a"), cast("b"))


def model(asked: Request, used: tuple[str, ...] = (), *serving: str | None) -> ModelState:
    open_ones = tuple(
        Serving(f"d{n}", "v", "3", "production", "champion", entity)
        for n, entity in enumerate(serving)
    )
    details = ModelDetails(used_by=used)
    return ModelState("m", State.DEVELOPMENT, details, serving=open_ones, requests=(asked,))


def rules(state: ModelState, known: Known = VALIDATED) -> set[tuple[str, str | None]]:
    return {(one.rule.value, one.entity) for one in find_breaches(state, ON, known)}


@given(SETS, SETS, SETS)
def test_it_holds_for_what_every_part_names(
    asked: tuple[str, ...], first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    made = request(asked, cast("a", *first), cast("b", *second))
    parts = [part for part in (asked, first, second) if part]
    for entity in ENTITIES:
        assert made.covers(entity) == all(entity in part for part in parts)
    assert (made.holds_for is None) == (not parts)
    assert made.covers(None) == (made.holds_for is None or bool(made.holds_for))


@given(SETS, SETS)
def test_only_an_approval_narrows(asked: tuple[str, ...], said: tuple[str, ...]) -> None:
    abstained = request(asked, cast("a", *said, decision=Decision.ABSTAIN))
    assert abstained.holds_for == (frozenset(asked) or None)


@given(SETS, SETS, st.sampled_from((None, *ENTITIES)))
def test_use_breaks_a_rule_exactly_where_no_approval_holds(
    asked: tuple[str, ...], used: tuple[str, ...], named: str | None
) -> None:
    state = model(granted(*asked), used, named)
    served = (named,) if named else used
    missing = {one for one in served if asked and one not in asked}
    assert rules(state) == {("use_outside_purpose", one) for one in missing}
    # What is shown says the same, for each entity and for the whole.
    for entity in served:
        shown = state.approval_in(entity, ON)
        assert (shown is Approval.APPROVED) == (entity not in missing)
    worst = [state.approval_in(entity, ON) for entity in served] or [Approval.APPROVED]
    in_part = bool(missing) and missing != set(served)
    expected = Approval.APPROVED_IN_PART if in_part else min(worst, key=BEST_LAST.index)
    assert state.approval(ON) is expected


@given(SETS)
def test_old_requests_hold_for_every_entity(used: tuple[str, ...]) -> None:
    state = model(granted(), used, None)
    assert rules(state) == set()
    assert {state.approval_in(entity, ON) for entity in ENTITIES} == {Approval.APPROVED}


def test_a_name_typed_before_there_was_a_register_is_not_judged() -> None:
    assert rules(model(granted(BANK), ("Elbmark Bank AG",), None)) == set()


def test_without_any_approval_one_exception_is_enough() -> None:
    state = model(request((BANK,), cast("a")), (BANK, LUX), None)
    assert rules(state, Known()) == {("production_without_approval", None)}


def test_use_before_validation_is_a_breach_until_it_is_validated_waived_or_from_paper() -> None:
    state = model(granted(), (), None)
    assert list(find_breaches(state, ON)) == [
        Breach(ExceptionRule.USE_BEFORE_VALIDATION, "production")
    ]
    waived = frozenset({ExceptionRule.USE_BEFORE_VALIDATION})
    for known in (VALIDATED, Known(waived=waived), Known(onboarded=frozenset({"d0"}))):
        assert rules(state, known) == set()


def test_what_was_told_lasts_until_there_is_a_validation() -> None:
    state = model(request(()), (), None)
    told = Known(told=frozenset({ExceptionRule.USE_BEFORE_VALIDATION}))
    assert rules(state, told) == {
        ("production_without_approval", None),
        ("use_before_validation", None),
    }
    assert rules(state, replace(told, is_validated=True)) == {("production_without_approval", None)}


def test_no_waiver_lifts_that_an_approval_is_needed() -> None:
    state = model(request(()), (), None)
    waived = frozenset(ExceptionRule)
    assert rules(state, Known(waived=waived)) == {("production_without_approval", None)}
    retired = replace(state, stage=State.RETIRED)
    assert rules(retired, Known(waived=waived)) == {("retired_but_running", None)}
