"""DVC, metrics, BentoML and model cards: what trained on what, and numbers that nobody judged."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mlops_desktop.core.events.checks import CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Completion, Stream
from tests.sources.folders import CAPTURES, Inbox, case_of

DVC = "dvc-3.67.1_2026-11-23_"
BENTO = "bentoml-1.4.39_2026-11-23_model.yaml"
TRAIN, MODEL = "f69f5b72bc79a92dc70c63c9aa142e36", "6f8f57715090da2632453988d9a1501b"

CARD = """---
license: apache-2.0
base_model: [google-bert/bert-base-german-cased]
datasets:
- bank/beschwerden
model-index:
- name: beschwerden-v2
  results:
  - task: {type: text-classification}
    dataset: {name: Beschwerden 2025, type: bank/beschwerden}
    metrics:
    - {type: f1, value: 0.910, name: F1, verified: false}
---
# Karte
Kunde Müller, IBAN DE00
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def run_of(inbox: Inbox) -> PipelineRunDetails:
    (run,) = inbox.details(Stream.LINEAGE, PipelineRunDetails)
    return run


def test_a_locked_stage_is_a_run_with_digests_of_its_data(inbox: Inbox) -> None:
    inbox.capture(f"{DVC}dvc.lock", "churn/dvc.lock")
    run = run_of(inbox)
    assert (run.step, run.code, run.at) == ("train", "python train.py", None)
    assert run.inputs == (DatasetUse("churn/data/train.csv", "dvc", TRAIN),)
    assert run.outputs[1] == DatasetUse("churn/models/churn2.pkl", "dvc", MODEL)
    assert Pair("param.C", "0.1") in run.labels
    (train,) = inbox.details(Stream.DATASETS, DatasetDetails)
    assert (train.name, train.digest) == ("churn/data/train.csv", TRAIN)


def test_dvc_yaml_names_the_model_that_a_stage_wrote_and_data_it_describes(inbox: Inbox) -> None:
    inbox.capture(f"{DVC}dvc.lock", "dvc.lock")
    told = (CAPTURES / f"{DVC}dvc.yaml").read_text("utf-8").replace("churn.pkl", "churn2.pkl")
    data = "  train-data: {path: data/train.csv, desc: Kredite, meta: {owner: a.ito}}\n"
    inbox.put("dvc.yaml", told.replace("stages:", f"{data}stages:"))
    assert run_of(inbox).subjects == (Subject("churn"),)
    (dataset,) = inbox.details(Stream.DATASETS, DatasetDetails)
    assert (dataset.owner, dataset.description, dataset.digest) == ("a.ito", "Kredite", TRAIN)
    inbox.capture(f"{DVC}dvc.yaml", "dvc.yaml")
    assert run_of(inbox).subjects == ()


def test_a_single_dvc_file_is_a_dataset(inbox: Inbox) -> None:
    inbox.capture(f"{DVC}churn.pkl.dvc", "churn.pkl.dvc")
    (dataset,) = inbox.details(Stream.DATASETS, DatasetDetails)
    assert (dataset.name, dataset.digest) == ("churn.pkl", "26ab0db90d72e28ad0ba1e22ee510510")


@pytest.mark.parametrize("name", ["metrics.json", "eval/zahlen.json", "any.json"])
def test_metrics_are_numbers_without_a_verdict(inbox: Inbox, name: str) -> None:
    if name == "any.json":
        inbox.capture(f"{DVC}metrics_show.json", name)
    else:
        inbox.put(name, '{"auc": 0.86, "fair": {"dpd": 0.02}, "ok": true, "by": "a"}')
        inbox.put("eval/dvc.yaml", "metrics: [zahlen.json]")
    check = inbox.check()
    assert (check.kind, check.verdict) == (CheckKind.PERFORMANCE, Verdict.NONE)
    assert case_of(check, "auc").value == "0.86"
    assert [one.name for one in check.cases][1:] in ([], ["fair.dpd"])


def test_other_numbers_are_no_metrics(inbox: Inbox) -> None:
    inbox.put("settings.json", '{"port": 8080}')
    assert inbox.end() == Completion(Stream.CHECKS)
    assert inbox.facts(Stream.CHECKS) == []


def test_a_bento_model_is_a_run_that_made_a_version(inbox: Inbox) -> None:
    inbox.capture(BENTO, "models/credit-pd/rsi77wxg7konkax4/model.yaml")
    run = run_of(inbox)
    assert run.subjects == (Subject("credit-pd", "rsi77wxg7konkax4"),)
    assert run.ended == datetime(2026, 11, 23, 4, 58, 39, 978833, tzinfo=UTC)
    assert run.owner == "a.ito"
    assert Pair("label.stage", "prod") in run.labels
    assert Pair("bentoml_version", "1.4.39") in run.labels
    (auc,) = inbox.check().cases
    assert (auc.name, auc.value, auc.verdict) == ("auc", "0.9", Verdict.NONE)


def test_what_yaml_calls_nothing_is_nothing(inbox: Inbox) -> None:
    told = (CAPTURES / BENTO).read_text("utf-8").replace("owner: a.ito", "owner: null")
    inbox.put("model.yaml", told)
    run = run_of(inbox)
    assert run.owner is None
    assert not [one for one in run.labels if one.name == "label.owner"]


def test_a_model_card_tells_what_it_claims_and_its_text_is_not_kept(inbox: Inbox) -> None:
    inbox.put("README.md", CARD)
    inbox.put("other.md", "---\ntitle: Protokoll\n---\n")
    (check,) = inbox.details(Stream.CHECKS, CheckDetails)
    assert check.subjects == (Subject("beschwerden-v2"),)
    (claim,) = check.cases
    # a text of YAML stays as it was written: 0.910 has three decimals
    assert (claim.name, claim.value) == ("F1 (Beschwerden 2025)", "0.910")
    assert (claim.verdict, claim.detail) == (Verdict.NONE, "verified: false")
    assert Pair("base_model", "google-bert/bert-base-german-cased") in check.labels
    (dataset,) = inbox.details(Stream.DATASETS, DatasetDetails)
    assert (dataset.namespace, dataset.name) == ("huggingface", "bank/beschwerden")
    for page in inbox.pages(Stream.CHECKS):
        assert b"IBAN" not in page.raw
