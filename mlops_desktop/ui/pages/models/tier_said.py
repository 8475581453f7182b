"""Tiers in words: the class, what it rests on, grades with points, steps of the history."""

from mlops_desktop.core.inventory import Grade
from mlops_desktop.core.tier_history import StepKind, TierStep
from mlops_desktop.core.tiering import Basis, Computed, Graded
from mlops_desktop.services.tiering import TierSheet
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import days_left, say_code, say_count
from mlops_desktop.ui.widgets.chips import Status


def say_tier(context: Context, tier: int | None) -> str:
    """Return a tier in words; empty for none."""
    return context.say(f"tiering.tier.{tier}") if tier else ""


def say_points(context: Context, points: int) -> str:
    """Return how many points there are."""
    return say_count(context, "tiering.points", points)


def say_graded(context: Context, axis: str, graded: Graded) -> str:
    """Return a grade with its points."""
    grade = say_grade(context, axis, graded.grade)
    return context.say("tiering.graded", grade=grade, points=say_points(context, graded.points))


def say_grade(context: Context, axis: str, grade: Grade) -> str:
    """Return a grade of an axis in words."""
    return say_code(context, axis, grade.value)


def say_result(context: Context, computed: Computed) -> str:
    """Return what answers make, in a sentence."""
    return context.say(
        "tiering.result",
        tier=say_tier(context, computed.tier),
        materiality=say_graded(context, "materiality", computed.materiality),
        complexity=say_graded(context, "complexity", computed.complexity),
        months=computed.months,
    )


def say_standing(context: Context, sheet: TierSheet) -> str:
    """Return in a sentence what the tier rests on."""
    tier, override = say_tier(context, sheet.row.tier), sheet.override
    if sheet.basis is None:
        return context.say("tiering.standing.none")
    if sheet.basis is Basis.OVERRIDDEN and override is not None:
        until = context.language.date(override.until)
        computed = say_tier(context, sheet.inherent)
        return context.say("tiering.standing.overridden", tier=tier, until=until, computed=computed)
    if sheet.has_lapsed and override is not None:
        until, former = context.language.date(override.until), say_tier(context, override.tier)
        return context.say("tiering.standing.lapsed", tier=tier, until=until, former=former)
    return context.say(f"tiering.standing.{sheet.basis}", tier=tier)


def due_status(context: Context, sheet: TierSheet) -> Status | None:
    """Return the chip of when the model is to be rated again."""
    due = sheet.row.tier_due
    if due is None:
        return None
    left = (due - context.as_of.day).days
    return Status("bad" if left < 0 else "good", days_left(context, due))


def say_step(context: Context, step: TierStep, sheet: TierSheet) -> str:
    """Return a step of the history: what, from which tier to which, by whom and why."""
    before, after = step.before, step.after
    change = f"{before or '–'} → {after or '–'}"
    what = context.say(f"tiering.step.{step.kind}", change=change)
    if step.kind is StepKind.OVERRIDDEN:
        until = context.language.date(step.until)
        what = context.say("tiering.step.overridden", change=change, until=until)
    by = sheet.names.get(step.by, step.by) if step.by else ""
    reason = step.reason.text or "" if step.reason else ""
    return " · ".join(part for part in (what, by, reason) if part)
