"""The Evidently service as a source: probe and pull, a page a snapshot."""

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Any

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.evidently.facts import Naming, facts_of
from mlops_desktop.sources.evidently.listing import (
    Snapshot,
    find_version,
    list_projects,
    list_snapshots,
    read_marks,
)
from mlops_desktop.sources.files.refused import FileRefused
from mlops_desktop.sources.observations import (
    Completion,
    Evidence,
    Failure,
    FailureCode,
    Observation,
    Page,
    Pair,
    Probe,
    Refusal,
    Stream,
)
from mlops_desktop.sources.rest import failure_of, open_client
from mlops_desktop.sources.tabular.cells import read_zone

_NEVER_ANSWERED = {Fault.UNREACHABLE, Fault.TIMEOUT, Fault.TLS, Fault.CANCELLED}
_FORM = {"report_format": "json"}


class Evidently:
    """A reader of one service; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...] = (Stream.CHECKS, Stream.METRICS)

    def __init__(self, client: HttpClient, connection: Connection) -> None:
        self._client = client
        self._project = connection.setting("project")
        self._naming = Naming(connection, read_zone(connection.setting("zone", "UTC")))
        self._version: str | None = None
        self._read: dict[str, tuple[Evidence, bytes] | Refusal] = {}

    def probe(self) -> Probe:
        """Tell the version, and how many projects and snapshots there are."""
        try:
            version = find_version(self._client)
            projects = list_projects(self._client, self._project)
            snapshots = list(list_snapshots(self._client, projects))
        except HttpFault as fault:
            reached = fault.fault not in _NEVER_ANSWERED
            return Probe(is_reachable=reached, failures=(failure_of(Stream.CHECKS, fault),))
        visible = (
            Pair("projects", str(len(projects))),
            Pair("snapshots", str(len(snapshots))),
        )
        return Probe(is_reachable=True, version=version, visible=visible)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield a page a snapshot that is new since the cursor, then a completion or a failure.

        A snapshot of another version is a refusal of the first stream's completion.
        """
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "evidently")
            return
        marks, refused = read_marks(cursor), []
        try:
            self._version = self._version or find_version(self._client)
            there = list(list_snapshots(self._client, self._projects()))
            for snapshot in marks.news(there):
                told = self._snapshot(snapshot)
                if isinstance(told, Refusal):
                    refused.append(told)
                else:
                    parse = partial(facts_of, stream, snapshot=snapshot, naming=self._naming)
                    yield Page(stream, *told, parse)
        except HttpFault as fault:
            yield failure_of(stream, fault)
            return
        own = tuple(refused) if stream is self.streams[0] else ()
        is_partial = bool(marks.known) or bool(refused)
        yield Completion(stream, marks.text(there), is_partial=is_partial, refused=own)

    def close(self) -> None:
        """Close the client."""
        self._client.close()

    def _projects(self) -> list[Any]:
        return list_projects(self._client, self._project)

    def _snapshot(self, snapshot: Snapshot) -> tuple[Evidence, bytes] | Refusal:
        """Return a snapshot's excerpt, asked for once for all streams; raises HttpFault."""
        known = self._read.get(snapshot.entry.id)
        if known is None:
            known = self._excerpt(snapshot, self._client.get(snapshot.download, _FORM))
            self._read[snapshot.entry.id] = known
        return known

    def _excerpt(self, snapshot: Snapshot, answer: Answer) -> tuple[Evidence, bytes] | Refusal:
        download = peek_json(answer.body, dict[str, Any])
        if not isinstance(download.get("metrics"), list):
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, "metrics")
        try:
            kept = self._naming.excerpt(snapshot, download)
        except FileRefused as error:
            return Refusal(snapshot.path, error.code, error.detail)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise HttpFault(
                Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, type(error).__name__
            ) from error
        request = f"{answer.request} sha256:{answer.digest} excerpt"
        digest = hashlib.sha256(kept).hexdigest()
        return Evidence(request, answer.fetched_at, digest, self._version), kept


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Evidently:
    """Open the reader; raises AppError for an address or zone that cannot be used."""
    return Evidently(open_client(connection, credentials, is_cancelled), connection)
