"""Series are read in windows: where the last one ended, fewer points, another time."""

import itertools
import json
import math
from typing import Any

import pytest

from mlops_desktop.sources.observations import Completion, Failure, FailureCode, Page, Stream
from mlops_desktop.sources.prometheus.choice import Choice
from mlops_desktop.sources.prometheus.windows import Window, plan
from tests.sources.hostile_server import Asked, Reply
from tests.sources.prometheus_answers import AT, HOUR, matrix, points, prometheus, ranges


def test_values_are_texts_and_what_is_no_number_is_a_gap() -> None:
    values = [(AT - HOUR, "0.71"), (AT, "NaN")]
    reply = matrix(({"model": "pd"}, values), ({"model": "q"}, [(AT, "+Inf")]))
    with prometheus({"query_range": reply}) as (_, source):
        first, second = points(list(source.pull(Stream.METRICS)))[:2]
    assert first.values[0] == 0.71
    assert math.isnan(first.values[1])
    assert second.values[0] == math.inf
    assert first.times[1] == AT * 1000


@pytest.mark.parametrize(
    "values", [[(AT, "much")], [(AT, "1"), (AT, "2")], [(1e300, "1")], [[AT]], [(AT, 1)]]
)
def test_what_is_no_measurement_is_refused(values: Any) -> None:
    with prometheus({"query_range": matrix(({"model": "pd"}, values))}) as (_, source):
        page = next(source.pull(Stream.METRICS))
        assert isinstance(page, Page)
        with pytest.raises(Exception, match="protocol"):
            page.facts()


def test_windows_go_on_where_the_last_reading_ended() -> None:
    with prometheus() as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
        assert isinstance(done, Completion)
        assert (done.cursor, done.is_partial) == (str(AT), True)
        server.asked.clear()
        list(source.pull(Stream.METRICS, str(AT - 5 * HOUR)))
        assert ranges(server) == [(AT - 5 * HOUR, AT)]
        asked = next(one.query for one in server.asked if one.path.endswith("query_range"))
    assert asked["step"] == "3600"
    assert 'avg_over_time(model_gini{model!=""}[3599999ms])' in asked["query"]


def test_what_prometheus_forgot_is_said_and_nothing_is_made_up() -> None:
    with prometheus() as (server, source):
        done = list(source.pull(Stream.METRICS, str(AT - 20 * 24 * HOUR)))[-1]
        assert ranges(server)[0][0] == AT - 15 * 24 * HOUR
        alerts = list(source.pull(Stream.ALERTS, str(AT - 20 * 24 * HOUR)))[-1]
    assert isinstance(done, Completion)
    (gap,) = done.refused
    assert (gap.code, "2026-11-08" in gap.detail) == ("prometheus.forgotten", True)
    # what fired before the gap and is not told again has ended in it
    assert isinstance(alerts, Completion)
    assert not alerts.is_partial


def test_fewer_points_are_asked_where_so_many_are_refused() -> None:
    too_many = {"status": "error", "error": "exceeded maximum resolution of 11,000 points"}

    with prometheus() as (server, source):
        before = server.respond

        def respond(asked: Asked) -> Reply:
            query = asked.query
            if "end" in query and "query" in query:
                number = (int(query["end"]) - int(query["start"])) // HOUR
                if number > 100:
                    return Reply(json.dumps(too_many).encode(), 400)
            return before(asked)

        server.respond = respond
        found = list(source.pull(Stream.METRICS))
        done = [one for one in ranges(server) if (one[1] - one[0]) // HOUR <= 100]
    assert isinstance(found[-1], Completion)
    assert done[0][0] == AT - 15 * 24 * HOUR
    assert done[-1][1] == AT
    assert all(one[1] == after[0] for one, after in itertools.pairwise(done))


def test_one_query_that_is_refused_for_another_reason_fails() -> None:
    said = Reply(json.dumps({"status": "error", "error": "parse error"}).encode(), 400)
    with prometheus({"query_range": said}) as (_, source):
        (failure,) = source.pull(Stream.METRICS)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.detail) == (FailureCode.REJECTED, "400 parse error")


def test_an_answer_with_warnings_is_kept_and_asked_again() -> None:
    reply = matrix(({"model": "pd"}, [(AT, "1")]), warnings=["store gateway eu-2 timed out"])
    with prometheus({"query_range": reply}) as (_, source):
        *pages, failure = source.pull(Stream.METRICS)
        later = list(source.pull(Stream.DEPLOYMENTS))[-1]
    assert points(pages)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.reason) == (FailureCode.SERVER, "partial_answer")
    assert (failure.is_retryable, failure.detail) == (True, "store gateway eu-2 timed out")
    assert isinstance(later, Completion)


def test_a_reading_that_is_much_goes_on_next_time() -> None:
    choice = Choice(step=60, horizon=10 * 24 * HOUR)
    reply = matrix(({"model": "x" * 60_000_000}, [(AT, "1")]))
    with prometheus({"query_range": reply}, choice=choice) as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
    assert isinstance(done, Completion)
    assert done.cursor is not None
    assert int(done.cursor) == ranges(server)[-1][1] < AT


def test_a_reading_of_many_pages_goes_on_next_time() -> None:
    choice = Choice(step=60, horizon=15 * 24 * HOUR)
    names = tuple(f"model_gini_{number}" for number in range(250))
    with prometheus(names=names, choice=choice) as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
        server.asked.clear()
        assert isinstance(done, Completion)
        *_, again = source.pull(Stream.METRICS, done.cursor)
    assert isinstance(again, Completion)
    first = ranges(server)[0][0]
    assert first == int(done.cursor or 0) < int(again.cursor or 0) < AT


def test_windows_share_a_moment_and_leave_none_out() -> None:
    wanted = plan(None, 1_000_000, 60, 100_000).windows
    assert (wanted[0].start, wanted[-1].end) == (900_000, 999_960)
    assert all(one.end == after.start for one, after in itertools.pairwise(wanted))
    assert plan("999960", 1_000_000, 60, 100_000).windows == (Window(999_960, 999_960),)
    assert plan("later", 1_000_000, 60, 60).windows == (Window(999_900, 999_960),)
    assert plan("5000000", 1_000_000, 60, 60).windows == (Window(999_960, 999_960),)
