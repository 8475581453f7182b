"""Native histograms are asked for as quantiles."""

from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Completion, Stream
from tests.sources.prometheus_answers import AT, answer, points, prometheus

NATIVE = {"count": "9", "sum": "1.2", "buckets": [[0, "0.09", "0.1", "9"]]}


def test_a_native_histogram_is_asked_for_as_quantiles() -> None:
    told = {"metadata": answer({"latency_seconds": [{"type": "histogram", "unit": "seconds"}]})}
    with prometheus(told, names=("latency_seconds",)) as (server, source):
        done = list(source.pull(Stream.METRICS))[-1]
        asked = {one.query["query"] for one in server.asked if one.path.endswith("query_range")}
    assert isinstance(done, Completion)
    (slow,) = [one for one in asked if one.startswith("histogram_quantile(0.95")]
    assert 'rate(latency_seconds{model!=""}[3599999ms])' in slow
    assert not any("avg_over_time(latency_seconds" in one for one in asked)


def test_native_histograms_in_an_answer_are_left_out_and_said() -> None:
    """Where no metadata is kept, nobody knows beforehand that a metric is a histogram."""
    rows = [
        {"metric": {"model": "pd"}, "histograms": [[AT, NATIVE]]},
        {"metric": {"model": "fraud"}, "values": [[AT, "0.9"]]},
    ]
    reply = answer({"resultType": "matrix", "result": rows})
    vector = answer(
        {"resultType": "vector", "result": [{"metric": {"model": "pd"}, "histogram": [AT, NATIVE]}]}
    )
    with prometheus({"query_range": reply, "query": vector}) as (_, source):
        found = list(source.pull(Stream.METRICS))
        now = list(source.pull(Stream.DEPLOYMENTS))[-1]
    (kept,) = points(found)
    assert kept.details.subjects == (Subject("fraud"),)
    done = found[-1]
    assert isinstance(done, Completion)
    (told,) = done.refused
    assert (told.place, told.code) == ("model_gini", "prometheus.native_histogram")
    assert isinstance(now, Completion)
