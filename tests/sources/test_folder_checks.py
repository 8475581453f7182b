"""Great Expectations, SageMaker and Evidently: verdicts as given, and no row of the data kept."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mlops_desktop.core.events.checks import CheckDetails, CheckKind, Verdict
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.files.refused import Code
from mlops_desktop.sources.observations import Stream
from tests.sources.folders import CAPTURES, Inbox, case_of

GX = "great-expectations-1.24.1_2026-11-23_validation_result.json"
CHECKPOINT = "great-expectations-1.24.1_2026-11-23_checkpoint_result.json"
VIOLATIONS = "sagemaker_documented-schema_2026-11-23_constraint_violations.json"
WORKSPACE = "evidently-0.7.23_2026-11-15_workspace_snapshot_plots-shortened.json"
DOWNLOAD = "evidently-0.7.23_2026-11-23_download.json"


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


def recorded(name: str) -> Any:
    return json.loads((CAPTURES / name).read_text("utf-8"))


def test_an_expectation_that_raised_did_not_fail(inbox: Inbox) -> None:
    inbox.capture(GX)
    check = inbox.check()
    assert (check.kind, check.verdict) == (CheckKind.DATA_QUALITY, Verdict.FAILED)
    assert (check.total, check.passed, check.failed, check.errors) == (4, 0, 3, 1)
    assert (check.suite, check.dataset) == ("credit-pd-input", "p/train")
    assert check.at == datetime(2026, 11, 23, 4, 54, 0, 595882, tzinfo=UTC)
    raised = case_of(check, "missing_col")
    assert raised.verdict is Verdict.ERROR
    assert raised.detail == 'Error: The column "missing_col" in BatchData does not exist.'
    bounded = case_of(check, "between(income)")
    assert (bounded.threshold, bounded.method) == (
        "min_value 0.0, max_value 100.0", "unexpected_percent"
    )  # fmt: skip
    assert bounded.value == "33.33333333333333"


@pytest.mark.parametrize("nested", [True, False])
def test_both_shapes_of_what_was_raised_are_errors(inbox: Inbox, nested: bool) -> None:
    told = {"raised_exception": True, "exception_message": "could not convert 'Müller'",
            "exception_traceback": "Traceback\n  x\npandas.errors.DataError: 'Müller'"}  # fmt: skip
    document = recorded(GX)
    document["results"] = document["results"][:1]
    document["results"][0]["exception_info"] = (
        {"MetricConfigurationID(…)": told} if nested else told
    )
    inbox.put("a.json", json.dumps(document))
    check = inbox.check()
    assert (check.verdict, check.errors, check.failed) == (Verdict.ERROR, 1, 0)
    assert check.cases[0].detail == "DataError"
    (page,) = inbox.pages(Stream.CHECKS)
    assert b"ller" not in page.raw


def test_no_value_of_a_row_is_kept(inbox: Inbox) -> None:
    document = recorded(GX)
    for number, one in enumerate(document["results"]):
        one["result"]["partial_unexpected_list"] = [f"geheim-{number}"]
        one["result"]["observed_value"] = ["geheim", "geheim"]
        one["result"]["details"] = {"x": "geheim"}
        one["expectation_config"]["kwargs"]["value_set"] = ["geheim", 2]
        one["expectation_config"]["meta"] = {"notes": "geheim"}
    document["meta"]["batch_spec"] = {"query": "SELECT * WHERE name = 'geheim'"}
    inbox.put("a.json", json.dumps(document))
    (page,) = inbox.pages(Stream.CHECKS)
    assert b"geheim" not in page.raw
    assert "geheim" not in repr(page.facts())
    assert page.evidence.request.endswith(" excerpt")


def test_a_checkpoint_holds_several_validations(inbox: Inbox) -> None:
    document = recorded(CHECKPOINT)
    document["validation_results"] *= 2
    inbox.put("a.json", json.dumps(document))
    checks = inbox.details(Stream.CHECKS, CheckDetails)
    assert [one.failed for one in checks] == [4, 4]
    assert len({fact.native_id for fact in inbox.facts(Stream.CHECKS)}) == 2


def test_violations_in_both_spellings(inbox: Inbox) -> None:
    inbox.capture(VIOLATIONS, "a/constraint_violations.json")
    check = inbox.check()
    assert (check.verdict, check.failed, check.total) == (Verdict.FAILED, 3, None)
    income = case_of(check, "income")
    assert income.method == "baseline_drift_check"
    assert income.detail == "Baseline drift distance: 0.32 exceeds threshold: 0.1"
    other = [
        {"featureName": one["feature_name"], "constraintCheckType": one["constraint_check_type"],
         "description": one["description"]}
        for one in recorded(VIOLATIONS)["violations"]
    ]  # fmt: skip
    inbox.put("a/constraint_violations.json", json.dumps({"violations": other}))
    assert inbox.check() == check


@pytest.mark.parametrize(
    ("violations", "kind", "verdict"),
    [
        ([], CheckKind.DATA_QUALITY, Verdict.PASSED),
        ([{"featureName": "a", "constraint_check_type": "baseline_drift_check"}], CheckKind.DRIFT,
         Verdict.FAILED),
        ([{"metric_name": "auc", "constraint_check_type": "LessThanThreshold"}],
         CheckKind.PERFORMANCE, Verdict.FAILED),
        ([{"constraint_check_type": "x", "feature_name": None}, 7], CheckKind.DATA_QUALITY,
         Verdict.FAILED),
    ],
)  # fmt: skip
def test_violations_are_read_leniently(
    inbox: Inbox, violations: list[Any], kind: CheckKind, verdict: Verdict
) -> None:
    inbox.put("constraint_violations.json", json.dumps({"violations": violations}))
    check = inbox.check()
    assert (check.kind, check.verdict, check.failed) == (kind, verdict, len(violations))


def test_a_snapshot_tells_value_method_threshold_and_verdict_as_given(inbox: Inbox) -> None:
    inbox.capture(WORKSPACE)
    checks = {one.kind: one for one in inbox.details(Stream.CHECKS, CheckDetails)}
    assert set(checks) == {CheckKind.DRIFT, CheckKind.DATA_QUALITY, CheckKind.PERFORMANCE}
    drift = checks[CheckKind.DRIFT]
    assert drift.subjects == (Subject("credit-pd", "3"),)
    assert (drift.name, drift.at) == ("weekly-2", datetime(2026, 11, 15, tzinfo=UTC))
    own, users = case_of(drift, "for column income"), case_of(drift, "for income: Less")
    assert own.value == users.value == "6.045354842339674e-49"
    assert own.method == users.method == "K-S p_value"
    # the user's own test on a p-value: told as the tool told it, the drifted column as passed
    assert (own.verdict, own.threshold) == (Verdict.FAILED, "0.05")
    assert (users.verdict, users.threshold) == (Verdict.PASSED, "0.1")
    assert case_of(checks[CheckKind.PERFORMANCE], "Accuracy").value == "0.758"
    assert case_of(drift, "Share of Drifted").value == "count 2.0, share 0.6666666666666666"


def test_a_download_tells_the_same_without_a_time(inbox: Inbox) -> None:
    inbox.capture(DOWNLOAD)
    checks = inbox.details(Stream.CHECKS, CheckDetails)
    stored = Inbox(inbox.root / "stored")
    stored.capture(WORKSPACE)
    others = stored.details(Stream.CHECKS, CheckDetails)
    for one, other in zip(checks, others, strict=True):
        assert (one.at, one.subjects) == (None, ())
        verdicts = [(case.name, case.verdict, case.threshold) for case in one.cases]
        told = [(case.name, case.verdict, case.threshold) for case in other.cases]
        assert [one for one in verdicts if one[1] is not Verdict.NONE] == [
            one for one in told if one[1] is not Verdict.NONE
        ]


def test_plots_are_not_kept_and_old_snapshots_are_refused(inbox: Inbox) -> None:
    inbox.capture(WORKSPACE)
    (page,) = inbox.pages(Stream.CHECKS)
    assert b"widget" not in page.raw
    old = (
        (CAPTURES / WORKSPACE)
        .read_text("utf-8")
        .replace("evidently:metric_v2:", "evidently:metric:")
    )
    inbox.put(WORKSPACE, old)
    (refusal,) = inbox.refused()
    assert (refusal.code, refusal.detail) == (Code.UNEXPECTED, "Evidently before 0.7")
