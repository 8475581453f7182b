"""A real registry read by commands: every model, version, alias and tag is accounted for."""

from typing import Any

from mlops_desktop.cli.syncing import _Outcome
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.events.sources import StreamFailure, SyncCounts
from mlops_desktop.services.sync import SyncResult
from tests.cli.conftest import Bank
from tests.support.mlflow import MlflowServer
from tests.support.mlflow_seed import Dataset, Seed

NAMES = ("einfach", "mit leerzeichen", "ümläut-模型")
DATA = Dataset("kredite-2025", "sha256-abc", source='{"uri": "s3://daten/kredite.parquet"}')


def fill(seed: Seed) -> None:
    for name in NAMES:
        seed.model(name, tags={"team": f"team {name}"})
        run = seed.run(params={"depth": "4"}, metrics={"auc": 0.8125}, datasets=(DATA,))
        seed.version(name, run_id=run, tags={"release": "v1.0"})
        seed.version(name, tags={"release": "v2.0"})
        seed.alias(name, "champion", "2")
        seed.alias(name, "fallback", "1")


def read(bank: Bank, name: str) -> dict[str, Any]:
    found: dict[str, Any] = bank.json("models", "show", name).document
    return found


def test_a_real_registry_is_read_whole(bank: Bank, mlflow_registry: MlflowServer) -> None:
    fill(mlflow_registry.seed)
    assert bank.run("sources", "add", "mlflow", "real", "--url", mlflow_registry.url).code == 0
    tested = bank.json("sources", "test", "real")
    assert (tested.code, tested.document["ok"]) == (0, True)
    counts = bank.json("sources", "sync", "real").document["real"]
    assert (counts["read"], counts["new"], counts["failures"]) == (13, 13, [])  # 3 runs, 1 dataset
    candidates = {row["name"] for row in bank.json("candidates", "list").document}
    assert set(NAMES) <= candidates
    for name in NAMES:
        document = read(bank, name)
        (entry,) = document["entries"]
        assert entry["tags"] == {"team": f"team {name}"}
        assert entry["aliases"] == {"champion": "2", "fallback": "1"}
        newest, oldest = document["versions"]
        assert (newest["version"], newest["aliases"]) == ("2", ["champion"])
        assert (oldest["version"], oldest["aliases"]) == ("1", ["fallback"])
        assert [one["tags"] for one in (newest, oldest)] == [
            {"release": "v2.0"},
            {"release": "v1.0"},
        ]
        assert oldest["parameters"] == {"depth": "4"}
        assert [(one["name"], one["value"]) for one in oldest["metrics"]] == [("auc", 0.8125)]
        assert [(one["name"], one["digest"]) for one in oldest["datasets"]] == [
            ("kredite-2025", "sha256-abc")
        ]
        (deployment,) = document["deployments"]
        assert (deployment["version"], deployment["to"]) == ("2", None)
    again = bank.json("sources", "sync", "real").document["real"]
    assert (again["unchanged"], again["new"], again["changed"]) == (13, 0, 0)


def test_what_is_gone_at_the_source_is_shown_and_kept(
    bank: Bank, mlflow_registry: MlflowServer
) -> None:
    fill(mlflow_registry.seed)
    bank.run("sources", "add", "mlflow", "real", "--url", mlflow_registry.url)
    bank.run("sources", "sync", "real")
    mlflow_registry.seed.delete_model("einfach")
    counts = bank.json("sources", "sync", "real").document["real"]
    assert counts["missing"] + counts["held_back"] == 3
    shown = read(bank, "einfach")
    assert [one["version"] for one in shown["versions"]] == ["2", "1"]
    assert shown["entries"][0]["missing_since"] is not None


def test_a_stream_that_failed_without_a_detail_is_told_in_a_whole_sentence() -> None:
    failure = StreamFailure("models", "protocol", "")
    result = SyncResult("real", SyncCounts(), (failure,), (), False, Changes(frozenset()))
    remark, remedy = _Outcome("real", result).remarks()
    assert remark == "models not read: The source gave an answer that cannot be used."
    assert remedy.startswith("Check the address.")
