"""JUnit XML: four outcomes, properties of suites and cases, times with and without offset."""

from datetime import UTC, datetime
from pathlib import Path

from mlops_desktop.core.events.checks import CheckDetails, CheckKind, Verdict
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.observations import Stream
from tests.sources.folders import Inbox, case_of

CAPTURE = "pytest-9.2_2026-11-23_junit.xml"


def test_a_recorded_result_is_read_whole(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    inbox.capture(CAPTURE)
    check = inbox.check()
    assert (check.kind, check.verdict, check.suite) == (CheckKind.TEST, Verdict.FAILED, "pytest")
    assert check.subjects == (Subject("credit-pd", "3"),)
    assert check.at == datetime(2026, 11, 23, 4, 55, 33, 832059, tzinfo=UTC)
    counted = (check.total, check.passed, check.failed, check.errors, check.skipped)
    assert counted == (5, 1, 1, 1, 2)
    assert [one.verdict for one in check.cases] == [
        Verdict.FAILED, Verdict.ERROR, Verdict.SKIPPED, Verdict.SKIPPED, Verdict.PASSED
    ]  # fmt: skip
    auc = case_of(check, "auc")
    assert (auc.method, auc.value, auc.threshold) == ("auc", "0.81", "0.75")
    assert case_of(check, "holdout").method == "pytest.skip"
    assert case_of(check, "known").method == "pytest.xfail"
    assert case_of(check, "bias").detail == (
        "AssertionError: demographic parity difference too large"
    )


def test_traces_and_output_are_not_kept(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    inbox.capture(CAPTURE)
    (page,) = inbox.pages(Stream.CHECKS)
    assert b"record_property" not in page.raw
    inbox.put(CAPTURE, (
        '<testsuite name="s"><testcase name="t"><failure>kunde 4711\nMüller, 50.000</failure>'
        "<system-out>Müller</system-out></testcase></testsuite>"
    ))  # fmt: skip
    (page,) = inbox.pages(Stream.CHECKS)
    assert "Müller".encode() not in page.raw
    assert case_of(inbox.check(), "t").detail == "kunde 4711"


def test_a_time_without_offset_is_of_the_zone_set(tmp_path: Path) -> None:
    suite = '<testsuite name="s" timestamp="2026-07-01T12:00:00"><testcase name="t"/></testsuite>'
    inbox = Inbox(tmp_path, (Pair("zone", "Europe/Berlin"),))
    inbox.put("a.xml", suite)
    assert inbox.check().at == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert Inbox(tmp_path).check().at == datetime(2026, 7, 1, 12, tzinfo=UTC)
    inbox.put("a.xml", suite.replace("2026-07", "gestern"))
    assert inbox.check().at is None


def test_the_model_is_that_of_the_suite_the_cases_or_the_folder(tmp_path: Path) -> None:
    def properties(**told: str) -> str:
        parts = (f'<property name="{name}" value="{value}"/>' for name, value in told.items())
        return f"<properties>{''.join(parts)}</properties>"

    one, other = (
        f'<testcase name="{model}">{properties(model=model, version=version)}</testcase>'
        for model, version in (("pd", "1"), ("lgd", "2"))
    )
    inbox = Inbox(tmp_path, (Pair("model", "ead"), Pair("version", "9")))
    inbox.put("a.xml", f'<testsuite name="s">{one}{other}</testsuite>')
    assert inbox.check().subjects == (Subject("pd", "1"), Subject("lgd", "2"))
    inbox.put("a.xml", '<testsuite name="s"><testcase name="t"/></testsuite>')
    assert inbox.check().subjects == (Subject("ead", "9"),)
    common = properties(model="pd", model_version="4")
    inbox.put("a.xml", f"<testsuites>{common}<testsuite name='s'>{one}</testsuite></testsuites>")
    assert inbox.check().subjects == (Subject("pd", "4"),)


def test_suites_of_one_file_are_checks_of_their_own(tmp_path: Path) -> None:
    suite = '<testsuite name="s"><testcase name="t"/></testsuite>'
    inbox = Inbox(tmp_path)
    inbox.put("a.xml", f"<testsuites>{suite}{suite}</testsuites>")
    facts = inbox.facts(Stream.CHECKS)
    assert len({fact.native_id for fact in facts}) == 2
    inbox.put("a.xml", "<testsuites/>")
    (check,) = inbox.details(Stream.CHECKS, CheckDetails)
    assert (check.total, check.verdict) == (0, Verdict.NONE)


def test_a_suite_says_what_else_than_the_model_it_tests(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    for told, kind in (("load", CheckKind.LOAD), ("unheard-of", CheckKind.TEST)):
        properties = f'<properties><property name="kind" value="{told}"/></properties>'
        inbox.put("a.xml", f'<testsuite name="s">{properties}<testcase name="t"/></testsuite>')
        assert inbox.check().kind is kind
