"""Pipelines in words: how fresh, how their runs ended, what their checks found."""

from collections.abc import Iterable
from datetime import timedelta

from mlops_desktop.core.events.checks import CheckCase, Verdict
from mlops_desktop.core.lineage import Node
from mlops_desktop.core.pipelines import Freshness, Outcome, Standing
from mlops_desktop.core.quality import completeness
from mlops_desktop.services.pipelines import CheckRow, Pipeline, StepSheet
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.lineage.said import OUTCOME_MOODS
from mlops_desktop.ui.pages.models.said import say_decimal, say_moment
from mlops_desktop.ui.widgets.chips import Mood, Status

_FRESH: dict[Freshness, Mood] = {
    Freshness.NEVER_RAN: "bad",
    Freshness.LATE: "bad",
    Freshness.NO_LONGER_SEEN: "warn",
    Freshness.ON_TIME: "good",
    Freshness.NOT_EXPECTED: "idle",
    Freshness.ENDED: "idle",
}
_VERDICTS: dict[Verdict, Mood] = {
    Verdict.FAILED: "bad",
    Verdict.ERROR: "warn",
    Verdict.WARNING: "warn",
    Verdict.SKIPPED: "idle",
    Verdict.PASSED: "good",
    Verdict.NONE: "idle",
}
_TWO_DAYS = timedelta(days=2)


def say_span(context: Context, span: timedelta) -> str:
    """Say a span in the unit that fits it."""
    if span < timedelta(hours=2):
        unit, n = "minutes", span.total_seconds() / 60
    elif span <= _TWO_DAYS:
        unit, n = "hours", span.total_seconds() / 3600
    else:
        unit, n = "days", span.total_seconds() / 86400
    decimals = 0 if abs(n - round(n)) < 0.05 else 1
    return context.say(f"pipelines.{unit}", n=context.language.number(n, decimals))


def fresh_status(context: Context, standing: Standing) -> Status:
    """Return how fresh it is as a chip, by how much it is late within it."""
    word = context.say(f"pipelines.fresh.{standing.freshness.value}")
    if standing.late is None:
        return Status(_FRESH[standing.freshness], word)
    late = context.say("pipelines.late_by", span=say_span(context, standing.late))
    return Status(_FRESH[standing.freshness], late, (word,))


def outcome_status(context: Context, outcome: Outcome) -> Status:
    """Return how a run ended as a chip."""
    return Status(OUTCOME_MOODS[outcome], context.say(f"pipelines.outcome.{outcome.value}"))


def verdict_status(context: Context, verdict: Verdict | None) -> Status:
    """Return a verdict as a chip; what nobody checked says so, and is never green."""
    if verdict is None:
        return Status("idle", context.say("pipelines.unmeasured"))
    return Status(_VERDICTS[verdict], context.say(f"pipelines.verdict.{verdict.value}"))


def quality_status(context: Context, verdict: Verdict | None) -> Status:
    """Return the worst verdict on what a pipeline writes as a chip that says so itself."""
    if verdict is None:
        return verdict_status(context, None)
    told, brief = (
        context.say(f"pipelines.{part}.{verdict.value}") for part in ("quality", "verdict")
    )
    return Status(_VERDICTS[verdict], told, (brief,))


def say_suite(context: Context, check: CheckRow) -> str:
    """Say which suite it was, and where the dataset was recognised by its last part alone."""
    if not check.is_by_last_part:
        return check.suite
    return context.say("pipelines.by_last_part", suite=check.suite)


def say_matched(context: Context, checks: Iterable[tuple[Node, tuple[CheckRow, ...]]]) -> str:
    """Say below the table, whose last column is often out of sight, what was guessed by name."""
    suites = sorted({one.suite for _, some in checks for one in some if one.is_by_last_part})
    return context.say("pipelines.matched", suites=", ".join(suites)) if suites else ""


def incident_status(numbers: Iterable[str]) -> Status | None:
    """Return the incidents as a chip, None where there are none."""
    told = ", ".join(numbers)
    return Status("bad", told) if told else None


def say_every(context: Context, pipeline: Pipeline) -> str:
    """Say how often it is expected to run."""
    if pipeline.minutes is None:
        return context.say("pipelines.not_expected_yet")
    span = say_span(context, timedelta(minutes=pipeline.minutes))
    return context.say("pipelines.every", span=span)


def say_ended(context: Context, step: StepSheet) -> str:
    """Say who said that a step no longer runs, since when, what runs in its place, and why."""
    if step.ended is None:
        return ""
    told = {"who": step.ended_by or "", "day": say_moment(context, step.ended.since)}
    said = context.say("pipelines.expected_by", **told)
    now = step.ended.became
    became = context.say("pipelines.became", step=now) if now else ""
    return " · ".join(filter(None, (became, said, step.ended.text)))


def say_found(context: Context, case: CheckCase) -> str:
    """Say what a case found as its source told it; completeness as the share that is there."""
    share = completeness(case)
    if share is not None:
        found, asked = (say_decimal(context, f"{one.normalize():f}") for one in share)
        return context.say("pipelines.share", found=found, asked=asked)
    value = say_decimal(context, case.value or "")
    return " ".join(filter(None, (value, f"({case.threshold})" if case.threshold else "")))
