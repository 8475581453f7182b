"""The Alertmanager source: probe and pull."""

from collections.abc import Iterator

import msgspec

from mlops_desktop.core.inventory import Pair as Set
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_json import peek_json, read_json
from mlops_desktop.sources.alertmanager.alerts import Alert, Reading, Silence
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    Observation,
    Pair,
    Probe,
    Stream,
)
from mlops_desktop.sources.rest import Told, ask_about, open_client, parsing, tell
from mlops_desktop.sources.tenants import tenant_header

_API = "/api/v2"
_MODEL = "model, model_name, label_model"
_VERSION = "version, model_version, label_model_version"


class _Version(msgspec.Struct):
    version: str


class _Status(msgspec.Struct):
    versionInfo: _Version  # noqa: N815 - Alertmanager's own name


class Alertmanager:
    """A reader of one server; used by one thread, for one sync or one test.

    A listing holds the alerts that have not ended, so what a later one no longer holds has ended.
    """

    streams: tuple[Stream, ...] = (Stream.ALERTS,)

    def __init__(
        self, client: HttpClient, settings: tuple[Set, ...] = (), username: str | None = None
    ) -> None:
        self._client = client
        self._settings = {one.name: one.value for one in settings}
        self._username = username

    def probe(self) -> Probe:
        """Tell version and how many alerts and silences are visible."""
        return ask_about(Stream.ALERTS, self._version, self._visible, self._username)

    def _visible(self) -> tuple[Pair, ...]:
        alerts = peek_json(self._client.get(f"{_API}/alerts").body, list[msgspec.Raw])
        return Pair("alerts", str(len(alerts))), Pair("silences", str(len(self._silences())))

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the alerts that have not ended, silenced and inhibited ones too, in one page."""
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "alertmanager")
            return
        yield from tell(stream, self._told(), self._version, lambda: Completion(stream))

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _told(self) -> Iterator[Told]:
        # A silence that is made between both questions shows as its id, until the next reading.
        silences = self._silences()
        chosen = self._settings.get("alerts", "")
        query = {"filter": chosen} if chosen else None
        answer = self._client.get(f"{_API}/alerts", query)
        peek_json(answer.body, list[msgspec.Raw])
        reading = Reading(
            self._labels("label.model", _MODEL),
            self._labels("label.version", _VERSION),
            bool(chosen),
            silences,
        )
        yield Told(answer, parsing(Stream.ALERTS, list[Alert], reading.facts))

    def _silences(self) -> dict[str, Silence]:
        found = read_json(self._client.get(f"{_API}/silences").body, list[Silence])
        return {one.id: one for one in found}

    def _labels(self, name: str, plain: str) -> tuple[str, ...]:
        told = self._settings.get(name) or plain
        return tuple(one.strip() for one in told.split(",") if one.strip())

    def _version(self) -> str | None:
        return peek_json(self._client.get(f"{_API}/status").body, _Status).versionInfo.version


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Alertmanager:
    """Open the reader of a server; raises AppError for an address that cannot be used."""
    client = open_client(connection, credentials, is_cancelled, headers=tenant_header(connection))
    username = None if credentials.token else credentials.username
    return Alertmanager(client, connection.settings, username)
