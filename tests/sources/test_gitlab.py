"""The GitLab source against answers of the documented shape (GitLab REST API, pipelines)."""

import json
from datetime import UTC, datetime
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject as About
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.gitlab.reader import Choice, GitLab, open_source
from mlops_desktop.sources.observations import Completion, ObservedThing, Stream
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject, facts_of
from tests.sources.hostile_server import Asked, Reply, serving

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
_PROJECT = "/api/v4/projects/risk%2Fscorecard/pipelines"


def _pipeline(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "iid": number - 40,
        "project_id": 1,
        "status": "failed" if number == 48 else "success",
        "source": "push",
        "ref": "main",
        "sha": "a91957a858320c0e17f3a0eca7cfacbff50ea29a",
        "web_url": f"https://gitlab.example.com/risk/scorecard/-/pipelines/{number}",
        "created_at": "2026-11-11T11:28:34.085Z",
        "updated_at": f"2026-11-{number - 30}T11:32:35.169Z",
    }


def _report(number: int) -> dict[str, Any]:
    cases = [
        {"status": "success", "name": "test_auc", "classname": "tests.test_model"},
        {"status": "failed", "name": "test_psi", "classname": "tests.test_model",
         "system_output": "customer 4711", "stack_trace": None},
        {"status": "skipped", "name": "test_slow", "classname": "tests.test_model"},
    ]  # fmt: skip
    counts = {"success_count": 1, "failed_count": 1, "skipped_count": 1, "error_count": 0}
    suite = {"name": "pytest", "total_time": 5, "total_count": 3, **counts, "test_cases": cases}
    suites = [suite] if number != 47 else []
    return {"total_time": 5, "total_count": 3, **counts, "test_suites": suites}


def healthy(asked: Asked) -> Reply:
    """Answer as documented: pages by number, reports by pipeline."""
    if asked.path == "/api/v4/version":
        return Reply(b'{"version": "17.6.1-ee", "revision": "a1b2"}')
    if asked.path.endswith("/test_report"):
        return Reply(json.dumps(_report(int(asked.path.split("/")[-2]))).encode())
    size, page = int(asked.query["per_page"]), int(asked.query.get("page", "1"))
    rows = [_pipeline(number) for number in range(46, 49)]
    return Reply(json.dumps(rows[(page - 1) * size : page * size]).encode())


class TestGitLab(SourceConformance):
    subject = Subject(
        open=lambda client: GitLab(client, Choice("risk/scorecard", size=2)),
        reads=frozenset(),
        healthy=healthy,
        lists=lambda asked, stream: (
            asked.path.endswith("/test_report")
            if stream is Stream.CHECKS
            else asked.path == _PROJECT and "scope" not in asked.query
        ),
        facts={Stream.LINEAGE: 3, Stream.CHECKS: 2},
        repeated_page=json.dumps([_pipeline(46)] * 2).encode(),
    )


_SETTINGS = {"project": "risk/scorecard", "about": "credit-pd", "branch": "main"}


def _things(stream: Stream, cursor: str | None = None) -> tuple[list[Any], Completion, list[Asked]]:
    settings = tuple(Pair(name, value) for name, value in _SETTINGS.items())
    with serving(healthy) as server, clock.reading(lambda: NOW):
        connection = Connection("g", "gitlab", server.url, settings=settings)
        source = open_source(connection, Credentials(), lambda: False)
        found = list(source.pull(stream, cursor))
        source.close()
    assert isinstance(found[-1], Completion)
    things = [one.details for one in facts_of(found) if isinstance(one, ObservedThing)]
    return things, found[-1], server.asked


def test_a_pipeline_is_a_run_with_its_commit_and_its_place() -> None:
    (first, *_, last), done, asked = _things(Stream.LINEAGE)
    assert isinstance(first, PipelineRunDetails)
    assert (first.status, last.status, first.run) == ("success", "failed", "46")
    assert first.subjects == (About("credit-pd"),)
    assert first.path == "risk/scorecard/-/pipelines/46"
    assert first.commit == "a91957a858320c0e17f3a0eca7cfacbff50ea29a"
    assert done.cursor == "2026-11-18T11:32:35.169Z"
    assert asked[-1].query["updated_after"] == "2026-08-30T00:00:00Z"
    assert asked[-1].query["ref"] == "main"


def test_the_next_reading_goes_on_where_the_last_ended() -> None:
    _, _, asked = _things(Stream.LINEAGE, "2026-11-18T11:32:35.169Z")
    assert asked[-1].query["updated_after"] == "2026-11-18T11:32:35.169Z"


def test_tests_have_their_own_verdict_and_quote_no_data() -> None:
    (check, _), _, _ = _things(Stream.CHECKS)
    assert isinstance(check, CheckDetails)
    assert (check.kind, check.verdict) == (CheckKind.TEST, Verdict.FAILED)
    assert (check.total, check.passed, check.failed, check.skipped) == (3, 1, 1, 1)
    assert [one.verdict.value for one in check.cases] == ["failed", "skipped", "passed"]
    assert check.cases[0].name == "tests.test_model.test_psi"
    assert "4711" not in repr(check)
    assert (check.branch, check.run) == ("main", "46")
