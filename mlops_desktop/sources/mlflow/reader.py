"""The MLflow source: probe, pull, and a signature on demand."""

from collections.abc import Iterator

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.sources.base import Connection, Credentials, SourceFailure
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.mlflow.bounds import Bounds, bounds_of
from mlops_desktop.sources.mlflow.listings import Listings
from mlops_desktop.sources.mlflow.probing import find_version, probe
from mlops_desktop.sources.mlflow.signature import frameworks_of_mlmodel, signature_of_mlmodel
from mlops_desktop.sources.mlflow.telling import Telling
from mlops_desktop.sources.observations import (
    Failure,
    FailureCode,
    Observation,
    ObservedVersion,
    Probe,
    SignatureReading,
    Stream,
)
from mlops_desktop.sources.rest import evidence_of, failure_of, open_client

_STREAMS = (
    Stream.MODELS,
    Stream.VERSIONS,
    Stream.RUNS,
    Stream.DATASETS,
    Stream.LINEAGE,
    Stream.CHECKS,
    Stream.RESOURCE_USE,
)


class Mlflow:
    """A reader of one MLflow server, 2.x or 3.x; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = _STREAMS

    def __init__(
        self, client: HttpClient, username: str | None = None, bounds: Bounds | None = None
    ) -> None:
        self._client = client
        self._username = username
        self._bounds = bounds or Bounds()
        self._listings = Listings(client)
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
            told = Telling(self._listings, version, self._bounds)
            yield from told.pages(stream, cursor)
        except HttpFault as fault:
            yield failure_of(stream, fault)
        else:
            yield told.completion(stream)

    def read_signature(self, version: ObservedVersion) -> SignatureReading:
        """Read the signature from the version's MLmodel file, one request; raises SourceFailure."""
        query = {"name": version.model_native_id, "version": version.version, "path": "MLmodel"}
        try:
            evidence_version = self._server_version()
            answer = self._client.get(requests.ARTIFACT, query)
            signature = signature_of_mlmodel(answer.body)
        except HttpFault as fault:
            raise SourceFailure(failure_of(Stream.VERSIONS, fault)) from fault
        evidence = evidence_of(answer, evidence_version)
        return SignatureReading(
            evidence, answer.body, signature, frameworks_of_mlmodel(answer.body)
        )

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _server_version(self) -> str | None:
        if not self._is_version_known:
            self._version = find_version(self._client)
            self._is_version_known = True
        return self._version


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Mlflow:
    """Open the reader of a server; raises AppError for an address that cannot be used."""
    bounds = bounds_of(connection.settings)
    client = open_client(connection, credentials, is_cancelled, requests.READING_POSTS)
    return Mlflow(client, None if credentials.token else credentials.username, bounds)
