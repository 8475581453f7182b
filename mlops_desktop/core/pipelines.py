"""Whether a pipeline ran as it should: what a run's status means, and how late the next one is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from mlops_desktop.core.errors import AppError


class Outcome(StrEnum):
    """What a source's word for the state of a run means, the worst first."""

    FAILED = "failed"
    ABORTED = "aborted"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    UNTOLD = "untold"


_WORDS: dict[str, Outcome] = {
    **dict.fromkeys(("fail", "failed", "failure", "error", "errored"), Outcome.FAILED),
    **dict.fromkeys(
        ("abort", "aborted", "killed", "stopped", "stopping", "cancelled", "canceled", "skipped"),
        Outcome.ABORTED,
    ),
    **dict.fromkeys(
        ("start", "running", "scheduled", "pending", "executing", "inprogress", "in_progress",
         "queued", "created", "other"),
        Outcome.RUNNING,
    ),
    **dict.fromkeys(
        ("complete", "completed", "finished", "succeeded", "success", "passed"), Outcome.SUCCEEDED
    ),
}  # fmt: skip


def outcome_of(status: str | None) -> Outcome:
    """Return what a source's status means; a word nobody knows tells nothing."""
    return _WORDS.get((status or "").strip().casefold(), Outcome.UNTOLD)


class PipelineKind(StrEnum):
    """What a pipeline does with data: makes it, learns from it, or neither (builds, traces)."""

    DATA = "data"
    TRAINING = "training"
    OTHER = "other"


def kind_by(roles: frozenset[str]) -> PipelineKind:
    """Return the kind by what its runs ever did: read or wrote datasets, made versions."""
    if "written" in roles or ("read" in roles and "made" not in roles):
        return PipelineKind.DATA
    return PipelineKind.TRAINING if "read" in roles else PipelineKind.OTHER


class Freshness(StrEnum):
    """How the last good run stands to the interval expected, the worst first.

    Without an interval nothing is expected, and nothing is judged. A step that is overdue while
    others of its pipeline went on is no longer seen: renamed or ended, which a person has to say;
    then it is ended.
    """

    NEVER_RAN = "never_ran"
    LATE = "late"
    NO_LONGER_SEEN = "no_longer_seen"
    ON_TIME = "on_time"
    NOT_EXPECTED = "not_expected"
    ENDED = "ended"


OVERDUE = frozenset({Freshness.NEVER_RAN, Freshness.LATE})
"""What a run is missing of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How fresh a pipeline is, when the next run is due, and by how much it is late."""

    freshness: Freshness
    due: datetime | None = None
    late: timedelta | None = None


def stand(last: datetime | None, interval: timedelta | None, moment: datetime) -> Standing:
    """Return how fresh a pipeline is whose last good run ended at ``last``."""
    if interval is None:
        return Standing(Freshness.NOT_EXPECTED)
    if last is None:
        return Standing(Freshness.NEVER_RAN)
    due = last + interval
    if due >= moment:
        return Standing(Freshness.ON_TIME, due)
    return Standing(Freshness.LATE, due, moment - due)


@dataclass(frozen=True, slots=True)
class StepTimes:
    """When a step last ran, when it last ended well, whether a person said that it ended since."""

    last: datetime
    good: datetime | None
    has_ended: bool = False


def stand_step(
    steps: Mapping[str, StepTimes],
    name: str,
    interval: timedelta | None,
    moment: datetime,
    *,
    is_whole: bool = True,
) -> Standing:
    """Return how fresh one step of a pipeline is.

    ``is_whole`` says whether the source was last read to its end: only then its not being seen
    says anything.
    """
    own = steps[name]
    if own.has_ended:
        return Standing(Freshness.ENDED)
    told = stand(own.good, interval, moment)
    if interval is None or told.freshness is Freshness.ON_TIME or not is_whole:
        return told
    goods = (one.good for key, one in steps.items() if key != name)
    if any(good is not None and good > own.last + interval for good in goods):
        return Standing(Freshness.NO_LONGER_SEEN, own.last + interval)
    return told


def stand_whole(standings: Iterable[Standing]) -> Standing:
    """Return how fresh a pipeline is: as the worst of its steps that have not ended."""
    known = list(standings)
    running = [one for one in known if one.freshness is not Freshness.ENDED]
    if not running:
        return Standing(Freshness.ENDED if known else Freshness.NOT_EXPECTED)
    ranks = tuple(Freshness)
    return min(running, key=lambda one: (ranks.index(one.freshness), one.due or _FIRST))


_FIRST = datetime.min.replace(tzinfo=UTC)
_SPAN = re.compile(r"(\d{1,6})\s*(m|h|d)")
_UNITS = {"d": 1440, "h": 60, "m": 1}


def read_span(text: str) -> int | None:
    """Return the minutes of 90m, 24h, 7d; None for a blank text or ``none``.

    Raises ``pipeline.interval_unreadable``.
    """
    told = text.strip().lower()
    if told in ("", "none"):
        return None
    found = _SPAN.fullmatch(told)
    if found is None:
        raise AppError("pipeline.interval_unreadable", where="every", text=text)
    return int(found[1]) * _UNITS[found[2]]


def write_span(minutes: int | None) -> str:
    """Return minutes as they are typed, in the largest unit that fits."""
    if not minutes:
        return ""
    return next(f"{minutes // size}{unit}" for unit, size in _UNITS.items() if minutes % size == 0)
