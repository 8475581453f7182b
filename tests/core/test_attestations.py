"""Coverage is counted in whole numbers: nothing short of a target ever reads as the target."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.attestations import (
    COVERING,
    Answer,
    Gap,
    Question,
    Stage,
    Standing,
    Target,
    answer_refusal,
    cover,
    mandate_of,
    read_percent,
    share_text,
)
from mlops_desktop.core.delegations import Delegation, Mandate
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.lifecycle import NOT_CURRENT, State
from mlops_desktop.core.rules import Kind

TIERS = st.none() | st.integers(1, 4)
standings = st.builds(
    Standing,
    st.uuids().map(str),
    TIERS,
    st.none() | st.sampled_from(Answer),
    st.booleans(),
    st.sampled_from(State),
)
percents = st.decimals(0, 100, places=2).map(lambda number: read_percent(str(number)) or "")
targets = st.dictionaries(TIERS, percents).map(
    lambda wanted: tuple(Target(percent, tier) for tier, percent in wanted.items())
)


@given(st.lists(standings), targets)
def test_every_model_is_counted_once(asked: list[Standing], wanted: tuple[Target, ...]) -> None:
    found = cover(asked, wanted)
    assert sum(one.asked for one in found) == len(asked)
    assert sum(one.left for one in found) == sum(one.state in NOT_CURRENT for one in asked)
    counting = [one for one in asked if one.state not in NOT_CURRENT]
    assert sum(one.covered for one in found) == sum(one.answer in COVERING for one in counting)
    assert sum(one.answered for one in found) == sum(one.answer is not None for one in counting)
    tiers = [one.tier for one in found]
    assert {target.tier for target in wanted} <= set(tiers)
    assert len(set(tiers)) == len(tiers)


@given(st.lists(standings), targets)
def test_a_tier_is_met_by_its_share_alone(
    asked: list[Standing], wanted: tuple[Target, ...]
) -> None:
    for one in cover(asked, wanted):
        if one.target is None or not one.counting:
            assert one.is_met
        else:
            share = Fraction(one.covered * 100, one.counting)
            assert one.is_met == (share >= Fraction(one.target.percent))
            more = Fraction((one.covered + one.lacking) * 100, one.counting)
            assert more >= Fraction(one.target.percent)


@given(st.lists(standings), targets)
def test_below_target_somebody_is_named(asked: list[Standing], wanted: tuple[Target, ...]) -> None:
    for one in cover(asked, wanted):
        gaps = [other for other in asked if other.tier == one.tier and other.gap is not None]
        assert len(gaps) == one.counting - one.covered
        assert one.lacking <= len(gaps)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_never_shown_as_more(part: int, more: int) -> None:
    whole = part + more
    shown, share = Fraction(share_text(part, whole)), Fraction(part * 100, whole)
    assert shown <= share < shown + Fraction(1, 100)
    assert share_text(part, whole) != "100"
    assert share_text(whole, whole) == "100"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(22, 24, "91.66"), (9_999, 10_000, "99.99"), (99_999, 100_000, "99.99"), (0, 0, "100")],
)
def test_shares_as_people_read_them(part: int, whole: int, shown: str) -> None:
    assert share_text(part, whole) == shown


@given(st.text())
def test_a_percentage_is_read_exactly_or_not_at_all(text: str) -> None:
    found = read_percent(text)
    assert found is None or (0 <= Fraction(found) <= 100 and read_percent(found) == found)


@pytest.mark.parametrize(
    ("text", "read"),
    [("100", "100"), ("92,50 %", "92.5"), ("0", "0"), ("100.01", None), ("1e2", None), ("٩", None)],
)
def test_percentages_as_people_type_them(text: str, read: str | None) -> None:
    assert read_percent(text) == read


OWNER, DEPUTY = Person("wolters", "Corinna Wolters"), Person("sander", "Miriam Sander")
DAY = date(2026, 9, 30)
GRANTED = Delegation("g1", "wolters", "sander", date(2026, 9, 1), DAY)
ASKED = Question("m1", Stage.OPEN, OWNER, State.PRODUCTION, DAY, (GRANTED,))


def _with(delegation: Delegation) -> Question:
    return replace(ASKED, delegations=(delegation,))


@pytest.mark.parametrize(
    ("question", "person", "rule"),
    [
        (ASKED, OWNER, None),
        (ASKED, replace(OWNER, roles=(Role.RISK_MANAGER,)), None),
        (ASKED, replace(OWNER, is_revoked=True), "revoked"),
        (ASKED, DEPUTY, None),
        (ASKED, replace(DEPUTY, roles=(Role.RISK_MANAGER,)), "risk_manager"),
        (ASKED, Person("x", "X"), "not_owner"),
        (replace(ASKED, stage=Stage.CLOSED), OWNER, "not_open"),
        (replace(ASKED, state=State.RETIRED), OWNER, "has_left"),
        (replace(ASKED, owner=None), DEPUTY, "no_owner"),
        (replace(ASKED, owner=replace(OWNER, is_revoked=True)), DEPUTY, "no_owner"),
        (_with(replace(GRANTED, ends=date(2026, 9, 29))), DEPUTY, "delegation_expired"),
        (_with(replace(GRANTED, begins=date(2026, 10, 1), ends=date.max)), DEPUTY,
         "delegation_not_begun"),
        (_with(replace(GRANTED, is_revoked=True)), DEPUTY, "delegation_revoked"),
        (_with(replace(GRANTED, mandate=Mandate(("m2",)))), DEPUTY, "delegation_scope"),
        (_with(replace(GRANTED, mandate=Mandate((), (Kind.PROMOTE,)))), DEPUTY,
         "delegation_scope"),
    ],
)  # fmt: skip
def test_who_may_answer(question: Question, person: Person, rule: str | None) -> None:
    assert answer_refusal(question, person) == rule
    if rule is None:
        assert mandate_of(question, person) == (None if person.id == OWNER.id else "g1")


@pytest.mark.parametrize(
    ("answer", "has_owner", "gap"),
    [
        (None, True, Gap.NOT_ANSWERED),
        (None, False, Gap.NO_OWNER),
        (Answer.NOT_MINE, False, Gap.NOT_MINE),
        (Answer.CANNOT_SAY, True, Gap.CANNOT_SAY),
        (Answer.CHANGED, False, None),
    ],
)
def test_why_a_model_is_not_covered(
    answer: Answer | None, has_owner: bool, gap: Gap | None
) -> None:
    assert Standing("m", 1, answer, has_owner, State.PRODUCTION).gap is gap
    assert Standing("m", 1, answer, has_owner, State.RETIRED).gap is None
