"""How late a pipeline is, and what a source's word for a run means."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.pipelines import Freshness, Outcome, outcome_of, stand
from tests.core.strategies import moments

_intervals = st.timedeltas(timedelta(minutes=1), timedelta(days=400))


@given(moments, _intervals, moments)
def test_late_is_by_how_much_the_due_moment_has_passed(
    last: datetime, interval: timedelta, moment: datetime
) -> None:
    told = stand(last, interval, moment)
    assert told.due == last + interval
    if told.freshness is Freshness.LATE:
        assert told.late is not None
        assert told.late > timedelta(0)
        assert told.due + told.late == moment
    else:
        assert (told.freshness, told.late) == (Freshness.ON_TIME, None)
        assert told.due >= moment


@given(moments)
def test_what_nobody_expects_is_never_late(moment: datetime) -> None:
    assert stand(None, None, moment).freshness is Freshness.NOT_EXPECTED
    assert stand(moment, None, moment).freshness is Freshness.NOT_EXPECTED
    assert stand(None, timedelta(hours=1), moment).freshness is Freshness.NEVER_RAN


def test_words_of_sources() -> None:
    assert outcome_of("COMPLETE") is outcome_of("FINISHED") is Outcome.SUCCEEDED
    assert outcome_of("FAIL") is outcome_of(" Failed ") is Outcome.FAILED
    assert outcome_of("KILLED") is Outcome.ABORTED
    assert outcome_of("RUNNING") is Outcome.RUNNING
    assert outcome_of(None) is outcome_of("half done") is Outcome.UNTOLD
