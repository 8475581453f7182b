"""Tests of versions: evaluated at every reading, beside sources' results, asked for by the gate."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import (
    CheckCase,
    CheckDetails,
    CheckKind,
    CheckObserved,
    Verdict,
)
from mlops_desktop.core.events.versions import VersionChanged, VersionRegistered
from mlops_desktop.core.inventory import Metric, Run, Sighting, VersionDetails
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.version_tests import TestKind
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.gate import ask_gate, ask_gate_of_newest
from mlops_desktop.services.items import Given, edit_item, open_item, show_item, take_step
from mlops_desktop.services.version_tests import read_results, require_tests, show_results
from tests.services.conftest import Bank
from tests.services.steps import DEVELOPER, register

TEST = kind_named("test")
GINI = {
    "title": "Trennschärfe",
    "kind": "model",
    "metric": "gini",
    "direction": "at_least",
    "threshold": "0.70",
}


def details(gini: str, label: str = "7") -> VersionDetails:
    metrics = (Metric("gini", gini), Metric("gini@branch", "0.61"), Metric("psi", "0.04"))
    return VersionDetails(
        label, artifact="sha256:aa", run=Run("r1", commit="c0ffee", metrics=metrics)
    )


def version(bank: Bank, model: str, gini: str, label: str = "7") -> str:
    key = new_id()
    with bank.session.workspace.write(bank.as_(DEVELOPER).actor) as work:
        work.record(VersionRegistered(key, model, details(gini, label)))
    return key


def read_again(bank: Bank, model: str, key: str, gini: str) -> None:
    with bank.session.workspace.write(bank.session.actor) as work:
        seen = Sighting("ab" * 32, clock.now())
        work.record(VersionChanged(key, model, details(gini), seen))


def define(bank: Bank, model: str, **texts: str) -> str:
    return open_item(bank.session, TEST, Given(GINI | texts, (model,))).id


def verdicts(bank: Bank) -> list[tuple[str, str | None, int | None]]:
    (found,) = show_results(bank.session, "M-00001")
    return [(one.verdict.value, one.value, one.revision) for one in found.results]


def red(bank: Bank) -> list[str]:
    answer = ask_gate(bank.session, "M-00001", "7", "production")
    return [one.rule for one in answer.reasons if one.rule != "approval_missing"]


def test_a_test_is_evaluated_at_once_and_at_every_later_reading(bank: Bank) -> None:
    model = register(bank)
    key = version(bank, model, "0.71")
    define(bank, model)
    assert verdicts(bank) == [("passed", "0.71", 1)]
    read_again(bank, model, key, "0.69")
    assert verdicts(bank) == [("failed", "0.69", 1)]
    assert red(bank) == ["test_red"]
    read_again(bank, model, key, "0.69")
    read_again(bank, model, key, "0.7")
    assert verdicts(bank) == [("passed", "0.7", 1)]
    assert red(bank) == []


def test_a_revision_is_a_step_and_older_results_keep_theirs(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    test = define(bank, model)
    with pytest.raises(AppError, match=r"item\.field_frozen"):
        edit_item(bank.session, TEST, test, Given({"threshold": "0.60"}))
    before = clock.now()
    take_step(bank.session, TEST, test, "revise", Given({"threshold": "0.75"}, reason="strenger"))
    assert verdicts(bank) == [("failed", "0.71", 2)]
    assert before <= clock.now()
    take_step(bank.session, TEST, test, "end", Given({}, reason="abgelöst"))
    assert show_item(bank.session, test, kind=TEST).state.stage == "ended"


def test_a_segment_is_measured_by_itself(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    define(bank, model, segment="branch", threshold="0.62")
    assert verdicts(bank) == [("failed", "0.61", 1)]


def test_what_is_not_measured_has_no_result(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    define(bank, model, metric="ks")
    define(bank, model, source="registry")
    assert verdicts(bank) == []


def test_a_value_that_is_no_number_could_not_be_tested(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "nan")
    define(bank, model)
    assert verdicts(bank) == [("error", "nan", 1)]


def observe(bank: Bank, model: str, told: CheckDetails) -> None:
    with bank.session.workspace.write(bank.session.actor) as work:
        seen = Sighting("cd" * 32, clock.now())
        work.record(CheckObserved(new_id(), "ci", new_id(), (model,), told, seen))


def test_sources_keep_their_own_verdict_and_the_newest_counts(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    then = clock.now() - timedelta(days=2)
    suite = CheckDetails(
        name="unit",
        subjects=(Subject("M-00001", "7"),),
        at=then,
        kind=CheckKind.TEST,
        suite="unit",
        verdict=Verdict.PASSED,
        total=412,
        passed=412,
        failed=0,
    )
    observe(bank, model, suite)
    assert red(bank) == []
    case = CheckCase("test_score", Verdict.FAILED)
    later = then + timedelta(days=1)
    failed = replace(suite, at=later, verdict=Verdict.FAILED, passed=409, failed=3, cases=(case,))
    observe(bank, model, failed)
    observe(bank, model, replace(suite, subjects=(Subject("M-00001", "6"),), at=clock.now()))
    (found,) = show_results(bank.session, "M-00001")
    (result,) = found.results
    assert (result.verdict, result.failed, result.total) == (Verdict.FAILED, 3, 412)
    assert red(bank) == ["suite_red"]


def test_a_result_that_is_dated_ahead_hides_no_later_one(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    ahead = clock.now() + timedelta(days=4000)
    subjects = (Subject("M-00001", "7"),)
    passed = CheckDetails("unit", subjects, ahead, kind=CheckKind.TEST, verdict=Verdict.PASSED)
    observe(bank, model, passed)
    observe(bank, model, replace(passed, at=clock.now(), verdict=Verdict.FAILED, failed=1))
    assert red(bank) == ["suite_red"]


def test_a_result_without_version_is_known_by_the_commit(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    scan = CheckDetails(
        name="scan", kind=CheckKind.SECURITY, suite="scan", verdict=Verdict.PASSED, commit="c0ffee"
    )
    observe(bank, model, scan)
    observe(bank, model, replace(scan, suite="other", commit="0ddba11"))
    (found,) = show_results(bank.session, "M-00001")
    assert [(one.kind, one.name) for one in found.results] == [(TestKind.SECURITY, "scan")]


def test_the_gate_asks_for_the_kinds_of_the_tier(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    require_tests(bank.session, 1, (TestKind.MODEL, TestKind.SECURITY), "Klasse 1")
    assert red(bank) == ["test_missing", "test_missing"]
    define(bank, model)
    (reason,) = [
        one
        for one in ask_gate(bank.session, "M-00001", "7", "production").reasons
        if one.rule == "test_missing"
    ]
    assert "security" in reason.detail
    require_tests(bank.session, 1, (), "aufgehoben")
    assert red(bank) == []


@pytest.mark.parametrize(
    ("who", "tier", "reason", "code"),
    [
        ("Jonas Brandt", 1, "weil", r"authority\.require_tests"),
        (None, 0, "weil", r"tests\.tier_unfit"),
        (None, 1, " ", r"tests\.reason_missing"),
    ],
)
def test_what_a_tier_asks_for_is_refused_by_name(
    bank: Bank, who: str | None, tier: int, reason: str, code: str
) -> None:
    session = bank.as_(who) if who else bank.session
    with pytest.raises(AppError, match=code):
        require_tests(session, tier, (TestKind.LOAD,), reason)


def test_a_grave_finding_overdue_stops_a_delivery_until_its_risk_is_accepted(bank: Bank) -> None:
    model = register(bank)
    version(bank, model, "0.71")
    finding = kind_named("finding")
    texts = {
        "title": "Datenbasis",
        "severity": "high",
        "origin": "validation",
        "due": clock.today().isoformat(),
        "owner": "Corinna Wolters",
    }
    open_item(bank.session, finding, Given(texts, (model,)))
    assert red(bank) == []
    with clock.reading(lambda: _TOMORROW):
        assert red(bank) == ["finding_overdue"]


_TOMORROW = clock.now() + timedelta(days=2)


def test_the_gate_reads_the_results_once_for_all_versions_of_a_model(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = register(bank)
    for number in range(5):
        version(bank, model, "0.69", str(number))
    calls: list[object] = []
    real = read_results

    def counted(*given: Any) -> Any:
        calls.append(given)
        return real(*given)

    monkeypatch.setattr("mlops_desktop.services.gate.version_tests.read_results", counted)
    answers = ask_gate_of_newest(bank.session, "M-00001", "production")
    assert len(answers) == 5
    assert len(calls) == 1
    for one in answers.values():
        alone = ask_gate(bank.session, "M-00001", one.version, "production")
        assert alone.reasons == one.reasons
