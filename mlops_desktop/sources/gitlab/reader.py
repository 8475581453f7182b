"""The GitLab source: pipelines and their test reports (GitLab REST API v4)."""

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

_API = "/api/v4"
_SIZE = 100
# One request each, so that a first reading goes on over several syncs.
_MOST_REPORTS = 200
_MOST_CASES = 500
_VERDICTS = {
    "success": Verdict.PASSED,
    "failed": Verdict.FAILED,
    "error": Verdict.ERROR,
    "skipped": Verdict.SKIPPED,
}


class Pipeline(msgspec.Struct):
    """A pipeline as it stands in the list."""

    id: int
    status: str
    sha: str
    updated_at: datetime
    ref: str | None = None
    source: str | None = None
    web_url: str | None = None
    created_at: datetime | None = None


class Case(msgspec.Struct):
    """A test; output and stack trace can quote any data and are not read."""

    name: str
    status: str
    classname: str | None = None


class Suite(msgspec.Struct):
    """The tests of one job."""

    name: str
    total_count: int = 0
    success_count: int = 0
    failed_count: int = 0
    skipped_count: int = 0
    error_count: int = 0
    test_cases: list[Case] = []


class Report(msgspec.Struct):
    """What the tests of a pipeline came to."""

    test_suites: list[Suite]


class _Version(msgspec.Struct):
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Which project and branch, how far back, and which model it is about."""

    project: str
    branch: str = ""
    days: int = 90
    about: str = ""
    size: int = _SIZE

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The model the project is about, if a person said so."""
        return (Subject(self.about),) if self.about else ()

    @property
    def path(self) -> str:
        """Where the project's pipelines are listed."""
        return f"{_API}/projects/{quote(self.project, safe='')}/pipelines"


class GitLab:
    """A reader of one project; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (Stream.LINEAGE, Stream.CHECKS)

    def __init__(self, client: HttpClient, choice: Choice) -> None:
        self._client = client
        self._choice = choice
        self._reached = ""

    def probe(self) -> Probe:
        """Tell the version, and whether the project's pipelines are visible."""
        return ask_about(Stream.LINEAGE, self._version, self._visible)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield what was updated since the last reading, the oldest first."""
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "gitlab")
            return
        self._reached = cursor or ""
        told = self._pipelines(cursor) if stream is Stream.LINEAGE else self._reports(cursor)
        yield from tell(
            stream,
            told,
            self._version,
            lambda: Completion(stream, self._reached or None, is_partial=True),
        )

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _pipelines(self, cursor: str | None) -> Iterator[Told]:
        parse = parsing(Stream.LINEAGE, list[Pipeline], self._runs)
        for answer in self._pages(cursor, {}):
            yield Told(answer, parse)
            self._reach(read_json(answer.body, list[Pipeline]))

    def _reports(self, cursor: str | None) -> Iterator[Told]:
        number = 0
        for answer in self._pages(cursor, {"scope": "finished"}):
            for one in read_json(answer.body, list[Pipeline]):
                report = self._client.get(f"{self._choice.path}/{one.id}/test_report")
                peek_json(report.body, Report)
                yield Told(report, parsing(Stream.CHECKS, Report, self._checks_of(one)))
                self._reach([one])
                number += 1
                if number >= _MOST_REPORTS:
                    return

    def _pages(self, cursor: str | None, more: dict[str, str]) -> Iterator[Answer]:
        oldest = clock.now() - timedelta(days=self._choice.days)
        query = {
            "order_by": "updated_at",
            "sort": "asc",
            "updated_after": cursor or f"{oldest:%Y-%m-%dT00:00:00Z}",
            "per_page": str(self._choice.size),
            **({"ref": self._choice.branch} if self._choice.branch else {}),
            **more,
        }
        yield from numbered(
            lambda number: self._client.get(self._choice.path, query | {"page": str(number + 1)}),
            lambda raw: len(peek_json(raw, list[Pipeline])),
            self._choice.size,
        )

    def _reach(self, pipelines: list[Pipeline]) -> None:
        last = max((one.updated_at.astimezone(UTC) for one in pipelines), default=None)
        if last is not None:
            self._reached = max(self._reached, clock.to_text(last))

    def _runs(self, pipelines: list[Pipeline]) -> tuple[Fact, ...]:
        return tuple(self._run(one) for one in pipelines)

    def _run(self, one: Pipeline) -> ObservedThing:
        is_over = one.status in ("success", "failed", "canceled", "skipped")
        updated = one.updated_at.astimezone(UTC)
        details = PipelineRunDetails(
            name=f"{self._choice.project} #{one.id}",
            subjects=self._choice.subjects,
            at=updated,
            path=f"{self._choice.project}/-/pipelines/{one.id}",
            labels=_labels(one),
            pipeline=self._choice.project,
            run=str(one.id),
            status=one.status,
            started=one.created_at.astimezone(UTC) if one.created_at else None,
            ended=updated if is_over else None,
            commit=one.sha,
        )
        return ObservedThing(f"{self._choice.project}#{one.id}", details)

    def _checks_of(self, one: Pipeline) -> "_Checks":
        return _Checks(one, self._choice)

    def _version(self) -> str | None:
        return peek_json(self._client.get(f"{_API}/version").body, _Version).version

    def _visible(self) -> tuple[Seen, ...]:
        answer = self._client.get(self._choice.path, {"per_page": "1"})
        number = len(peek_json(answer.body, list[Pipeline]))
        return (Seen("pipelines", "1+" if number else "0"),)


@dataclass(frozen=True, slots=True)
class _Checks:
    """Makes a check of each suite of a pipeline's report."""

    pipeline: Pipeline
    choice: Choice

    def __call__(self, report: Report) -> tuple[Fact, ...]:
        return tuple(self._check(suite) for suite in report.test_suites)

    def _check(self, suite: Suite) -> ObservedThing:
        one, ranks = self.pipeline, list(Verdict)
        cases = [_case(case) for case in suite.test_cases]
        cases.sort(key=lambda case: ranks.index(case.verdict))
        details = CheckDetails(
            name=suite.name,
            subjects=self.choice.subjects,
            at=one.updated_at.astimezone(UTC),
            path=f"{self.choice.project}/-/pipelines/{one.id}/test_report",
            labels=_labels(one),
            kind=CheckKind.TEST,
            suite=suite.name,
            verdict=cases[0].verdict if cases else Verdict.NONE,
            total=suite.total_count,
            passed=suite.success_count,
            failed=suite.failed_count,
            errors=suite.error_count,
            skipped=suite.skipped_count,
            commit=one.sha,
            branch=one.ref,
            run=str(one.id),
            cases=tuple(cases[:_MOST_CASES]),
        )
        return ObservedThing(f"{self.choice.project}#{one.id}/{suite.name}", details)


def _case(case: Case) -> CheckCase:
    name = ".".join(part for part in (case.classname, case.name) if part)
    return CheckCase(name[:500], _VERDICTS.get(case.status, Verdict.NONE))


def _labels(one: Pipeline) -> tuple[Pair, ...]:
    told = {"ref": one.ref, "source": one.source}
    return tuple(Pair(name, value) for name, value in told.items() if value)


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> GitLab:
    """Open the reader of a project; raises AppError ``source.days_unreadable`` and its kin."""
    choice = Choice(
        connection.setting("project").strip("/"),
        connection.setting("branch"),
        read_days(connection, 90),
        connection.setting("about"),
    )
    return GitLab(open_client(connection, credentials, is_cancelled), choice)
