"""The GitHub source: workflow runs and what their jobs came to (GitHub REST API 2022-11-28).

GitHub has no interface for single tests: a JUnit file that a run keeps as an artefact is handed out
by another host, which is not followed. Have the pipeline put it where a folder is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckCase, CheckDetails, CheckKind, Verdict
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_json import peek_json, read_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    FailureCode,
    Observation,
    ObservedThing,
    Probe,
    Stream,
)
from mlops_desktop.sources.observations import Pair as Seen
from mlops_desktop.sources.rest import (
    Told,
    ask_about,
    numbered,
    open_client,
    parsing,
    read_days,
    tell,
)

_SIZE = 100
_MOST_RUNS = 100
_DONE = "completed"
_VERDICTS = {
    "success": Verdict.PASSED,
    "failure": Verdict.FAILED,
    "timed_out": Verdict.ERROR,
    "cancelled": Verdict.SKIPPED,
    "skipped": Verdict.SKIPPED,
    "action_required": Verdict.WARNING,
}


class Run(msgspec.Struct):
    """A run of a workflow."""

    id: int
    status: str
    head_sha: str
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    head_branch: str | None = None
    event: str | None = None
    conclusion: str | None = None
    html_url: str | None = None
    path: str | None = None
    run_attempt: int = 1
    run_started_at: datetime | None = None


class Job(msgspec.Struct):
    """A job of a run; its log is not read."""

    name: str
    status: str
    conclusion: str | None = None


class Runs(msgspec.Struct):
    """A page of runs, the newest first."""

    workflow_runs: list[Run]


class Jobs(msgspec.Struct):
    """The jobs of a run."""

    jobs: list[Job]


class _Version(msgspec.Struct):
    installed_version: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which repository and branch, how far back, and which model it is about."""

    repository: str
    branch: str = ""
    days: int = 90
    about: str = ""
    size: int = _SIZE

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The model the repository is about, if a person said so."""
        return (Subject(self.about),) if self.about else ()

    @property
    def path(self) -> str:
        """Where the runs are listed."""
        return f"/repos/{quote(self.repository)}/actions/runs"


class GitHub:
    """A reader of one repository; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (Stream.LINEAGE, Stream.CHECKS)

    def __init__(self, client: HttpClient, choice: Choice) -> None:
        self._client = client
        self._choice = choice

    def probe(self) -> Probe:
        """Tell the version of an Enterprise server, and whether runs are visible."""
        return ask_about(Stream.LINEAGE, self._version, self._visible)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield what was begun since the oldest run that was still going on at the last reading."""
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "github")
            return
        reading = _Reading(self._client, self._choice, self._since(cursor))
        told = reading.runs() if stream is Stream.LINEAGE else reading.jobs()
        yield from tell(
            stream,
            told,
            lambda: None,
            lambda: Completion(stream, reading.cursor, is_partial=True),
        )

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _since(self, cursor: str | None) -> datetime:
        oldest = clock.now() - timedelta(days=self._choice.days)
        try:
            return datetime.fromisoformat(cursor or "").astimezone(UTC)
        except ValueError:
            return oldest

    def _version(self) -> str | None:
        return peek_json(self._client.get("/meta").body, _Version).installed_version

    def _visible(self) -> tuple[Seen, ...]:
        answer = self._client.get(self._choice.path, {"per_page": "1", "page": "1"})
        number = len(peek_json(answer.body, Runs).workflow_runs)
        return (Seen("runs", "1+" if number else "0"),)


@dataclass(slots=True)
class _Reading:
    """One reading of one stream, the newest first, back to a moment."""

    client: HttpClient
    choice: Choice
    since: datetime
    newest: datetime | None = None
    open: datetime | None = None

    @property
    def cursor(self) -> str:
        """The beginning of the oldest run still going on, else of the newest."""
        return clock.to_text(self.open or self.newest or self.since)

    def runs(self) -> Iterator[Told]:
        """Yield the pages of runs."""
        parse = parsing(Stream.LINEAGE, Runs, self._facts)
        for answer in self._pages(self.choice.size):
            yield Told(answer, parse)

    def jobs(self) -> Iterator[Told]:
        """Yield the jobs of each run that is over, so many runs at most, the newest."""
        number = 0
        # each is asked for by itself, so that fewer at once are enough
        for answer in self._pages(self.choice.size // 2):
            for run in read_json(answer.body, Runs).workflow_runs:
                if run.status != _DONE or run.created_at.astimezone(UTC) < self.since:
                    continue
                asked = self.client.get(f"{self.choice.path}/{run.id}/jobs", {"per_page": "100"})
                peek_json(asked.body, Jobs)
                yield Told(asked, parsing(Stream.CHECKS, Jobs, _Checks(run, self.choice)))
                number += 1
                if number >= _MOST_RUNS:
                    return

    def _pages(self, size: int) -> Iterator[Answer]:
        query = {"per_page": str(size)}
        query |= {"branch": self.choice.branch} if self.choice.branch else {}
        pages = numbered(
            lambda number: self.client.get(self.choice.path, query | {"page": str(number + 1)}),
            lambda raw: len(peek_json(raw, Runs).workflow_runs),
            size,
        )
        for answer in pages:
            is_last = self._is_enough(peek_json(answer.body, Runs).workflow_runs)
            yield answer
            if is_last:
                return

    def _is_enough(self, runs: list[Run]) -> bool:
        begun = [one.created_at.astimezone(UTC) for one in runs]
        going = [at for at, one in zip(begun, runs, strict=True) if one.status != _DONE]
        self.newest = max([*begun, *([self.newest] if self.newest else [])], default=None)
        self.open = min([*going, *([self.open] if self.open else [])], default=None)
        return not begun or min(begun) < self.since

    def _facts(self, page: Runs) -> tuple[Fact, ...]:
        return tuple(self._run(one) for one in page.workflow_runs)

    def _run(self, one: Run) -> ObservedThing:
        updated = one.updated_at.astimezone(UTC)
        started = (one.run_started_at or one.created_at).astimezone(UTC)
        details = PipelineRunDetails(
            name=f"{one.name or one.path or 'workflow'} #{one.id}",
            subjects=self.choice.subjects,
            at=updated,
            labels=_labels(one),
            pipeline=self.choice.repository,
            step=one.path,
            run=str(one.id),
            status=one.conclusion or one.status,
            started=started,
            ended=updated if one.status == _DONE else None,
            commit=one.head_sha,
        )
        return ObservedThing(f"{self.choice.repository}#{one.id}", details)


@dataclass(frozen=True, slots=True)
class _Checks:
    """Makes a check of the jobs of a run."""

    run: Run
    choice: Choice

    def __call__(self, page: Jobs) -> tuple[Fact, ...]:
        one, ranks = self.run, list(Verdict)
        cases = [CheckCase(job.name, _VERDICTS.get(job.conclusion or "", Verdict.NONE))
                 for job in page.jobs]  # fmt: skip
        cases.sort(key=lambda case: ranks.index(case.verdict))
        verdicts = [case.verdict for case in cases]
        details = CheckDetails(
            name=one.name or one.path or "workflow",
            subjects=self.choice.subjects,
            at=one.updated_at.astimezone(UTC),
            labels=_labels(one),
            kind=CheckKind.TEST,
            suite=one.name,
            verdict=_VERDICTS.get(one.conclusion or "", Verdict.NONE),
            total=len(cases),
            passed=verdicts.count(Verdict.PASSED),
            failed=verdicts.count(Verdict.FAILED),
            errors=verdicts.count(Verdict.ERROR),
            skipped=verdicts.count(Verdict.SKIPPED),
            commit=one.head_sha,
            branch=one.head_branch,
            run=str(one.id),
            cases=tuple(cases),
        )
        return (ObservedThing(f"{self.choice.repository}#{one.id}/jobs", details),)


def _labels(one: Run) -> tuple[Pair, ...]:
    told = {"branch": one.head_branch, "event": one.event, "url": one.html_url}
    return tuple(Pair(name, value) for name, value in told.items() if value)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> GitHub:
    """Open the reader of a repository; raises AppError ``source.days_unreadable`` and its kin."""
    choice = Choice(
        connection.setting("repository").strip("/"),
        connection.setting("branch"),
        read_days(connection, 90),
        connection.setting("about"),
    )
    return GitHub(open_client(connection, credentials, is_cancelled), choice)
