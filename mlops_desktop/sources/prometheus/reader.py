"""The Prometheus source: probe and pull."""

from collections.abc import Callable, Iterator

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    Observation,
    Probe,
    Stream,
)
from mlops_desktop.sources.prometheus.alerting import Alerting
from mlops_desktop.sources.prometheus.api import Api
from mlops_desktop.sources.prometheus.choice import Choice, read_choice
from mlops_desktop.sources.prometheus.judging import Judging
from mlops_desktop.sources.prometheus.measuring import Measuring
from mlops_desktop.sources.prometheus.probing import probe
from mlops_desktop.sources.prometheus.servings import told_servings
from mlops_desktop.sources.rest import Told, open_client, tell
from mlops_desktop.sources.tenants import tenant_header


class Prometheus:
    """A reader of one server; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (
        Stream.METRICS,
        Stream.RESOURCE_USE,
        Stream.ALERTS,
        Stream.CHECKS,
        Stream.DEPLOYMENTS,
    )

    def __init__(
        self, client: HttpClient, choice: Choice | None = None, username: str | None = None
    ) -> None:
        self._client = client
        self._choice = choice or Choice()
        self._username = username
        self._version: str | None = None
        self._is_version_known = False

    def probe(self) -> Probe:
        """Tell version, models and rules that are visible, and targets that are down."""
        return probe(Api(self._client, self._choice.step), self._choice, self._username)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the stream's pages, then one completion or one failure.

        Measurements and alerts go on where the last reading ended; rules and what runs are told
        as they are now. Where an answer was not whole, what it held stays and the stream fails,
        so that the next reading asks for the same time again.
        """
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "prometheus")
            return
        api = Api(self._client, self._choice.step)
        told, done = self._reading(api, stream, cursor)
        yield from tell(stream, told, self._server_version, lambda: _partial(api, stream) or done())

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _reading(
        self, api: Api, stream: Stream, cursor: str | None
    ) -> tuple[Iterator[Told], Callable[[], Observation]]:
        if stream is Stream.ALERTS:
            alerting = Alerting(api, self._choice)
            return alerting.told(cursor), alerting.done
        if stream is Stream.CHECKS:
            judging = Judging(api, self._choice)
            return judging.told(), judging.done
        if stream is Stream.DEPLOYMENTS:
            return told_servings(api, self._choice), lambda: Completion(Stream.DEPLOYMENTS)
        measuring = Measuring(api, self._choice, stream)
        return measuring.told(cursor), measuring.done

    def _server_version(self) -> str | None:
        if not self._is_version_known:
            self._version = Api(self._client, self._choice.step).version()
            self._is_version_known = True
        return self._version


def _partial(api: Api, stream: Stream) -> Failure | None:
    """Return the failure of a stream whose answers the server itself called incomplete."""
    if not api.warnings:
        return None
    told = "; ".join(dict.fromkeys(api.warnings))[:200]
    return Failure(stream, FailureCode.SERVER, told, is_retryable=True, reason="partial_answer")


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Prometheus:
    """Open the reader of a server; raises AppError for an address or setting of no use."""
    choice = read_choice(connection)
    client = open_client(connection, credentials, is_cancelled, headers=tenant_header(connection))
    return Prometheus(client, choice, None if credentials.token else credentials.username)
