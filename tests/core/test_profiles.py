"""The judgement of rules: every combination of facts leads to the result that a person expects."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.profiles.data import (
    Condition,
    Level,
    Mark,
    MaxAge,
    Profile,
    Rule,
    Scoping,
    Text,
)
from mlops_desktop.core.profiles.facts import Fact, ModelFacts, Scope, Waiver, column_of, newer
from mlops_desktop.core.profiles.judging import compile_profile, decides
from mlops_desktop.core.profiles.outcomes import Outcome, Reason, Result

DAY = date(2026, 11, 27)
SAID = Text("Owner", "Modellverantwortung")
KEPT = ("field.owner", "field.name", "record.approval")
RULE = Rule("R1", "§ 1", SAID, Level.MUST, ("field.owner",))
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def profile(*rules: Rule, scope: Scoping = Scoping.ASSUMED, begins: date | None = None) -> Profile:
    return Profile(
        "house", "1", DAY, "house", SAID, "DE", "own", Mark.PRIMARY, rules,
        scope=scope, effective_from=begins,
    )  # fmt: skip


def judge(
    rule: Rule, facts: ModelFacts, day: date = DAY, scope: Scoping = Scoping.ASSUMED
) -> Outcome:
    ((outcome,),) = compile_profile(profile(rule, scope=scope), KEPT, day)(column_of(facts))
    return outcome


def model(**facts: Fact) -> ModelFacts:
    return ModelFacts("m1", {name.replace("__", "."): fact for name, fact in facts.items()})


def test_what_is_on_record_is_met_and_what_is_not_is_missing() -> None:
    assert judge(RULE, model(field__owner=Fact())).result is Result.MET
    missing = judge(RULE, model())
    assert (missing.result, missing.names) == (Result.MISSING, ("field.owner",))


def test_all_needs_count_and_one_of_the_alternatives_is_enough() -> None:
    both = replace(RULE, satisfied_by=("field.owner", "field.name"))
    assert judge(both, model(field__owner=Fact())).names == ("field.name",)
    either = replace(RULE, satisfied_by=(("field.owner", "record.approval"),))
    assert judge(either, model(record__approval=Fact())).result is Result.MET
    assert judge(either, model(field__name=Fact())).result is Result.MISSING


def test_what_nobody_keeps_or_was_erased_cannot_be_verified_but_missing_counts_first() -> None:
    nowhere = replace(RULE, satisfied_by=("record.dream", "field.owner"))
    assert judge(nowhere, model(field__owner=Fact())).reason is Reason.NOT_KEPT
    assert judge(nowhere, model()).result is Result.MISSING
    erased = judge(RULE, model(field__owner=Fact(is_erased=True)))
    assert (erased.result, erased.reason) == (Result.UNVERIFIABLE, Reason.ERASED)


@given(days, st.integers(1, 240))
def test_a_value_goes_stale_on_the_day_after_its_last(since: date, months: int) -> None:
    rule = replace(RULE, max_age=MaxAge(months))
    facts = model(field__owner=Fact(since))
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last = min(first.replace(day=min(since.day, 28)) + timedelta(3), first + timedelta(40))
    on_time = first.replace(day=min(since.day, 28))
    assert judge(rule, facts, on_time).result is Result.MET
    stale = judge(rule, facts, last + timedelta(1))
    assert (stale.result, stale.day, stale.months) == (Result.STALE, since, months)


def test_a_confirmation_makes_a_value_fresh_and_the_model_can_say_its_own_interval() -> None:
    rule = replace(RULE, max_age=MaxAge(attribute="interval", confirmed_by="record.approval"))
    old = Fact(DAY - timedelta(400))
    facts = replace(model(field__owner=old), attributes={"interval": frozenset({"12"})})
    assert judge(rule, facts).result is Result.STALE
    confirmed = {**facts.facts, "record.approval": Fact(DAY - timedelta(30))}
    assert judge(rule, replace(facts, facts=confirmed)).result is Result.MET
    assert judge(rule, replace(facts, attributes={})).result is Result.MET
    assert judge(rule, replace(facts, facts={"field.owner": Fact()})).result is Result.MET


def test_what_has_ended_is_stale_until_something_else_holds() -> None:
    rule = replace(RULE, satisfied_by=(("record.approval", "field.name"),))
    ended = Fact(DAY - timedelta(90), until=DAY - timedelta(1))
    stale = judge(rule, model(record__approval=ended))
    assert (stale.result, stale.reason, stale.day) == (Result.STALE, Reason.EXPIRED, ended.until)
    assert judge(rule, model(record__approval=replace(ended, until=DAY))).result is Result.MET
    assert judge(rule, model(record__approval=ended, field__name=Fact())).result is Result.MET


def test_conditions_leave_out_what_they_name_and_never_what_is_not_known() -> None:
    vendor = replace(RULE, applies_when=(Condition("origin", any_of=("vendor",)),))
    not_low = replace(RULE, applies_when=(Condition("tier", none_of=("4",)),))
    own, bought, low = (
        replace(model(), attributes={name: frozenset({value})})
        for name, value in (("origin", "in_house"), ("origin", "vendor"), ("tier", "4"))
    )
    assert judge(vendor, own) == Outcome(Result.NOT_APPLICABLE, Reason.CONDITION, ("origin",))
    assert judge(vendor, bought).result is Result.MISSING
    assert judge(vendor, model()).reason is Reason.UNKNOWN
    assert judge(not_low, low).result is Result.NOT_APPLICABLE
    assert judge(not_low, model()).result is Result.MISSING


def test_scope_is_assumed_or_must_be_decided_and_its_own_rule_holds_either_way() -> None:
    asks = replace(RULE, satisfied_by=("record.scope",))
    out = replace(model(), scope=Scope(is_in=False, reason="CRR"))
    assert judge(RULE, out).reason is Reason.OUT_OF_SCOPE
    assert judge(RULE, model()).result is Result.MISSING
    assert judge(RULE, model(), scope=Scoping.DECIDED).reason is Reason.UNDECIDED
    assert judge(asks, model(), scope=Scoping.DECIDED).result is Result.MISSING
    decided = replace(out, facts={"record.scope": Fact(DAY)})
    assert judge(asks, decided, scope=Scoping.DECIDED).result is Result.MET


def test_a_waiver_covers_gaps_until_its_day_and_nothing_else() -> None:
    waived = replace(model(), waivers={"R1": Waiver("Harms", DAY)})
    found = judge(RULE, waived)
    assert (found.result, found.person, found.day) == (Result.WAIVED, "Harms", DAY)
    assert judge(RULE, waived, DAY + timedelta(1)).result is Result.MISSING
    met = replace(waived, facts={"field.owner": Fact()})
    assert judge(RULE, met).result is Result.MET
    other = replace(model(), waivers={"R2": Waiver("Harms")})
    assert judge(RULE, other).result is Result.MISSING


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("result", list(Result))
def test_only_a_gap_in_a_binding_rule_in_force_decides(level: Level, result: Result) -> None:
    rule = replace(RULE, level=level)
    later = replace(rule, effective_from=DAY + timedelta(1))
    is_gap = result in (Result.MISSING, Result.STALE) and level is not Level.SOUND_PRACTICE
    assert decides(profile(rule), rule, result, DAY) is is_gap
    assert decides(profile(rule, begins=DAY), rule, result, DAY) is is_gap
    assert not decides(profile(rule, begins=DAY + timedelta(1)), rule, result, DAY)
    assert not decides(profile(later), later, result, DAY)


facts = st.builds(Fact, st.none() | days, st.none() | days, st.none(), is_erased=st.booleans())


@given(st.none() | facts, facts)
def test_of_two_that_tell_one_fact_the_later_counts_and_what_can_be_shown(
    one: Fact | None, other: Fact
) -> None:
    found = newer(one, other)
    assert found in (one, other)
    assert found.is_erased == (other.is_erased and (one is None or one.is_erased))


@given(st.dictionaries(st.sampled_from(KEPT), facts), st.booleans())
def test_every_model_gets_one_outcome_a_rule(held: dict[str, Fact], is_in: bool) -> None:
    rules = tuple(replace(RULE, id=name, satisfied_by=(name,)) for name in KEPT)
    columns = column_of(ModelFacts("m", held, scope=Scope(is_in)))
    found = compile_profile(profile(*rules), KEPT, DAY)(columns)
    assert len(found) == len(rules)
    for name, (outcome,) in zip(KEPT, found, strict=True):
        assert (outcome.result is Result.MISSING) == (is_in and name not in held)
