"""A step that is overdue while others went on is no longer seen, or ended where that was said."""

from datetime import UTC, datetime, timedelta

import pytest

from mlops_desktop.core.pipelines import Freshness, StepTimes, stand_step, stand_whole

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def seen(days: float, *, ended: bool = False, failed: bool = False) -> StepTimes:
    at = NOW - timedelta(days=days)
    return StepTimes(at, None if failed else at, ended)


@pytest.mark.parametrize(
    ("own", "other", "is_whole", "expected"),
    [
        (seen(0.5), seen(0.5), True, Freshness.ON_TIME),
        (seen(5), seen(0.5), True, Freshness.NO_LONGER_SEEN),
        (seen(5), seen(0.5), False, Freshness.LATE),
        (seen(5), seen(4.5), True, Freshness.LATE),
        (seen(5, failed=True), seen(0.5), True, Freshness.NO_LONGER_SEEN),
        (seen(0.5, failed=True), seen(0.5), True, Freshness.NEVER_RAN),
        (seen(5), seen(0.5, failed=True), True, Freshness.LATE),
        (seen(5, ended=True), seen(0.5), True, Freshness.ENDED),
    ],
)
def test_how_a_step_stands(
    own: StepTimes, other: StepTimes, is_whole: bool, expected: Freshness
) -> None:
    steps = {"own": own, "other": other}
    told = stand_step(steps, "own", DAY, NOW, is_whole=is_whole)
    assert told.freshness is expected
    assert stand_step(steps, "own", None, NOW).freshness in (
        Freshness.NOT_EXPECTED,
        Freshness.ENDED,
    )


def test_a_pipeline_is_as_fresh_as_the_worst_of_what_still_runs() -> None:
    steps = {"old": seen(5, ended=True), "new": seen(0.5)}
    stands = [stand_step(steps, name, DAY, NOW) for name in steps]
    assert stand_whole(stands).freshness is Freshness.ON_TIME
    assert stand_whole(stands[:1]).freshness is Freshness.ENDED
    assert stand_whole([]).freshness is Freshness.NOT_EXPECTED
