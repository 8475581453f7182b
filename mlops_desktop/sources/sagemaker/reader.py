"""The SageMaker source: probe and pull, in few bulk searches where the service has them."""

from collections.abc import Iterator
from itertools import islice

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.aws import Account, AwsAnswer, AwsClient
from mlops_desktop.outside.http_faults import Fault, HttpFault
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import Connection, Credentials, SourceFailure
from mlops_desktop.sources.observations import (
    Completion,
    Evidence,
    Fact,
    Failure,
    FailureCode,
    Observation,
    Page,
    Pair,
    Probe,
    Stream,
)
from mlops_desktop.sources.rest import failure_of
from mlops_desktop.sources.sagemaker import shapes
from mlops_desktop.sources.sagemaker.bounds import Bounds, bounds_of
from mlops_desktop.sources.sagemaker.cards import parse_card
from mlops_desktop.sources.sagemaker.jobs import parse_jobs, reaches_back
from mlops_desktop.sources.sagemaker.monitoring import has_older, parse_executions
from mlops_desktop.sources.sagemaker.paging import read_pages
from mlops_desktop.sources.sagemaker.parsing import Parse, parse_groups, parse_packages
from mlops_desktop.sources.sagemaker.serving import Servings, model_names

_API = "2017-07-24"
_A_PAGE = 100
_BOUNDS = Bounds()
_NEVER_ANSWERED = {Fault.UNREACHABLE, Fault.TIMEOUT, Fault.TLS, Fault.CANCELLED, Fault.AUTH}


class Sagemaker:
    """A reader of one region of one account; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (
        Stream.MODELS,
        Stream.VERSIONS,
        Stream.RUNS,
        Stream.CHECKS,
        Stream.DEPLOYMENTS,
    )

    def __init__(self, client: AwsClient, account: Account, bounds: Bounds = _BOUNDS) -> None:
        self._client = client
        self._account = account
        self._bounds = bounds

    def probe(self) -> Probe:
        """Tell whether the account's registry answers; failures are part of the answer."""
        try:
            answer = self._search("ModelPackageGroup", "")
            groups = peek_json(answer.body, shapes.Records).results
        except HttpFault as fault:
            reached = fault.status is not None or fault.fault not in _NEVER_ANSWERED
            return Probe(reached, _API, failures=(failure_of(Stream.MODELS, fault),))
        number = f"{len(groups)}+" if len(groups) == _A_PAGE else str(len(groups))
        visible = (Pair("models", number), Pair("region", self._account.region))
        return Probe(True, _API, self._account.profile, visible)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the stream's pages, then one completion or one failure."""
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "sagemaker")
            return
        try:
            yield from self._pages(stream)
        except HttpFault as fault:
            yield failure_of(stream, fault)
        except SourceFailure as broken:
            yield broken.failure
        else:
            yield Completion(stream, is_partial=self._is_of_late(stream))

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _is_of_late(self, stream: Stream) -> bool:
        """Whether the last days alone are told, so that absence says nothing."""
        is_monitored = bool(self._bounds.executions)
        return stream is Stream.RUNS or (stream is Stream.CHECKS and is_monitored)

    def _pages(self, stream: Stream) -> Iterator[Page]:
        match stream:
            case Stream.MODELS:
                for answer in self._searched("ModelPackageGroup"):
                    yield _page(stream, answer, parse_groups)
            case Stream.VERSIONS:
                for answer in self._searched("ModelPackage"):
                    yield _page(stream, answer, parse_packages)
            case Stream.RUNS:
                yield from self._jobs()
            case Stream.CHECKS:
                yield from self._cards()
                yield from self._executions()
            case Stream.DEPLOYMENTS:
                yield from self._servings()

    def _jobs(self) -> Iterator[Page]:
        """The newest first; a page that reaches back far enough is the last one, read whole."""
        for answer in self._searched("TrainingJob", "Descending"):
            yield _page(Stream.RUNS, answer, parse_jobs)
            if reaches_back(answer.body, self._bounds.days):
                return

    def _executions(self) -> Iterator[Page]:
        """The newest first, so many pages at most, back to a page that reaches far enough."""

        def ask(token: str) -> AwsAnswer:
            more = {"NextToken": token} if token else {}
            order = {"SortBy": "ScheduledTime", "SortOrder": "Descending"}
            return self._client.ask(
                "list_monitoring_executions", MaxResults=_A_PAGE, **order, **more
            )

        answers = read_pages(ask, "MonitoringExecutionSummaries")
        for answer in islice(answers, self._bounds.executions):
            yield _page(Stream.CHECKS, answer, parse_executions)
            if has_older(answer.body, self._bounds.days):
                return

    def _cards(self) -> Iterator[Page]:
        for listed in self._listed("list_model_cards", "ModelCardSummaries"):
            found = peek_json(listed.body, shapes.CardSummaries).model_card_summaries
            for one in found:
                answer = self._client.ask("describe_model_card", ModelCardName=one.model_card_name)
                yield _page(Stream.CHECKS, answer, parse_card)

    def _servings(self) -> Iterator[Page]:
        """Endpoints last: their variants are told by what configurations and models say."""
        endpoints = [self._endpoint(name) for name in self._endpoint_names()]
        named = (peek_json(one.body, shapes.Endpoint).endpoint_config_name for one in endpoints)
        configs = [self._config(name) for name in dict.fromkeys(named) if name]
        names = dict.fromkeys(name for one in configs for name in model_names(one.body))
        models = [one for name in names if (one := self._model(name)) is not None]
        for answer in (*configs, *models):
            yield _page(Stream.DEPLOYMENTS, answer, _nothing)
        told = Servings(
            (one.body for one in configs), (one.body for one in models), self._account.region
        )
        for answer in endpoints:
            yield _page(Stream.DEPLOYMENTS, answer, told.parse)

    def _endpoint_names(self) -> Iterator[str]:
        for listed in self._listed("list_endpoints", "Endpoints"):
            for one in peek_json(listed.body, shapes.EndpointSummaries).endpoints:
                yield one.endpoint_name

    def _endpoint(self, name: str) -> AwsAnswer:
        return self._client.ask("describe_endpoint", EndpointName=name)

    def _config(self, name: str) -> AwsAnswer:
        return self._client.ask("describe_endpoint_config", EndpointConfigName=name)

    def _model(self, name: str) -> AwsAnswer | None:
        """A model may be deleted while it serves: then the variant is told without it."""
        try:
            return self._client.ask("describe_model", ModelName=name)
        except HttpFault as fault:
            if fault.fault is not Fault.REJECTED:
                raise
            return None

    def _searched(self, resource: str, order: str = "Ascending") -> Iterator[AwsAnswer]:
        yield from read_pages(lambda token: self._search(resource, token, order), "Results")

    def _search(self, resource: str, token: str, direction: str = "Ascending") -> AwsAnswer:
        more = {"NextToken": token} if token else {}
        order = {"SortBy": "CreationTime", "SortOrder": direction}
        return self._client.ask("search", Resource=resource, MaxResults=_A_PAGE, **order, **more)

    def _listed(self, operation: str, field: str) -> Iterator[AwsAnswer]:
        def ask(token: str) -> AwsAnswer:
            more = {"NextToken": token} if token else {}
            order = {"SortBy": "CreationTime", "SortOrder": "Ascending"}
            return self._client.ask(operation, MaxResults=_A_PAGE, **order, **more)

        yield from read_pages(ask, field)


def _page(stream: Stream, answer: AwsAnswer, parse: Parse) -> Page:
    evidence = Evidence(answer.request, answer.fetched_at, answer.digest, _API)
    return Page(stream, evidence, answer.body, parse)


def _nothing(raw: bytes) -> tuple[Fact, ...]:
    return ()


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Sagemaker:
    """Open the reader of ``region`` or ``region/profile``.

    Raises AppError ``source.region_missing`` and what ``bounds_of`` and :class:`AwsClient` raise.
    """
    region, _, profile = connection.url.strip().partition("/")
    if not region:
        raise AppError("source.region_missing", where="url", recovery=Recovery.CONFIGURATION)
    account = Account(
        region,
        profile or None,
        connection.setting("endpoint") or None,
        connection.ca_file,
        connection.proxy,
    )
    bounds = bounds_of(connection.settings)
    return Sagemaker(AwsClient("sagemaker", account, is_cancelled), account, bounds)
