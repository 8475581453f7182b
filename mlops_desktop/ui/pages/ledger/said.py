"""The ledger in words: how it stands, what each check looked at, what it found."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from mlops_desktop.core import clock
from mlops_desktop.services.ledger import LedgerCheck, LedgerState, LedgerVerdict, LogRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.ledger.checks import CheckLine
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.widgets.chips import Mood, Status

if TYPE_CHECKING:
    from mlops_desktop.ui.pages.ledger.watch import Standing


def say_standing(context: Context, standing: "Standing") -> Status:
    """Return the one sentence of the status bar, with its mood."""
    if standing.error is not None:
        return Status("bad", _say_error(context, standing))
    if standing.verdict is not None and not standing.verdict.is_ok:
        return Status("bad", say_broken(context, standing.verdict))
    state = standing.state
    if state is None:
        return Status("idle", context.say("ledger.standing.unknown"))
    verified = _say_verified(context, state, standing.verified_at)
    anchored = say_anchored(context, state.anchored_at)
    mood: Mood = "good" if state.verified_size else "idle"
    if state.anchored_at is None:
        said = context.say("ledger.standing.unanchored", verified=verified, anchored=anchored)
        return Status(mood, said)
    since = say_count(context, "ledger.standing.since", state.since_anchor)
    said = context.say("ledger.standing.full", verified=verified, anchored=anchored, since=since)
    return Status(mood, said)


def _say_error(context: Context, standing: "Standing") -> str:
    error = standing.error
    assert error is not None
    if error.code == "ledger.history_shortened":
        return context.say("ledger.standing.shortened", **error.parameters)
    return context.explain(error)[0]


def say_broken(context: Context, verdict: LedgerVerdict) -> str:
    """Return where a verification failed first."""
    first = verdict.first_failure
    if first is None or first.finding is None or first.finding.position < 0:
        title = context.say(f"ledger.checks.{first.name}") if first else ""
        return context.say("ledger.standing.failed", check=title)
    return context.say("ledger.standing.failed_at", position=first.finding.position)


def _say_verified(context: Context, state: LedgerState, in_this_window: datetime | None) -> str:
    if not state.verified_size:
        return context.say("ledger.standing.never_verified")
    number = context.language.number
    if state.verified_size < state.size:
        return context.say(
            "ledger.standing.verified_part",
            verified=number(state.verified_size),
            size=number(state.size),
        )
    # The head is kept anew by whatever appends; so without later events this is the check's time.
    return _say_when(context, in_this_window or state.seen_at)


def _say_when(context: Context, moment: datetime | None) -> str:
    day, _, time = context.language.time(moment).rpartition(" ")
    today = context.language.time(clock.now()).rpartition(" ")[0]
    if day == today:
        return context.say("ledger.standing.verified_today", time=time)
    return context.say("ledger.standing.verified_on", day=day)


def say_anchored(context: Context, moment: datetime | None) -> str:
    """Return how long ago a head left the workspace."""
    if moment is None:
        return context.say("ledger.standing.never_anchored")
    days = (clock.today() - moment.date()).days
    if days <= 0:
        return context.say("ledger.standing.anchored_today")
    return say_count(context, "ledger.standing.anchored", days)


def say_checks(context: Context, verdict: LedgerVerdict) -> tuple[CheckLine, ...]:
    """Return the twelve checks as lines: what each looked at, and what it found."""
    return tuple(_say_check(context, check) for check in verdict.checks)


def _say_check(context: Context, check: LedgerCheck) -> CheckLine:
    title = context.say(f"ledger.checks.{check.name}")
    looked = context.say(f"ledger.looked.{check.name}")
    if check.finding is None:
        status = Status("good", context.say("ledger.result.passed"))
        return CheckLine(check.number, title, status, (looked,))
    status = Status("bad", context.say("ledger.result.failed"))
    return CheckLine(check.number, title, status, (looked, *_say_finding(context, check)))


def _say_finding(context: Context, check: LedgerCheck) -> Iterator[str]:
    finding = check.finding
    assert finding is not None
    if finding.position >= 0:
        yield context.say("ledger.result.at_event", position=finding.position)
    yield from (part for part in context.explain(finding.error) if part)


def say_signed(context: Context, row: LogRow) -> str:
    """Return whether somebody signed an event with his own key."""
    return context.say(f"ledger.signed.{'yes' if row.is_signed else 'no'}")


def say_agent(context: Context, agent: str | None) -> str:
    """Return which program acted for the person, if one did."""
    key = f"ledger.agent.{agent}"
    return context.say(key) if agent and key in context.language.words else agent or ""
