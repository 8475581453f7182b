"""The judgement: a profile compiled once, then applied to the facts about each model."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from mlops_desktop.core.profiles import checks
from mlops_desktop.core.profiles.checks import SCOPE, Check
from mlops_desktop.core.profiles.data import Level, Profile, Rule
from mlops_desktop.core.profiles.facts import ModelFacts
from mlops_desktop.core.profiles.outcomes import GAPS, MET, Outcome, Reason, Result

Judge: TypeAlias = Callable[[ModelFacts], tuple[Outcome, ...]]
"""Judges a model under one profile: an outcome for each rule, in the order of the rules."""

_JudgeRule: TypeAlias = Callable[[ModelFacts], Outcome]
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
    judges = [_compile_rule(profile, rule, known, day) for rule in profile.rules]
    return lambda facts: tuple([judge(facts) for judge in judges])


def _compile_rule(profile: Profile, rule: Rule, kept: frozenset[str], day: date) -> _JudgeRule:
    steps, id = _steps(profile, rule, kept, day), rule.id

    def judge(facts: ModelFacts) -> Outcome:
        for check in steps:
            outcome = check(facts)
            if outcome is not None:
                return _waived(facts, id, outcome, day) if facts.waivers else outcome
        return MET

    return judge


def _steps(profile: Profile, rule: Rule, kept: frozenset[str], day: date) -> list[Check]:
    """Return the checks in the order in which they count: what is missing before what is old."""
    asked = [tuple(name for name in need if name in kept) for need in rule.needs]
    needs = [need for need in asked if need]
    steps = [] if (SCOPE,) in rule.needs else [checks.check_scope(profile.scope)]
    steps += [checks.check_condition(one) for one in rule.applies_when]
    steps += [checks.check_presence(need) for need in needs]
    if not all(asked):
        nowhere = tuple(name for need in rule.needs for name in need if name not in kept)
        outcome = Outcome(Result.UNVERIFIABLE, Reason.NOT_KEPT, nowhere)
        return [*steps, lambda facts: outcome]
    steps += [checks.check_erasure(need) for need in needs]
    steps += [checks.check_expiry(need, day) for need in needs]
    limit = rule.max_age
    return steps + [checks.check_age(need, limit, day) for need in needs] if limit else steps


def _waived(facts: ModelFacts, rule: str, outcome: Outcome, day: date) -> Outcome:
    waiver = facts.waivers.get(rule)
    if waiver is None or outcome.result not in _WAIVABLE:
        return outcome
    if waiver.until is not None and waiver.until < day:
        return outcome
    until, who = waiver.until, waiver.approver
    return Outcome(Result.WAIVED, Reason.WAIVER, outcome.names, until, person=who)
