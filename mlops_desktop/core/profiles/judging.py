"""The judgement: a profile compiled once, then applied to the facts about all models."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias

from mlops_desktop.core.profiles import checks
from mlops_desktop.core.profiles.checks import SCOPE, Bind, Check
from mlops_desktop.core.profiles.data import Condition, Level, Profile, Rule
from mlops_desktop.core.profiles.facts import Columns, Waiver
from mlops_desktop.core.profiles.outcomes import GAPS, MET, Outcome, Reason, Result

Judge: TypeAlias = Callable[[Columns], tuple[Sequence[Outcome], ...]]
"""Judges models under one profile: a column of outcomes a rule, in the order of the rules."""

_LeftOut: TypeAlias = Sequence[Outcome | None]
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
    compiled = [_compile_needs(rule, known, day) for rule in profile.rules]

    def judge(columns: Columns) -> tuple[Sequence[Outcome], ...]:
        left_out = _left_out(profile, columns)
        models = columns.models
        found = []
        for rule, bind in zip(profile.rules, compiled, strict=True):
            check, barred = bind(columns), left_out[_group(rule)]
            pairs = zip(models, barred, strict=True)
            found.append([bar or check(model) or MET for model, bar in pairs])
        _waive(profile, columns, found, day)
        return tuple(found)

    return judge


_Group: TypeAlias = tuple[bool, tuple[Condition, ...]]


def _group(rule: Rule) -> _Group:
    """Return what rules share that leave out the same models."""
    return (SCOPE,) in rule.needs, rule.applies_when


def _left_out(profile: Profile, columns: Columns) -> dict[_Group, _LeftOut]:
    """Return what objects to each model before its facts are looked at: many rules share it."""
    scope = checks.check_scope(profile.scope, columns)
    outside = [scope(model) for model in columns.models]
    asked = {one for rule in profile.rules for one in rule.applies_when}
    barred = {one: [*map(checks.check_condition(one, columns), columns.models)] for one in asked}
    nobody: _LeftOut = [None] * len(columns.models)
    return {
        group: _first(nobody if group[0] else outside, *(barred[one] for one in group[1]))
        for group in map(_group, profile.rules)
    }


def _first(outcomes: _LeftOut, *more: _LeftOut) -> _LeftOut:
    for column in more:
        outcomes = [one or other for one, other in zip(outcomes, column, strict=True)]
    return outcomes


def _compile_needs(rule: Rule, kept: frozenset[str], day: date) -> Bind:
    """Return what objects to the facts a rule asks for, as far as anybody keeps them."""
    asked = [tuple(name for name in need if name in kept) for need in rule.needs]
    bind = checks.check_needs(tuple(need for need in asked if need), rule.max_age, day)
    if all(asked):
        return bind
    nowhere = tuple(name for need in rule.needs for name in need if name not in kept)
    not_kept = Outcome(Result.UNVERIFIABLE, Reason.NOT_KEPT, nowhere)

    def bind_rest(columns: Columns) -> Check:
        check = bind(columns)

        def check_rest(model: str) -> Outcome | None:
            outcome = check(model)
            # What is missing can be told in spite of what cannot.
            return outcome if outcome is not None and outcome.result is Result.MISSING else not_kept

        return check_rest

    return bind_rest


def _waive(profile: Profile, columns: Columns, found: list[list[Outcome]], day: date) -> None:
    """Put what was waived in the place of the gaps it covers."""
    waivers = columns.waivers
    for at, model in enumerate(columns.models) if any(waivers.values()) else ():
        mine = waivers.get(model, {})
        for rule, column in zip(profile.rules, found, strict=True) if mine else ():
            column[at] = _waived(mine.get(rule.id), column[at], day)


def _waived(waiver: Waiver | None, outcome: Outcome, day: date) -> Outcome:
    if waiver is None or outcome.result not in _WAIVABLE:
        return outcome
    if waiver.until is not None and waiver.until < day:
        return outcome
    until, who = waiver.until, waiver.approver
    return Outcome(Result.WAIVED, Reason.WAIVER, outcome.names, until, person=who)
