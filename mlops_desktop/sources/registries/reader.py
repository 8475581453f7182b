"""The reader of a registry over plain REST: a source says its listings, the rest is the same."""

from collections.abc import Iterator
from typing import TypeAlias

from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault
from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import (
    Completion,
    Failure,
    FailureCode,
    Observation,
    Page,
    Pair,
    Probe,
    Stream,
)
from mlops_desktop.sources.registries.paging import Paging
from mlops_desktop.sources.registries.shared import Shared
from mlops_desktop.sources.registries.values import Parse
from mlops_desktop.sources.rest import evidence_of, failure_of

Told: TypeAlias = Iterator[tuple[Answer, Parse]]
_NEVER_ANSWERED = {Fault.UNREACHABLE, Fault.TIMEOUT, Fault.TLS, Fault.CANCELLED}


class RegistryReader:
    """Base of readers; used by one thread, for one sync or one test.

    ``api`` names the version of the interface that is spoken, for the evidence.
    """

    kind: str
    api: str
    streams: tuple[Stream, ...] = (Stream.MODELS, Stream.VERSIONS)

    def __init__(self, client: HttpClient) -> None:
        self.client = client
        self.shared = Shared()

    def models(self) -> Paging:
        """Return the listing of models; a connection test asks for its first page."""
        raise NotImplementedError

    def told(self, stream: Stream) -> Told:
        """Yield the answers of a stream with what reads each; raises HttpFault, SourceFailure."""
        raise NotImplementedError

    def probe(self) -> Probe:
        """Ask for the first page of models; what failed is part of the answer."""
        listing = self.models()
        try:
            answer = listing.ask("")
            number, more = listing.count(answer.body), bool(listing.following(answer))
        except HttpFault as fault:
            reached = fault.fault not in _NEVER_ANSWERED
            return Probe(reached, failures=(failure_of(Stream.MODELS, fault),))
        visible = (Pair("models", f"{number}+" if more else str(number)),)
        return Probe(is_reachable=True, version=self.api, visible=visible)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the stream's pages, then one completion or one failure."""
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, self.kind)
            return
        try:
            for answer, parse in self.told(stream):
                yield Page(stream, evidence_of(answer, self.api), answer.body, parse)
        except HttpFault as fault:
            yield failure_of(stream, fault)
        except SourceFailure as broken:
            yield Failure(stream, broken.failure.code, broken.failure.detail)
        else:
            yield Completion(stream)

    def close(self) -> None:
        """Close the client."""
        self.client.close()
