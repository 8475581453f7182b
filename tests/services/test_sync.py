"""What a registry tells becomes history: nothing is invented, nothing deleted, nothing lost."""

from dataclasses import replace

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.services import candidates, ledger, models, sources
from mlops_desktop.services.models import ModelFilter, ModelSheet
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult, sync_source
from mlops_desktop.sources.observations import (
    FailureCode,
    Metric,
    ObservedRun,
    Pair,
    Stream,
)
from tests.services.conftest import Bank
from tests.services.registry import Registry, SigningRegistry
from tests.support.mlflow import MlflowServer


def _quiet(step: str, done: int, total: int | None) -> None:
    """Watch nothing."""


@pytest.fixture
def registry() -> Registry:
    made = Registry()
    made.add("pd-mittelstand", 3, champion="2")
    made.add("kartenbetrug", 1)
    return made


@pytest.fixture
def reg_bank(bank: Bank) -> Bank:
    sources.add_source(bank.session, NewSource("mlflow", "reg", "http://127.0.0.1:9"))
    return bank


def sync(bank: Bank, registry: Registry, *, accept_shrink: bool = False) -> SyncResult:
    return sync_source(bank.session, "reg", registry, _quiet, accept_shrink=accept_shrink)


def sheet(bank: Bank, name: str) -> ModelSheet:
    return models.show_model(bank.session, name)


def types(bank: Bank) -> list[str]:
    return [row.type for row in ledger.read_log(bank.session)]


def test_new_entries_become_candidates_with_versions_and_deployments(
    reg_bank: Bank, registry: Registry
) -> None:
    assert sync(reg_bank, registry).counts == SyncCounts(read=6, new=6)
    found = candidates.list_candidates(reg_bank.session)
    assert [(row.name, row.state) for row in found] == [
        ("pd-mittelstand", State.CANDIDATE),
        ("kartenbetrug", State.CANDIDATE),
    ]
    one = sheet(reg_bank, "pd-mittelstand")
    assert [version.details.version for version in one.versions] == ["3", "2", "1"]
    (serving,) = one.deployments
    assert (serving.environment, serving.role, serving.basis, serving.until) == (
        "production",
        "champion",
        "alias champion",
        None,
    )
    assert ledger.verify_ledger(reg_bank.session).is_ok


def test_a_second_sync_without_changes_writes_no_model_event(
    reg_bank: Bank, registry: Registry
) -> None:
    sync(reg_bank, registry)
    before = types(reg_bank)
    again = sync(reg_bank, registry)
    assert again.is_unchanged
    assert again.counts == SyncCounts(read=6, unchanged=6)
    assert types(reg_bank) == ["source.synced", *before]


def test_a_change_in_one_place_leaves_the_rest_unchanged(
    reg_bank: Bank, registry: Registry
) -> None:
    sync(reg_bank, registry)
    registry.models["kartenbetrug"] = replace(
        registry.models["kartenbetrug"], tags=(Pair("tier", "1"),)
    )
    assert sync(reg_bank, registry).counts == SyncCounts(read=6, changed=1, unchanged=5)
    (entry,) = sheet(reg_bank, "kartenbetrug").entries
    assert [(tag.name, tag.value) for tag in entry.entry.tags] == [("tier", "1")]


def test_a_moved_alias_closes_and_opens_and_a_roll_back_is_seen_as_such(
    reg_bank: Bank, registry: Registry
) -> None:
    for version in ("2", "3", "2"):
        registry.models["pd-mittelstand"] = replace(
            registry.models["pd-mittelstand"], aliases=(Pair("champion", version),)
        )
        sync(reg_bank, registry)
    one = sheet(reg_bank, "pd-mittelstand")
    labels = {version.key: version.details.version for version in one.versions}
    assert [(labels[d.version], d.until is None) for d in one.deployments] == [
        ("2", False),
        ("3", False),
        ("2", True),
    ]


def test_a_stage_serves_as_an_alias_does(reg_bank: Bank, registry: Registry) -> None:
    registry.versions["kartenbetrug/1"] = replace(
        registry.versions["kartenbetrug/1"], stage="Production"
    )
    sync(reg_bank, registry)
    (serving,) = sheet(reg_bank, "kartenbetrug").deployments
    assert serving.basis == "stage Production"


def test_missing_is_noted_after_a_complete_listing_and_never_retired_or_deleted(
    reg_bank: Bank, registry: Registry
) -> None:
    sync(reg_bank, registry)
    registry.drop("kartenbetrug")
    assert sync(reg_bank, registry).counts == SyncCounts(read=4, unchanged=4, missing=2)
    gone = sheet(reg_bank, "kartenbetrug")
    assert gone.entries[0].missing_since is not None
    assert gone.versions[0].missing_since is not None
    assert gone.row.state is State.CANDIDATE
    registry.add("kartenbetrug", 1)
    sync(reg_bank, registry)
    assert sheet(reg_bank, "kartenbetrug").entries[0].missing_since is None


@pytest.mark.parametrize("stream", [Stream.MODELS, Stream.VERSIONS])
def test_a_stream_that_broke_off_makes_nothing_missing(
    reg_bank: Bank, registry: Registry, stream: Stream
) -> None:
    sync(reg_bank, registry)
    registry.drop("kartenbetrug")
    registry.failing[stream] = FailureCode.SERVER
    result = sync(reg_bank, registry)
    assert [(one.stream, one.code) for one in result.failures] == [(stream.value, "server")]
    gone = sheet(reg_bank, "kartenbetrug")
    is_missing = (
        gone.entries[0].missing_since if stream is Stream.MODELS else gone.versions[0].missing_since
    )
    assert is_missing is None


def test_an_alias_moved_while_the_versions_could_not_be_read_is_followed_afterwards(
    reg_bank: Bank, registry: Registry
) -> None:
    sync(reg_bank, registry)
    registry.failing[Stream.VERSIONS] = FailureCode.TIMEOUT
    registry.models["pd-mittelstand"] = replace(
        registry.models["pd-mittelstand"], aliases=(Pair("champion", "3"),)
    )
    sync(reg_bank, registry)
    registry.failing.clear()
    again = sync(reg_bank, registry)
    assert not again.is_unchanged
    found = sheet(reg_bank, "pd-mittelstand")
    labels = {version.key: version.details.version for version in found.versions}
    assert [labels[one.version] for one in found.deployments if one.until is None] == ["3"]


def test_a_fact_past_the_limits_stays_counted_as_refused_when_nothing_changes(
    reg_bank: Bank, registry: Registry
) -> None:
    registry.add("riese", 0)
    registry.models["riese"] = replace(registry.models["riese"], description="a" * 300_000)
    assert sync(reg_bank, registry).counts == SyncCounts(read=7, new=6, refused=1)
    again = sync(reg_bank, registry)
    assert again.is_unchanged
    assert again.counts == SyncCounts(read=7, unchanged=6, refused=1)


def test_a_complete_but_empty_listing_is_held_back_for_a_person(
    reg_bank: Bank, registry: Registry
) -> None:
    sync(reg_bank, registry)
    empty = Registry()
    assert sync(reg_bank, empty).counts == SyncCounts(read=0, held_back=6)
    assert sync(reg_bank, empty).counts == SyncCounts(read=0, held_back=6)
    assert sheet(reg_bank, "kartenbetrug").entries[0].missing_since is None
    confirmed = sync(reg_bank, empty, accept_shrink=True)
    assert confirmed.counts == SyncCounts(read=0, missing=6)
    assert sheet(reg_bank, "kartenbetrug").entries[0].missing_since is not None


def test_a_renamed_entry_stays_the_same_model(reg_bank: Bank, registry: Registry) -> None:
    sync(reg_bank, registry)
    key = sheet(reg_bank, "kartenbetrug").row.key
    created = registry.models["kartenbetrug"].created_at
    registry.drop("kartenbetrug")
    registry.add("kartenbetrug-echtzeit", 1)
    registry.models["kartenbetrug-echtzeit"] = replace(
        registry.models["kartenbetrug-echtzeit"], created_at=created
    )
    sync(reg_bank, registry)
    one = sheet(reg_bank, "kartenbetrug-echtzeit")
    assert one.row.key == key
    assert [(e.entry.name, e.renamed_to) for e in one.entries] == [
        ("kartenbetrug", "kartenbetrug-echtzeit"),
        ("kartenbetrug-echtzeit", None),
    ]
    assert models.count_models(reg_bank.session, ModelFilter(scope=Scope.ALL)) == 2


def test_a_run_not_read_this_time_keeps_what_was_known_of_it(
    reg_bank: Bank, registry: Registry
) -> None:
    run = ObservedRun("r-kartenbetrug/1", metrics=(Metric("auc", "0.947"),))
    registry.runs[run.native_id] = run
    sync(reg_bank, registry)
    registry.runs.clear()
    registry.failing[Stream.RUNS] = FailureCode.FORBIDDEN
    result = sync(reg_bank, registry)
    assert result.counts.changed == 0
    (version,) = sheet(reg_bank, "kartenbetrug").versions
    assert version.details.run is not None
    assert version.details.run.metrics[0].value == "0.947"


def test_a_changed_metric_of_an_approved_version_is_named(
    reg_bank: Bank, registry: Registry
) -> None:
    for value in ("0.947", "0.951"):
        run = ObservedRun("r-kartenbetrug/1", metrics=(Metric("auc", value),))
        registry.runs[run.native_id] = run
        sync(reg_bank, registry)
    assert "version.changed" in types(reg_bank)
    (version,) = sheet(reg_bank, "kartenbetrug").versions
    assert version.details.run is not None
    assert version.details.run.metrics[0].value == "0.951"


def test_hostile_text_is_kept_visible_and_an_endless_one_is_refused_by_name(
    reg_bank: Bank, registry: Registry
) -> None:
    nasty = "x\0y\ud800z <img src=file:///etc/passwd>"
    registry.models["kartenbetrug"] = replace(
        registry.models["kartenbetrug"], description=nasty, tags=(Pair("t", "é"),)
    )
    registry.add("riese")
    registry.models["riese"] = replace(registry.models["riese"], description="a" * 300_000)
    result = sync(reg_bank, registry)
    assert result.counts.refused == 1
    assert result.refusals == ("riese: body.too_large",)
    (entry,) = sheet(reg_bank, "kartenbetrug").entries
    assert entry.entry.description == "x\\u0000y\\ud800z <img src=file:///etc/passwd>"
    assert entry.entry.tags[0].value == "é"
    assert ledger.verify_ledger(reg_bank.session).is_ok


@pytest.mark.parametrize("name", ["cafe\u0301", "nul\0name", "half\ud800name"])
def test_a_version_follows_its_model_whatever_the_name_is_made_of(
    reg_bank: Bank, registry: Registry, name: str
) -> None:
    registry.add(name, 2, champion="2")
    assert sync(reg_bank, registry).counts == SyncCounts(read=9, new=9)
    found = max(candidates.list_candidates(reg_bank.session), key=lambda row: row.id)
    assert [one.details.version for one in sheet(reg_bank, found.id).versions] == ["2", "1"]
    assert sync(reg_bank, registry).counts == SyncCounts(read=9, unchanged=9)


def test_a_candidate_is_accepted_rejected_or_matched_and_stays_on_record(
    reg_bank: Bank, registry: Registry
) -> None:
    sync(reg_bank, registry)
    session = reg_bank.session
    candidates.accept_candidate(session, "pd-mittelstand", {"name": "PD Mittelstand", "tier": "1"})
    candidates.match_candidate(session, "kartenbetrug", "PD Mittelstand", "Doppelt")
    one = sheet(reg_bank, "PD Mittelstand")
    assert one.row.state is State.PRODUCTION
    assert {entry.entry.name for entry in one.entries} == {"pd-mittelstand", "kartenbetrug"}
    rows = models.list_models(session, ModelFilter(scope=Scope.ALL))
    assert [row.state for row in rows] == [State.PRODUCTION, State.REJECTED]
    assert sync(reg_bank, registry).counts.new == 0
    assert ledger.verify_ledger(session).is_ok


def test_a_source_nobody_added_is_refused(file_bank: Bank, registry: Registry) -> None:
    with pytest.raises(AppError, match=r"source\.not_found"):
        sync(file_bank, registry)


def test_every_model_version_alias_and_tag_of_a_real_server_is_accounted_for(
    file_bank: Bank, mlflow_registry: MlflowServer
) -> None:
    seed = mlflow_registry.seed
    names = ["einfach", "mit leerzeichen", "ümläut-模型", "punkt.strich-_"]
    for name in names:
        seed.model(name)
        seed.tag_model(name, "team", f"team {name}")
        for number in ("1", "2"):
            seed.version(name)
            seed.tag_version(name, number, "release", f"v{number}.0")
        seed.alias(name, "champion", "2")
    sources.add_source(file_bank.session, NewSource("mlflow", "reg", mlflow_registry.url))
    result = sources.sync(file_bank.session, "reg", _quiet)
    assert result.failures == ()
    assert result.counts == SyncCounts(read=12, new=12)
    for name in names:
        one = sheet(file_bank, name)
        (entry,) = one.entries
        assert [(pair.name, pair.value) for pair in entry.entry.aliases] == [("champion", "2")]
        assert ("team", f"team {name}") in [(t.name, t.value) for t in entry.entry.tags]
        assert [
            (v.details.version, [(t.name, t.value) for t in v.details.tags]) for v in one.versions
        ] == [("2", [("release", "v2.0")]), ("1", [("release", "v1.0")])]
        assert one.row.serving == "2"
    assert sources.sync(file_bank.session, "reg", _quiet).is_unchanged


def test_inputs_and_outputs_are_asked_for_once_when_a_version_is_first_seen(
    reg_bank: Bank,
) -> None:
    registry = SigningRegistry(signatures={"pd/2": '{"inputs": "[]"}'})
    registry.add("pd", 2, champion="2")
    sync(reg_bank, registry)
    assert registry.asked == ["pd/2", "pd/1"]
    signatures = [version.details.signature for version in sheet(reg_bank, "pd").versions]
    assert signatures == ['{"inputs": "[]"}', None]
    registry.signatures["pd/1"] = "late"
    registry.models["pd"] = replace(registry.models["pd"], tags=(Pair("team", "risk"),))
    assert sync(reg_bank, registry).counts == SyncCounts(read=3, changed=1, unchanged=2)
    assert registry.asked == ["pd/2", "pd/1"]
    assert ledger.verify_ledger(reg_bank.session).is_ok
