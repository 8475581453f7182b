"""The history of data by commands: from a folder of OpenLineage events and checks to models."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Bank
from tests.sources.folders import Inbox

NOW = datetime.now(UTC)
LAKE = "s3://elbmark"


def event(kind: str, run: str, at: datetime, **more: object) -> str:
    told = {
        "eventType": kind, "eventTime": at.isoformat(), "run": {"runId": run, "facets": {
            "parent": {"job": {"namespace": "plan", "name": "konten"}, "run": {"runId": "p"}}}},
        "job": {"namespace": "plan", "name": "bereinigen", "facets": {
            "documentation": {"description": "Removes duplicates."},
            "sourceCodeLocation": {"url": "git@elbmark:konten", "version": "4f2a9c1"},
            "ownership": {"owners": [{"name": "nguyen"}]}}},
        "inputs": [dataset("Kontoumsätze", "raw-1")],
        "outputs": [
            dataset("Umsätze bereinigt", run), dataset("models/PD Retail/7", None, "mlflow"),
        ],
        **more,
    }  # fmt: skip
    return json.dumps(told)


def dataset(name: str, digest: str | None, namespace: str = LAKE) -> dict[str, object]:
    facets: dict[str, object] = {"schema": {"fields": [{"name": "iban", "type": "string"}]}}
    if digest:
        facets["version"] = {"datasetVersion": digest}
    return {"namespace": namespace, "name": name, "facets": facets}


def check(missing: float) -> str:
    return json.dumps({
        "success": missing <= 1, "suite_name": "konten",
        "meta": {"great_expectations_version": "1.24.1", "run_id": {"run_time": NOW.isoformat()},
                 "active_batch_definition": {"datasource_name": "lager",
                                             "data_asset_name": "Umsätze bereinigt"}},
        "results": [{
            "success": missing <= 1,
            "expectation_config": {"type": "expect_column_values_to_not_be_null",
                                   "kwargs": {"column": "iban", "mostly": 0.99}},
            "result": {"element_count": 1000, "unexpected_percent": missing}}],
    })  # fmt: skip


@pytest.fixture
def told(bank: Bank, tmp_path: Path) -> Bank:
    inbox = Inbox(tmp_path / "lager")
    late = datetime.now(UTC) - timedelta(hours=30)  # a long run collects long before it asks
    inbox.put("läufe.ndjson", event("START", "r1", late) + "\n" + event("COMPLETE", "r1", late))
    inbox.put("konten.json", check(2.9))
    assert bank.run("sources", "add", "folder", "lager", "--url", str(inbox.root)).code == 0
    assert bank.run("sources", "sync", "lager").code == 0
    return bank


def test_from_a_folder_to_the_models_that_learned_from_it(told: Bank) -> None:
    down = told.json("lineage", "Kontoumsätze", "--down").document
    assert [one["id"] for one in down["models"]] == ["M-00001"]
    assert down["models"][0]["versions"] == ["7"]
    assert {"from", "to", "digests", "for"} <= set(down["edges"][0])
    assert "pipeline:konten · bereinigen" in {one["key"] for one in down["nodes"]}
    up = told.json("lineage", "M-00001@7", "--up", "--depth", "2", "--runs").document
    assert {one["kind"] for one in up["nodes"]} >= {"version", "pipeline_run"}
    assert told.run("lineage", "Kontoumsätze").out.count("M-00001") >= 1
    nothing = told.json("lineage", "nirgends")
    assert (nothing.code, nothing.document["error"]["code"]) == (2, "lineage.not_found")


def test_a_dataset_is_shown_with_what_it_came_from_and_what_learned_from_it(told: Bank) -> None:
    listed = told.json("datasets", "list").document
    assert f"{LAKE}/Kontoumsätze" in {one["id"] for one in listed}
    whole = told.json("datasets", "show", "Umsätze bereinigt").document
    assert whole["id"] == f"{LAKE}/Umsätze bereinigt"
    assert whole["checks"][0]["verdict"] == "failed"
    up = told.json("datasets", "show", "Umsätze bereinigt", "--up").document["lineage"]
    assert up["models"] == []
    assert f"{LAKE}/Kontoumsätze" in {one["id"] for one in up["nodes"]}
    down = told.json("datasets", "show", "Kontoumsätze", "--down").document["lineage"]
    assert [one["id"] for one in down["models"]] == ["M-00001"]
    text = told.run("datasets", "show", "Kontoumsätze").out
    assert "PD Retail" in text
    assert "konten" in text
    nothing = told.json("datasets", "show", "nirgends")
    assert (nothing.code, nothing.document["error"]["code"]) == (2, "lineage.not_found")


def test_a_late_pipeline_with_a_failed_check(told: Bank) -> None:
    (row,) = told.json("pipelines", "list").document
    assert (row["id"], row["freshness"], row["quality"]) == (
        "lager/konten",
        "not_expected",
        "failed",
    )
    done = told.json("pipelines", "expect", "konten", "--every", "24h", "--reason", "täglich")
    assert done.document["freshness"] == "late"
    assert 350 <= done.document["late_minutes"] <= 370
    assert told.run("pipelines", "expect", "konten", "--every", "bald").code == 2
    told.run("pipelines", "describe", "konten", "--text", "Räumt auf", "--step", "bereinigen")
    sheet = told.json("pipelines", "show", "konten").document
    (step,) = sheet["step_sheets"]
    assert (step["description"], step["last_run"]["commit"]) == ("Räumt auf", "4f2a9c1")
    assert step["last_run"]["inputs"][0]["columns"] == ["iban"]
    assert step["link"].startswith("file:///")
    text = told.run("pipelines", "show", "konten").out
    assert "97.1 % of at least 99 %" in text
    late = told.json("pipelines", "list", "--filter", "fresh:late quality:failed").document
    assert len(late) == 1
    assert told.json("pipelines", "list", "--filter", "nirgends").document == []
    refused = told.json("pipelines", "list", "--filter", "fresh:gestern")
    assert refused.document["error"]["code"] == "filter.value_refused"


def test_an_incident_is_opened_shown_with_what_it_reaches_and_settled(told: Bank) -> None:
    opened = told.json(
        *("incidents", "open", "--title", "Währungsfeld falsch", "--severity", "high"),
        *("--dataset", "Kontoumsätze", "--found", "2026-02-09"),
    )
    number = opened.document["id"]
    assert number == "I-00001"
    affected = told.json("incidents", "affected", number).document
    assert (affected["known"], [one["id"] for one in affected["models"]]) == (True, ["M-00001"])
    assert "M-00001" in told.run("incidents", "affected", number).out
    assert told.json("pipelines", "list", "--filter", "incident:yes").document
    assert told.run("incidents", "confirm", number, "--reason", "geprüft").code == 0
    assert told.json("validations", "list").document
    settle = ("incidents", "settle", number, "--resolution", "neu geladen", "--reason", "erledigt")
    assert told.json(*settle).document["state"] == "settled"
    assert told.json("incidents", "list").document == []
