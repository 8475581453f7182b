"""The GitHub source against answers of the documented shape (GitHub REST API 2022-11-28)."""

import json
from datetime import UTC, datetime
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckDetails, Verdict
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject as About
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.github.reader import Choice, GitHub, open_source
from mlops_desktop.sources.observations import Completion, ObservedThing, Stream
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject, facts_of
from tests.sources.hostile_server import Asked, Reply, serving

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
_RUNS = "/repos/octo-org/scorecard/actions/runs"
_STATES = {30: ("in_progress", None), 29: ("completed", "failure"), 28: ("completed", "success")}


def _run(number: int) -> dict[str, Any]:
    status, conclusion = _STATES[number]
    return {
        "id": number,
        "name": "Build",
        "head_branch": "main",
        "head_sha": "acb5820ced9479c074f688cc328bf03f341a511d",
        "path": ".github/workflows/build.yml",
        "run_number": 562,
        "run_attempt": 1,
        "event": "push",
        "status": status,
        "conclusion": conclusion,
        "html_url": f"https://github.example.com/octo-org/scorecard/actions/runs/{number}",
        "created_at": f"2026-11-{number - 5}T19:33:08Z",
        "updated_at": f"2026-11-{number - 5}T19:40:08Z",
        "run_started_at": f"2026-11-{number - 5}T19:33:10Z",
        "actor": {"login": "octocat"},
    }


def _jobs(number: int) -> dict[str, Any]:
    names = {"build": "success", "test": _STATES[number][1], "deploy": "skipped"}
    jobs = [
        {"id": 1, "run_id": number, "name": name, "status": "completed", "conclusion": conclusion}
        for name, conclusion in names.items()
    ]
    return {"total_count": 3, "jobs": jobs}


def healthy(asked: Asked) -> Reply:
    """Answer as documented: runs by page, the newest first; jobs by run."""
    if asked.path == "/meta":
        return Reply(b'{"verifiable_password_authentication": true, "installed_version": "3.14.2"}')
    if asked.path.endswith("/jobs"):
        return Reply(json.dumps(_jobs(int(asked.path.split("/")[-2]))).encode())
    size, page = int(asked.query["per_page"]), int(asked.query["page"])
    rows = [_run(number) for number in sorted(_STATES, reverse=True)]
    told = {"total_count": len(rows), "workflow_runs": rows[(page - 1) * size : page * size]}
    return Reply(json.dumps(told).encode())


class TestGitHub(SourceConformance):
    subject = Subject(
        open=lambda client: GitHub(client, Choice("octo-org/scorecard", days=3650, size=2)),
        reads=frozenset(),
        healthy=healthy,
        lists=lambda asked, stream: (
            asked.path.endswith("/jobs")
            if stream is Stream.CHECKS
            else asked.path == _RUNS and asked.query["per_page"] == "2"
        ),
        facts={Stream.LINEAGE: 3, Stream.CHECKS: 2},
        repeated_page=json.dumps({"workflow_runs": [_run(29)] * 2}).encode(),
    )


def _things(stream: Stream, cursor: str | None = None) -> tuple[list[Any], Completion, list[Asked]]:
    settings = (Pair("repository", "octo-org/scorecard"), Pair("about", "credit-pd"))
    with serving(healthy) as server, clock.reading(lambda: NOW):
        connection = Connection("g", "github", server.url, settings=settings)
        source = open_source(connection, Credentials(), lambda: False)
        found = list(source.pull(stream, cursor))
        source.close()
    assert isinstance(found[-1], Completion)
    things = [one.details for one in facts_of(found) if isinstance(one, ObservedThing)]
    return things, found[-1], server.asked


def test_a_run_says_how_it_ended_and_one_that_goes_on_is_asked_again() -> None:
    (going, red, green), done, _ = _things(Stream.LINEAGE)
    assert isinstance(red, PipelineRunDetails)
    assert (going.status, red.status, green.status) == ("in_progress", "failure", "success")
    assert (going.ended, red.subjects) == (None, (About("credit-pd"),))
    assert red.ended is not None
    assert done.cursor == "2026-11-25T19:33:08.000Z"
    assert any(one.name == "url" and one.value.endswith("/29") for one in red.labels)


def test_jobs_of_runs_that_are_over_are_told_with_github_s_verdict() -> None:
    (red, green), _, _ = _things(Stream.CHECKS)
    assert isinstance(red, CheckDetails)
    assert (red.verdict, green.verdict) == (Verdict.FAILED, Verdict.PASSED)
    assert [(one.name, one.verdict.value) for one in red.cases] == [
        ("test", "failed"),
        ("deploy", "skipped"),
        ("build", "passed"),
    ]
    assert (red.total, red.passed, red.failed, red.skipped) == (3, 1, 1, 1)


def test_what_was_read_before_is_not_asked_for_again() -> None:
    told, _, asked = _things(Stream.CHECKS, "2026-11-24T00:00:00Z")
    assert len(told) == 1
    assert [one.path for one in asked if one.path.endswith("/jobs")] == [f"{_RUNS}/29/jobs"]
