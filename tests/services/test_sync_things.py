"""What sources tell beside registries is recorded once, found again, and never lost in silence."""

import hashlib
import json
from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.alerts import AlertDetails, AlertState
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.events.series import SeriesDetails, SeriesKind
from mlops_desktop.core.events.servings import ServingDetails
from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.observed.details import ObservedDetails, Subject
from mlops_desktop.core.observed.kinds import kind_of
from mlops_desktop.core.pipelines import Freshness
from mlops_desktop.services import entries, ledger, models, pipelines, sources
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult, sync_source
from mlops_desktop.sources.observations import (
    Completion,
    Evidence,
    Fact,
    Failure,
    FailureCode,
    Observation,
    ObservedModel,
    ObservedPoints,
    ObservedRun,
    ObservedThing,
    ObservedVersion,
    Page,
    Pair,
    Probe,
    Stream,
)
from mlops_desktop.store import log, series
from mlops_desktop.store.queries.observed import ObservedFilter, ObservedRow, list_observed
from tests.services.conftest import Bank

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PSI = SeriesDetails("PSI", (Subject("pd-mittelstand", "3"),), None, None, (), "psi")
DAY = 86_400_000


@dataclass
class Monitor:
    """A source of the given facts by stream; a stream named in ``failing`` breaks at its end."""

    facts: dict[Stream, list[Fact]]
    failing: dict[Stream, FailureCode] = field(default_factory=dict)
    partial: set[Stream] = field(default_factory=set)
    absent: set[Stream] = field(default_factory=set)
    silent: set[Stream] = field(default_factory=set)
    asked: dict[Stream, str | None] = field(default_factory=dict)

    streams: tuple[Stream, ...] = ()

    def __post_init__(self) -> None:
        self.streams = tuple(self.facts)

    def probe(self) -> Probe:
        """Answer that it is there."""
        return Probe(is_reachable=True)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the stream's one page, then its completion or failure."""
        self.asked[stream] = cursor
        if stream in self.absent:
            yield Completion(stream, is_offered=False)
            return
        facts = tuple(self.facts[stream])
        raw = json.dumps([asdict(fact) for fact in facts], default=list_or_text).encode()
        digest = hashlib.sha256(raw).hexdigest()
        yield Page(stream, Evidence(f"GET /{stream}", AT, digest), raw, lambda _: facts)
        if stream in self.silent:
            return
        code = self.failing.get(stream)
        done = Completion(stream, f"{len(facts)} told", stream in self.partial)
        yield Failure(stream, code, "broken") if code else done

    def close(self) -> None:
        """Do nothing."""


def list_or_text(value: object) -> object:
    return list(value) if isinstance(value, array) else str(value)


def points(details: SeriesDetails, start: int, *values: float) -> ObservedPoints:
    times = array("q", [start * DAY + day * DAY for day in range(len(values))])
    return ObservedPoints("psi{model=pd}", details, times, array("d", values))


def serving(name: str, **details: str) -> ObservedThing:
    told = ServingDetails(name, (Subject(name),), environment="production", **details)  # type: ignore[arg-type]
    return ObservedThing(name, told)


@pytest.fixture
def watched(bank: Bank) -> Bank:
    sources.add_source(bank.session, NewSource("mlflow", "mon", "http://127.0.0.1:9"))
    models.register_model(bank.session, {"name": "PD-Mittelstand"})
    return bank


def sync(bank: Bank, monitor: Monitor, *, accept_shrink: bool = False) -> SyncResult:
    return sync_source(bank.session, "mon", monitor, lambda *_: None, accept_shrink=accept_shrink)


def told(bank: Bank, *kinds: str) -> tuple[ObservedRow, ...]:
    with bank.session.workspace.read() as view:
        return list_observed(view.connection, ObservedFilter(kinds))


def values(bank: Bank) -> list[tuple[int, float]]:
    (row,) = told(bank, "series")
    with bank.session.workspace.read() as view:
        found = series.read_points(view.connection, row.id)
    return list(zip((found.times // DAY).tolist(), found.values.tolist(), strict=True))


def test_points_are_kept_once_and_a_corrected_value_holds(watched: Bank) -> None:
    monitor = Monitor({Stream.METRICS: [points(PSI, 0, 0.08, 0.14)]}, partial={Stream.METRICS})
    assert sync(watched, monitor).counts == SyncCounts(read=1, new=1)
    monitor.facts[Stream.METRICS] = [points(PSI, 1, 0.14, 0.27)]
    assert sync(watched, monitor).counts == SyncCounts(read=1, unchanged=1)
    assert values(watched) == [(0, 0.08), (1, 0.14), (2, 0.27)]
    monitor.facts[Stream.METRICS] = [points(PSI, 1, 0.15)]
    sync(watched, monitor)
    assert values(watched) == [(0, 0.08), (1, 0.15), (2, 0.27)]
    assert monitor.asked[Stream.METRICS] == "1 told"
    batches = [row for row in ledger.read_log(watched.session) if row.type == "points.ingested"]
    assert len(batches) == 3
    about = {row.type: row.summary for row in ledger.read_log(watched.session)}
    assert about["points.ingested"] == about["source.synced"] == "mon"
    assert about["series.observed"] == "mon / psi"
    assert ledger.verify_ledger(watched.session).is_ok


@pytest.mark.parametrize(
    "altered", ["last = last - 1", "number = 9", "digest = 'ab'", "content = substr(content, 1, 9)"]
)
def test_a_measurement_changed_in_the_database_is_found(watched: Bank, altered: str) -> None:
    sync(watched, Monitor({Stream.METRICS: [points(PSI, 0, 0.08, 0.14)]}))
    with watched.session.workspace.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE series_chunks SET {altered}")
    failure = ledger.verify_ledger(watched.session).first_failure
    assert failure is not None
    assert failure.finding is not None
    assert (failure.name, failure.finding.error.code) == ("points", "series.altered")
    assert failure.finding.position == failure.finding.error.parameters["position"]


def test_a_past_day_shows_what_was_known_then(watched: Bank) -> None:
    monitor = Monitor({Stream.METRICS: [points(PSI, 0, 0.08)]}, partial={Stream.METRICS})
    today = clock.now()
    for days, value in enumerate((0.08, 0.09)):
        monitor.facts[Stream.METRICS] = [points(replace(PSI, unit=f"{value}"), 0, value)]
        with clock.reading(lambda: today + timedelta(days=days)):  # noqa: B023 - read inside
            sync(watched, monitor)
    with watched.session.workspace.read() as view:
        for known, value in ((AsOf(known=today.date()), 0.08), (NOW, 0.09)):
            (row,) = list_observed(view.connection, ObservedFilter(("series",), as_of=known))
            found = series.read_points(view.connection, row.id, as_of=known)
            assert found.values.tolist() == [value]
            assert isinstance(row.details, SeriesDetails)
            assert row.details.unit == f"{value}"


def test_a_word_of_the_source_finds_its_model_by_name_or_by_what_a_person_said(
    watched: Bank,
) -> None:
    monitor = Monitor({Stream.DEPLOYMENTS: [serving("PD-Mittelstand"), serving("kfz-17")]})
    sync(watched, monitor)
    one, other = sorted(told(watched, "serving"), key=lambda row: row.name, reverse=True)
    (model,) = models.list_models(watched.session, ModelFilter())
    assert (one.models, other.models) == ((), (model.key,))
    entries.link_entry(watched.session, model.key, "mon", "kfz-17")
    assert sync(watched, monitor).counts == SyncCounts(read=2, changed=1, unchanged=1)
    assert all(row.models == (model.key,) for row in told(watched, "serving"))
    assert sync(watched, monitor).is_unchanged


def test_a_candidate_of_the_same_name_takes_no_model_its_measurements(watched: Bank) -> None:
    sources.add_source(watched.session, NewSource("mlflow", "other", "http://127.0.0.1:9/b"))
    found = Monitor({Stream.MODELS: [ObservedModel("pd", "PD-Mittelstand")]})
    sync_source(watched.session, "other", found, lambda *_: None)
    assert len(models.list_models(watched.session, ModelFilter(scope=Scope.ALL))) == 2
    sync(watched, Monitor({Stream.DEPLOYMENTS: [serving("PD-Mittelstand")]}))
    (model,) = models.list_models(watched.session, ModelFilter())
    assert [row.models for row in told(watched, "serving")] == [(model.key,)]


def test_a_reader_with_a_fault_fails_its_stream_alone(watched: Bank) -> None:
    class Faulty(Monitor):
        def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
            yield from super().pull(stream, cursor)
            if stream is Stream.METRICS:
                raise KeyError("Geheim-77-x")

    faulty = Faulty({Stream.METRICS: [points(PSI, 0, 0.1)], Stream.DEPLOYMENTS: [serving("x")]})
    faulty.silent = {Stream.METRICS}
    result = sync(watched, faulty)
    assert [(one.stream, one.code) for one in result.failures] == [("metrics", "protocol")]
    assert "KeyError" in result.failures[0].detail
    assert "Geheim" not in result.failures[0].detail
    assert result.counts == SyncCounts(read=2, new=2), "what was read before stays"
    with watched.session.workspace.read() as view:
        bodies = b"".join(bytes(one.body) for one in log.read_events(view.connection))
    assert b"Geheim" not in bodies


def test_only_a_complete_listing_says_what_is_gone(watched: Bank) -> None:
    alert = AlertDetails("PSI hoch", state=AlertState.FIRING, started=AT)
    monitor = Monitor(
        {
            Stream.DEPLOYMENTS: [serving("a"), serving("b")],
            Stream.ALERTS: [ObservedThing("1", alert)],
        }
    )
    sync(watched, monitor)
    monitor.facts = {Stream.DEPLOYMENTS: [serving("a")], Stream.ALERTS: []}
    monitor.failing = {Stream.DEPLOYMENTS: FailureCode.SERVER}
    result = sync(watched, monitor)
    assert (result.counts.missing, result.failures[0].stream) == (1, "deployments")
    assert [row.missing_since is None for row in told(watched, "serving")] == [True, True]
    assert told(watched, "alert")[0].missing_since is not None
    monitor.failing = {}
    assert sync(watched, monitor).counts.missing == 1
    assert [row.missing_since is None for row in told(watched, "serving")] == [True, False]
    monitor.facts[Stream.DEPLOYMENTS] = [serving("a"), serving("b")]
    assert sync(watched, monitor).counts.changed == 1
    assert all(row.missing_since is None for row in told(watched, "serving"))


def test_a_complete_but_empty_listing_is_held_back_for_a_person(watched: Bank) -> None:
    monitor = Monitor({Stream.DEPLOYMENTS: [serving(name) for name in "abcdef"]})
    sync(watched, monitor)
    monitor.facts = {Stream.DEPLOYMENTS: []}
    assert sync(watched, monitor).counts == SyncCounts(held_back=6)
    assert sync(watched, monitor).counts == SyncCounts(held_back=6)
    assert sync(watched, monitor, accept_shrink=True).counts == SyncCounts(missing=6)


def test_what_a_source_does_not_offer_is_said_and_neither_fails_nor_takes_anything_away(
    watched: Bank,
) -> None:
    monitor = Monitor({Stream.DEPLOYMENTS: [serving("a")], Stream.ALERTS: []})
    monitor.absent = {Stream.ALERTS}
    first = sync(watched, monitor)
    assert (first.failures, first.missing) == ((), ("alerts",))
    assert sync(watched, monitor).is_unchanged
    row = sources.get_source(watched.session, "mon")
    assert row.result is not None
    offered = {one.stream: one.is_offered for one in row.result.completed}
    assert offered == {"deployments": True, "alerts": False}
    monitor.absent = {Stream.DEPLOYMENTS, Stream.ALERTS}
    assert sync(watched, monitor).counts == SyncCounts()
    assert told(watched, "serving")[0].missing_since is None


def test_not_a_number_is_kept_as_a_gap(watched: Bank) -> None:
    monitor = Monitor({Stream.METRICS: [points(PSI, 0, 0.1, float("nan"), 0.2)]})
    sync(watched, monitor)
    found = values(watched)
    assert [day for day, _ in found] == [0, 1, 2]
    assert found[1][1] != found[1][1]
    before = len(ledger.read_log(watched.session))
    sync(watched, monitor)
    assert len(ledger.read_log(watched.session)) == before + 1


def test_the_kind_of_a_fact_is_that_of_its_details() -> None:
    assert kind_of(SeriesDetails(kind=SeriesKind.STABILITY)).noun == "series"
    with pytest.raises(KeyError, match="ObservedDetails"):
        kind_of(ObservedDetails())


def test_milliseconds_and_times_lead_to_each_other() -> None:
    assert clock.from_milliseconds(clock.to_milliseconds(AT)) == AT


def test_passwords_among_a_sources_facts_reach_no_event(watched: Bank) -> None:
    secret = "Geheim-77-x"
    facts: dict[Stream, list[Fact]] = {
        Stream.MODELS: [ObservedModel("lgd", "lgd", tags=(Pair("db_password", secret),))],
        Stream.VERSIONS: [
            ObservedVersion("lgd/1", "lgd", "1", artifact=f"s3://u:{secret}@b/p", run_id="r1")
        ],
        Stream.RUNS: [
            ObservedRun("r1", code_source=f"https://x:{secret}@git.example/a.git",
                        parameters=(Pair("password", secret),))
        ],
        Stream.DEPLOYMENTS: [
            serving("lgd", endpoint=f"https://h.example/p?sig={secret}")
        ],
    }  # fmt: skip
    assert sync(watched, Monitor(facts)).counts.new >= 3
    with watched.session.workspace.read() as view:
        bodies = b"".join(bytes(one.body) for one in log.read_events(view.connection))
    assert b"https://h.example/p" in bodies
    assert b"https://x:" in bodies
    assert secret.encode() not in bodies


def test_a_run_that_is_dated_ahead_makes_no_pipeline_fresh(watched: Bank) -> None:
    def run(id: str, at: datetime) -> ObservedThing:
        return ObservedThing(
            id, PipelineRunDetails("load", at=at, status="COMPLETE", pipeline="dwh", ended=at)
        )

    long_ago, ahead = clock.now() - timedelta(days=9), clock.now() + timedelta(days=4000)
    facts: list[Fact] = [run("r1", long_ago), run("r2", ahead)]
    sync(watched, Monitor({Stream.LINEAGE: facts}))
    pipelines.expect_pipeline(watched.session, "dwh", 60)
    (found,) = pipelines.list_pipelines(watched.session)
    assert found.standing.freshness is Freshness.LATE
    assert found.last is not None
    assert found.last.native_id == "r1"
