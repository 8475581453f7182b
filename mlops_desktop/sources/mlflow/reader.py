"""The MLflow source: probe, pull, and a signature on demand."""

from collections.abc import Iterator
from functools import partial
from typing import Protocol

from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import read_json
from mlops_desktop.sources.base import Connection, Credentials, IsCancelled, SourceFailure
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.mlflow.paging import Listing
from mlops_desktop.sources.mlflow.parsing import Parse, parse_models, parse_runs, parse_versions
from mlops_desktop.sources.mlflow.probing import find_version, probe
from mlops_desktop.sources.mlflow.shapes import ExperimentsAnswer
from mlops_desktop.sources.mlflow.signature import signature_of_mlmodel
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    Observation,
    ObservedVersion,
    Page,
    Probe,
    SignatureReading,
    Stream,
)
from mlops_desktop.sources.rest import evidence_of, failure_of, open_client


class Query(Protocol):
    """Makes the query of one page."""

    def __call__(self, token: str, *, are_prompts: bool) -> dict[str, str]:
        """Return the query of the page that ``token`` names, the first for an empty one."""
        ...


_LISTED: dict[Stream, tuple[str, Query, str]] = {
    Stream.MODELS: (requests.MODELS, requests.list_models, "registered_models"),
    Stream.VERSIONS: (requests.VERSIONS, requests.list_versions, "model_versions"),
}
_PARSES: dict[Stream, Parse] = {
    Stream.MODELS: parse_models,
    Stream.VERSIONS: parse_versions,
    Stream.RUNS: parse_runs,
}


class Mlflow:
    """A reader of one MLflow server, 2.x or 3.x; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (Stream.MODELS, Stream.VERSIONS, Stream.RUNS)

    def __init__(self, client: HttpClient, username: str | None = None) -> None:
        self._client = client
        self._username = username
        self._version: str | None = None
        self._is_version_known = False

    def probe(self) -> Probe:
        """Tell version, identity and what is visible; what failed is part of the answer."""
        return probe(self._client, self._username)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the stream's pages, then one completion or one failure.

        A page is known to be JSON with the listing's rows; its facts are checked when parsed.
        """
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "mlflow")
            return
        try:
            version = self._server_version()
            for answer in self._answers(stream):
                evidence = evidence_of(answer, version)
                yield Page(stream, evidence, answer.body, _PARSES[stream])
        except HttpFault as fault:
            yield failure_of(stream, fault)
        else:
            yield Completion(stream)

    def read_signature(self, version: ObservedVersion) -> SignatureReading:
        """Read the signature from the version's MLmodel file, one request; raises SourceFailure."""
        query = {"name": version.model_native_id, "version": version.version, "path": "MLmodel"}
        try:
            evidence_version = self._server_version()
            answer = self._client.get(requests.ARTIFACT, query)
            signature = signature_of_mlmodel(answer.body)
        except HttpFault as fault:
            raise SourceFailure(failure_of(Stream.VERSIONS, fault)) from fault
        return SignatureReading(evidence_of(answer, evidence_version), answer.body, signature)

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _server_version(self) -> str | None:
        if not self._is_version_known:
            self._version = find_version(self._client)
            self._is_version_known = True
        return self._version

    def _answers(self, stream: Stream) -> Iterator[Answer]:
        if stream is Stream.RUNS:
            yield from self._runs()
            return
        path, query, field = _LISTED[stream]
        for are_prompts in (False, True):
            ask = partial(self._ask_listed, path, query, are_prompts)
            yield from Listing(field, ask).pages()

    def _ask_listed(self, path: str, query: Query, are_prompts: bool, token: str) -> Answer:
        return self._client.get(path, query(token, are_prompts=are_prompts))

    def _runs(self) -> Iterator[Answer]:
        experiments = self._experiments()
        for start in range(0, len(experiments), requests.EXPERIMENTS_AT_ONCE):
            some = experiments[start : start + requests.EXPERIMENTS_AT_ONCE]
            yield from Listing("runs", partial(self._ask_runs, some)).pages()

    def _ask_runs(self, experiments: list[str], token: str) -> Answer:
        return self._client.post(requests.RUNS, requests.list_runs(token, experiments))

    def _ask_experiments(self, token: str) -> Answer:
        return self._client.get(requests.EXPERIMENTS, requests.list_experiments(token))

    def _experiments(self) -> list[str]:
        """All experiments' ids, the oldest first: a new one then changes the last question only."""
        found = [
            experiment.experiment_id
            for answer in Listing("experiments", self._ask_experiments).pages()
            for experiment in read_json(answer.body, ExperimentsAnswer).experiments
        ]
        return sorted(set(found), key=lambda number: (len(number), number))


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Mlflow:
    """Open the reader of a server; raises AppError for an address that cannot be used."""
    client = open_client(connection, credentials, is_cancelled, requests.READING_POSTS)
    return Mlflow(client, None if credentials.token else credentials.username)
