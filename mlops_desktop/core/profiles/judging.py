"""The judgement: a profile compiled once, then applied to the facts about each model."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from mlops_desktop.core.profiles import checks
from mlops_desktop.core.profiles.checks import SCOPE, Check
from mlops_desktop.core.profiles.data import Condition, Level, Profile, Rule
from mlops_desktop.core.profiles.facts import ModelFacts, Waiver
from mlops_desktop.core.profiles.outcomes import GAPS, MET, Outcome, Reason, Result

Judge: TypeAlias = Callable[[ModelFacts], tuple[Outcome, ...]]
"""Judges a model under one profile: an outcome for each rule, in the order of the rules."""

_JudgeRule: TypeAlias = Callable[[ModelFacts, Outcome | None, list[Outcome | None]], Outcome]
_WAIVABLE = GAPS | {Result.UNVERIFIABLE}


def decides(profile: Profile, rule: Rule, result: Result, day: date) -> bool:
    """Tell whether a result makes the answer "no": a binding rule in force, missing or stale."""
    is_binding = rule.level is not Level.SOUND_PRACTICE
    return is_binding and result in GAPS and profile.in_force(rule, day)


def compile_profile(profile: Profile, kept: Iterable[str], day: date) -> Judge:
    """Return what judges models under a profile as of a day.

    ``kept`` names the facts that this program keeps at all: a rule that asks for what nobody
    keeps cannot be verified, which is not the same as missing.
    """
    known = frozenset(kept) | {SCOPE}
    asked = tuple(dict.fromkeys(one for rule in profile.rules for one in rule.applies_when))
    conditions = [checks.check_condition(one) for one in asked]
    scope = checks.check_scope(profile.scope)
    compiled = [_compile_rule(rule, asked, known, day) for rule in profile.rules]

    def judge(facts: ModelFacts) -> tuple[Outcome, ...]:
        outside = scope(facts)
        # Many rules share a condition: each is asked once a model.
        barred = [condition(facts) for condition in conditions]
        found = [rule(facts, outside, barred) for rule in compiled]
        return _waived(profile, facts, found, day) if facts.waivers else tuple(found)

    return judge


def _compile_rule(
    rule: Rule, asked: tuple[Condition, ...], kept: frozenset[str], day: date
) -> _JudgeRule:
    mine = [asked.index(one) for one in rule.applies_when]
    asks_scope = (SCOPE,) in rule.needs
    check = _compile_needs(rule, kept, day)

    def judge(facts: ModelFacts, outside: Outcome | None, barred: list[Outcome | None]) -> Outcome:
        if outside is not None and not asks_scope:
            return outside
        for at in mine:
            outcome = barred[at]
            if outcome is not None:
                return outcome
        return check(facts) or MET

    return judge


def _compile_needs(rule: Rule, kept: frozenset[str], day: date) -> Check:
    """Return what objects to the facts a rule asks for, as far as anybody keeps them."""
    asked = [tuple(name for name in need if name in kept) for need in rule.needs]
    check = checks.check_needs(tuple(need for need in asked if need), rule.max_age, day)
    if all(asked):
        return check
    nowhere = tuple(name for need in rule.needs for name in need if name not in kept)
    not_kept = Outcome(Result.UNVERIFIABLE, Reason.NOT_KEPT, nowhere)

    def check_rest(facts: ModelFacts) -> Outcome | None:
        outcome = check(facts)
        # What is missing can be told in spite of what cannot.
        return outcome if outcome is not None and outcome.result is Result.MISSING else not_kept

    return check_rest


def _waived(
    profile: Profile, facts: ModelFacts, found: list[Outcome], day: date
) -> tuple[Outcome, ...]:
    pairs = zip(profile.rules, found, strict=True)
    return tuple(_waive(facts.waivers.get(rule.id), one, day) for rule, one in pairs)


def _waive(waiver: Waiver | None, outcome: Outcome, day: date) -> Outcome:
    if waiver is None or outcome.result not in _WAIVABLE:
        return outcome
    if waiver.until is not None and waiver.until < day:
        return outcome
    until, who = waiver.until, waiver.approver
    return Outcome(Result.WAIVED, Reason.WAIVER, outcome.names, until, person=who)
