"""Monitoring by commands: series and thresholds, breaches, what is not measured, applications."""

from pathlib import Path

import pytest

from mlops_desktop.core import clock
from tests.cli.conftest import Bank
from tests.cli.program import ANNA, OLGA

NAME = "PD Retail"
TABLE = """model;kpi;day;value;channel;app;verdict
PD Retail;PSI;2025-12-31;0.08;;;ok
PD Retail;PSI;2026-03-31;0.14;;;warning
PD Retail;PSI;2026-06-30;0.27;;;critical
PD Retail;PSI;2026-06-30;0.31;broker;;
;latency p95;2026-06-30;41;;APP-7;
"""
MAPPING = (
    ("model", "model"), ("metric", "kpi"), ("time", "day"), ("value", "value"),
    ("segment.channel", "channel"), ("application", "app"), ("verdict", "verdict"),
)  # fmt: skip
PSI = ("--direction", "above", "--warning", "0.1", "--intervention", "0.25")


@pytest.fixture
def measured(bank: Bank, tmp_path: Path) -> Bank:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "m.csv").write_text(TABLE, "utf-8")
    settings = [part for name, head in MAPPING for part in ("--set", f"column.{name}={head}")]
    settings += ["--set", "numbers=en"]
    url = str(tmp_path / "in")
    assert bank.run("sources", "add", "folder", "mess", "--url", url, *settings).code == 0
    named = ("--title", "Kreditportal", "--inventory-number", "APP-7", "--model", NAME)
    done = bank.json("applications", "open", *named)
    assert done.code == 0, done.err
    return bank


def test_what_is_measured_is_shown_with_its_threshold_and_breached(measured: Bank) -> None:
    bank, name = measured, NAME
    never = bank.json("monitoring", "show", name).document
    assert (never["metrics"], never["never_measured"]) == ([], True)
    assert "never measured" in bank.run("monitoring", "show", name).out
    refused = bank.json("monitoring", "threshold", "set", name, "PSI", "--direction", "above",
                        "--warning", "0.3", "--intervention", "0.2")  # fmt: skip
    assert (refused.code, refused.error["where"]) == (2, "intervention")
    done = bank.json("monitoring", "threshold", "set", name, "PSI", *PSI, "--unit", "1",
                     "--every", "92", "--valid-from", "2025-01-01", "--as", ANNA)  # fmt: skip
    assert (done.code, done.document["by"], done.document["ended"]) == (0, ANNA, False)
    assert bank.run("sources", "sync", "mess").code == 0
    rows = bank.json("breaches").document
    assert rows == bank.json("breaches", "list").document
    shown = ("id", "metric", "segment", "value", "threshold")
    told = [tuple(one[name] for name in shown) for one in rows]
    assert told == [
        ("B-00001", "PSI", None, "0.27", "> 0.25"),
        ("B-00002", "PSI", "channel=broker", "0.31", "> 0.25"),
    ]
    first = rows[0]
    assert (first["since"], first["state"], first["plan"]) == ("2026-03-31", "open", None)
    assert first["model_name"] == name
    plan = ("--resolution", "Neu kalibrieren", "--due", "2099-12-31", "--linked", "F-00001")
    assert bank.json("breaches", "plan", "B-00001", *plan, "--as", OLGA).code == 0
    assert bank.json("breaches").document[0]["plan"] == "Neu kalibrieren"
    assert bank.json("breaches", "--json", "list", "--level", "amber").document == []
    assert [one["models"] for one in bank.json("exceptions", "list").document] == [[first["model"]]]
    refused = bank.json("breaches", "clear", "B-00001")
    assert refused.code == 2, "only a measurement clears a breach"
    found = bank.json("monitoring", "show", name, "--metric", "psi", "--from", "2026-01-01")
    sheet = next(one for one in found.document["metrics"] if one["segment"] is None)
    assert [one["value"] for one in sheet["points"]][:2] == [0.14, 0.27]
    assert (sheet["source_verdict"], sheet["threshold"]["warning"]) == ("critical", "0.1")
    assert [one["level"] for one in sheet["evaluations"]] == ["green", "amber", "red"]
    late = sheet["state"] == "unmeasured"
    assert late is (clock.today().isoformat() > "2026-10-23")
    listed = bank.json("monitoring", "list", "--filter", "metric:psi segment:broker").document
    assert [one["value"] for one in listed] == [0.31]
    refused = bank.json("monitoring", "list", "--filter", "state:purple")
    assert (refused.code, refused.error["code"]) == (2, "filter.value_refused")
    other = bank.json("monitoring", "show", name, "--metric", "AUC")
    assert (other.code, other.error["where"]) == (2, "--metric")


def test_an_application_s_figures_stand_beside_those_of_its_model(measured: Bank) -> None:
    assert measured.run("sources", "sync", "mess").code == 0
    rows = measured.json("monitoring", "list", "--model", NAME).document
    (latency,) = [one for one in rows if one["metric"] == "latency p95"]
    assert (latency["application"], latency["value"]) == ("APP-7", 41)
    past = measured.json("monitoring", "list", "--model", NAME, "--as-of", "2020-01-01")
    assert past.document == []
    assert "unmeasured since" in measured.run("monitoring", "list", "--model", NAME).out or (
        clock.today().isoformat() < "2026-07-23"
    )
