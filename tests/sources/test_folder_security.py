"""SARIF and CycloneDX: findings with the level of the tool, parts and their vulnerabilities."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mlops_desktop.core.events.checks import CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Stream
from tests.sources.folders import Inbox, case_of


def finding(rule: str, **more: Any) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": "src/score.py"},
             "region": {"startLine": 7, "snippet": {"text": "password = 'geheim'"}}}  # fmt: skip
    return {"ruleId": rule, "message": {"text": f"about {rule}"},
            "locations": [{"physicalLocation": place}], **more}  # fmt: skip


RUN: dict[str, Any] = {
    "tool": {"driver": {"name": "Bandit", "version": "1.8",
                        "rules": [{"id": "B1", "defaultConfiguration": {"level": "error"}}]}},
    "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-11-23T04:00:00Z"}],
    "versionControlProvenance": [{"revisionId": "abc", "branch": "main"}],
    "results": [
        finding("B1"), finding("B2"), finding("B3", level="note"), finding("B4", kind="pass"),
        finding("B5", suppressions=[{"kind": "inSource"}]),
        finding("B6", suppressions=[{"kind": "external", "status": "rejected"}]),
    ],
}  # fmt: skip


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def sarif(*runs: dict[str, Any]) -> str:
    return json.dumps({"version": "2.1.0", "runs": list(runs)})


def test_findings_keep_the_level_of_the_tool(inbox: Inbox) -> None:
    inbox.put("a.sarif", sarif(RUN))
    check = inbox.check()
    assert (check.kind, check.verdict, check.suite) == (
        CheckKind.SECURITY,
        Verdict.FAILED,
        "Bandit",
    )
    assert check.at == datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert (check.commit, check.branch, check.total) == ("abc", "main", 6)
    verdicts = {case.name.split()[0]: case.verdict for case in check.cases}
    assert verdicts == {
        "B1": Verdict.FAILED, "B2": Verdict.WARNING, "B3": Verdict.NONE, "B4": Verdict.PASSED,
        "B5": Verdict.SKIPPED, "B6": Verdict.WARNING,
    }  # fmt: skip
    assert case_of(check, "B1").name == "B1 src/score.py:7"
    (page,) = inbox.pages(Stream.CHECKS)
    assert b"geheim" not in page.raw


def test_a_run_says_in_its_properties_which_version_it_is_about(inbox: Inbox) -> None:
    told = {"model": "pd", "model_version": "4"}
    inbox.put("a.sarif", sarif({**RUN, "properties": told}))
    assert inbox.check().subjects == (Subject("pd", "4"),)


@pytest.mark.parametrize(
    ("results", "completed", "verdict"),
    [([], True, Verdict.PASSED), (None, True, Verdict.NONE), ([], False, Verdict.ERROR)],
)
def test_a_tool_that_found_nothing_is_not_one_that_did_not_look(
    inbox: Inbox, results: list[Any] | None, completed: bool, verdict: Verdict
) -> None:
    run = {**RUN, "results": results, "invocations": [{"executionSuccessful": completed}]}
    inbox.put("a.sarif", sarif(run, run))
    checks = inbox.details(Stream.CHECKS, CheckDetails)
    assert [one.verdict for one in checks] == [verdict, verdict]


def test_a_bill_of_materials_judges_nothing_by_itself(inbox: Inbox) -> None:
    bill: dict[str, Any] = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:1",
        "metadata": {"timestamp": "2026-11-23T04:00:00Z", "component":
                     {"type": "machine-learning-model", "name": "credit-pd", "version": "3"}},
        "components": [{"bom-ref": "n", "name": "numpy", "version": "2.4.6"}],
    }  # fmt: skip
    inbox.put("bom.json", json.dumps(bill))
    check = inbox.check()
    assert (check.kind, check.verdict) == (CheckKind.BILL_OF_MATERIALS, Verdict.NONE)
    assert check.subjects == (Subject("credit-pd", "3"),)
    assert Pair("components", "1") in check.labels
    states = ("exploitable", "not_affected", "in_triage", None)
    bill["vulnerabilities"] = [
        {"id": f"CVE-{number}", "affects": [{"ref": "n"}], "ratings": [{"score": 9.8,
         "severity": "critical", "method": "CVSSv31"}], "analysis": {"state": state}}
        for number, state in enumerate(states)
    ]  # fmt: skip
    inbox.put("bom.json", json.dumps(bill))
    check = inbox.check()
    assert check.verdict is Verdict.FAILED
    told = {case.name: case.verdict for case in check.cases}
    assert list(told.values()) == [Verdict.FAILED, Verdict.WARNING, Verdict.PASSED, Verdict.NONE]
    worst = check.cases[0]
    assert (worst.name, worst.value, worst.method) == ("CVE-0 numpy 2.4.6", "9.8", "CVSSv31")
    assert worst.detail == "critical, exploitable"
