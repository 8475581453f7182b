"""What each stream of MLflow is: its pages in order, and how it ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_faults import Fault, HttpFault
from mlops_desktop.sources.mlflow.bounds import Bounds
from mlops_desktop.sources.mlflow.evaluations import parse_evaluations
from mlops_desktop.sources.mlflow.lineage import Lineage
from mlops_desktop.sources.mlflow.listings import Listings
from mlops_desktop.sources.mlflow.parsing import Parse, parse_models, parse_runs, parse_versions
from mlops_desktop.sources.mlflow.probing import has_logged_models
from mlops_desktop.sources.mlflow.produced import Produced
from mlops_desktop.sources.mlflow.system_metrics import (
    Span,
    find_measured,
    parse_history,
    read_span,
    wanted,
)
from mlops_desktop.sources.mlflow.traces import names_page
from mlops_desktop.sources.observations import Completion, Fact, Page, Stream
from mlops_desktop.sources.rest import evidence_of


@dataclass(frozen=True, slots=True)
class _Answers:
    """The listings that lineage is read from, whole."""

    experiments: list[Answer]
    versions: list[Answer]
    runs: list[Answer]

    def lineage(self) -> Lineage:
        """Return what they tell beside themselves."""
        runs, experiments, versions = (
            tuple(answer.body for answer in listed)
            for listed in (self.runs, self.experiments, self.versions)
        )
        return Lineage(runs, experiments, Produced(versions))


def _nothing(raw: bytes) -> tuple[Fact, ...]:
    """Find no facts in a page that only says what others mean."""
    return ()


class Telling:
    """One pull of one stream from a server of ``version``, as far as that is known."""

    def __init__(self, listings: Listings, version: str | None, bounds: Bounds) -> None:
        self._listings = listings
        self._version = version
        self._bounds = bounds
        self._span: Span | None = None
        self._is_refused = False

    def pages(self, stream: Stream, cursor: str | None) -> Iterator[Page]:
        """Yield the stream's pages; raises HttpFault."""
        listings = self._listings
        match stream:
            case Stream.MODELS:
                yield from self._paged(stream, listings.models(), parse_models)
            case Stream.VERSIONS:
                yield from self._paged(stream, listings.versions(stream), parse_versions)
            case Stream.RUNS:
                yield from self._paged(stream, listings.runs(stream), parse_runs)
            case Stream.DATASETS:
                yield from self._datasets()
            case Stream.LINEAGE:
                yield from self._lineage()
            case Stream.CHECKS if has_logged_models(self._version):
                yield from self._evaluations()
            case Stream.RESOURCE_USE:
                yield from self._resource_use(cursor)

    def completion(self, stream: Stream) -> Completion:
        """Return how the stream ends that was read whole."""
        if stream is Stream.RESOURCE_USE:
            return Completion(stream, str(self._span) if self._span else None, is_partial=True)
        has_logged = has_logged_models(self._version) and not self._is_refused
        return Completion(stream, is_offered=stream is not Stream.CHECKS or has_logged)

    def _paged(self, stream: Stream, answers: Iterator[Answer], parse: Parse) -> Iterator[Page]:
        for answer in answers:
            yield self._page(stream, answer, parse)

    def _page(self, stream: Stream, answer: Answer, parse: Parse) -> Page:
        return Page(stream, evidence_of(answer, self._version), answer.body, parse)

    def _datasets(self) -> Iterator[Page]:
        """A listing that broke off says too little of who learned from a dataset: none of it."""
        stream = Stream.DATASETS
        answers = self._answers(stream)
        told = answers.lineage()
        yield from (self._page(stream, one, _nothing) for one in answers.versions)
        yield from (self._page(stream, one, told.datasets) for one in answers.runs)

    def _lineage(self) -> Iterator[Page]:
        stream = Stream.LINEAGE
        answers = self._answers(stream)
        told = answers.lineage()
        silent = (*answers.experiments, *answers.versions)
        yield from (self._page(stream, one, _nothing) for one in silent)
        yield from (self._page(stream, one, told.pipeline_runs) for one in answers.runs)
        if self._bounds.traces and has_logged_models(self._version):
            traces = self._listings.traces(stream, self._bounds.traces)
            names = names_page(traces, self._version, told.produced)
            yield from [names] if names else []

    def _answers(self, stream: Stream) -> _Answers:
        listings = self._listings
        return _Answers(
            list(listings.experiments(stream)),
            list(listings.versions(stream)),
            list(listings.runs(stream)),
        )

    def _evaluations(self) -> Iterator[Page]:
        """A server that tells no version is asked, and may not have the listing."""
        stream = Stream.CHECKS
        try:
            yield from self._paged(stream, self._listings.logged_models(stream), parse_evaluations)
        except HttpFault as fault:
            if self._version is not None or fault.fault is not Fault.UNSUPPORTED:
                raise
            self._is_refused = True

    def _resource_use(self, cursor: str | None) -> Iterator[Page]:
        stream = Stream.RESOURCE_USE
        self._span = span = read_span(cursor)
        if not self._bounds.system_metrics:
            return
        versions = [answer.body for answer in self._listings.versions(stream)]
        runs = [answer.body for answer in self._listings.runs(stream)]
        found = find_measured(runs, Produced(versions))
        for group in wanted(found, span, self._bounds.system_metrics):
            for run in group:
                for key in run.keys:
                    answer = self._listings.history(run, key)
                    yield self._page(stream, answer, partial(parse_history, run, key))
            self._span = span = Span.around(span, group[0].since)
