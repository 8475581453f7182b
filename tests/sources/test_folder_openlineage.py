"""OpenLineage: events of one run become one run, in one file or over several."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.events.datasets import Column, DatasetDetails
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Stream
from tests.sources.folders import CAPTURES, Inbox, case_of

EVENTS = "openlineage-1.54.0_2026-11-23_events.ndjson"
RUN = "0192f9a0-0000-7000-8000-000000000001"


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def recorded() -> list[Any]:
    return [json.loads(line) for line in (CAPTURES / EVENTS).read_text("utf-8").splitlines()]


def run_of(inbox: Inbox) -> PipelineRunDetails:
    (run,) = inbox.details(Stream.LINEAGE, PipelineRunDetails)
    return run


def test_recorded_events_become_one_run(inbox: Inbox) -> None:
    inbox.capture(EVENTS)
    run = run_of(inbox)
    assert (run.run, run.status, run.step, run.pipeline) == (
        RUN,
        "COMPLETE",
        "train_credit_pd",
        "ml",
    )
    assert run.started == datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert run.ended == run.at == datetime(2026, 11, 23, 4, 10, tzinfo=UTC)
    assert (run.owner, run.code, run.commit) == ("team:risk", "https://git.example.com/x", "abc")
    assert run.subjects == (Subject("credit-pd", "3"),)
    assert run.inputs == (
        DatasetUse("retail/train.parquet", "s3://bank-data", None, 400, ("income",)),
    )
    assert [one.name for one in run.outputs] == ["models/credit-pd/3"]


def test_datasets_come_with_schema_and_rows_and_counts_are_a_check(inbox: Inbox) -> None:
    inbox.capture(EVENTS)
    train, model = inbox.details(Stream.DATASETS, DatasetDetails)
    assert (train.namespace, train.rows) == ("s3://bank-data", 400)
    assert train.columns == (Column("income", "double"),)
    assert model.name == "models/credit-pd/3"
    (check,) = inbox.details(Stream.CHECKS, CheckDetails)
    nulls = case_of(check, "nullCount")
    assert (nulls.value, nulls.verdict, check.verdict) == ("3", Verdict.NONE, Verdict.NONE)


def test_a_run_begun_in_one_file_and_ended_in_the_next_is_one(inbox: Inbox) -> None:
    start, end = recorded()
    del end["job"]["facets"]
    end["outputs"] = []
    inbox.put("b.ndjson", json.dumps(start) + "\n")
    inbox.put("a.ndjson", json.dumps(end) + "\n")
    run = run_of(inbox)
    assert (run.status, run.path) == ("COMPLETE", "a.ndjson")
    assert (run.owner, run.started) == ("team:risk", datetime(2026, 11, 23, 4, tzinfo=UTC))
    assert [one.name for one in run.outputs] == ["models/credit-pd/3"]
    assert len(inbox.details(Stream.DATASETS, DatasetDetails)) == 2


def test_events_count_by_their_time_and_an_end_stays_one(inbox: Inbox) -> None:
    start, end = recorded()
    end["eventType"] = "FAIL"
    late = {**start, "eventType": "RUNNING", "eventTime": "2026-11-23T05:00:00Z"}
    inbox.put("a.ndjson", "\n".join(map(json.dumps, (end, late, start))) + "\n")
    run = run_of(inbox)
    assert (run.status, run.started, run.ended) == (
        "FAIL", datetime(2026, 11, 23, 4, tzinfo=UTC), datetime(2026, 11, 23, 4, 10, tzinfo=UTC)
    )  # fmt: skip


def test_a_line_that_is_still_written_waits_and_a_broken_one_is_named(inbox: Inbox) -> None:
    start, end = map(json.dumps, recorded())
    inbox.put("a.ndjson", f"{start}\n{end[:100]}")
    assert run_of(inbox).status == "START"
    inbox.put("a.ndjson", f"{start}\n{end[:100]}\n")
    (refusal,) = inbox.refused()
    assert refusal.place == "a.ndjson:2"
    inbox.put("a.ndjson", f"{start}\n{end}")
    assert run_of(inbox).status == "COMPLETE"


def test_single_events_and_files_named_json_are_read_too(inbox: Inbox) -> None:
    start, end = recorded()
    inbox.put("start.json", json.dumps(start))
    inbox.put("end.json", f"{json.dumps(end)}\n{json.dumps(end)}\n")
    assert run_of(inbox).status == "COMPLETE"


def test_assertions_keep_their_verdict_and_literals_are_not_kept(inbox: Inbox) -> None:
    (start, _) = recorded()
    facets = start["inputs"][0]["inputFacets"]
    facets["dataQualityMetrics"]["columnMetrics"]["income"]["max"] = 987654.0
    facets["dataQualityAssertions"] = {
        "assertions": [
            {"assertion": "not_null", "success": False, "column": "income"},
            {"assertion": "row_count", "success": True},
            {"assertion": "odd", "success": "yes"},
        ]
    }
    start["job"]["facets"]["sql"] = {"query": "SELECT 1 WHERE name = 'geheim'"}
    start["run"]["facets"]["errorMessage"] = {"message": "geheim"}
    inbox.put("a.ndjson", json.dumps(start) + "\n")
    check = inbox.check()
    assert check.verdict is Verdict.FAILED
    assert case_of(check, "not_null").name == "not_null(income)"
    assert case_of(check, "odd").verdict is Verdict.NONE
    for stream in (Stream.CHECKS, Stream.LINEAGE, Stream.DATASETS):
        (page,) = inbox.pages(stream)
        assert b"geheim" not in page.raw
        assert b"987654" not in page.raw


def test_a_dataset_event_tells_a_state_of_its_own(inbox: Inbox) -> None:
    told = {
        "eventTime": "2026-11-23T04:00:00Z",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent",
        "dataset": {"namespace": "s3://b", "name": "t",
                    "facets": {"version": {"datasetVersion": "7"},
                               "documentation": {"description": "Kredite"}}},
    }  # fmt: skip
    inbox.put("a.ndjson", json.dumps(told) + "\n")
    (dataset,) = inbox.details(Stream.DATASETS, DatasetDetails)
    assert (dataset.digest, dataset.description) == ("7", "Kredite")
    assert inbox.facts(Stream.LINEAGE) == []
