"""The source under test, the server it reads, and the ways to spoil its answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest

from mlops_desktop.core.work import IsCancelled, never
from mlops_desktop.outside.http import HttpClient, Login
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.sources.base import Source
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    Observation,
    ObservedPoints,
    Page,
    Stream,
)
from tests.sources.hostile_server import Asked, HostileServer, Reply, Respond, serving
from tests.support.canaries import canary

CANARY = canary("the token of a source", "canary-Geheimnis-4711")


@dataclass(frozen=True)
class Subject:
    """A source under test.

    ``healthy`` answers every request well, each listing in several pages; ``lists`` tells whether
    a request asks for a page of ``stream``; ``facts`` is how many facts the stream has in all.
    A source that is not ``is_paged`` has streams of one answer each; one without ``has_version``
    does not tell which version it is. ``repeated_page`` is a page that names itself as the next
    one; None where no answer leads to another.
    """

    open: Callable[[HttpClient], Source]
    reads: frozenset[str]
    healthy: Respond
    lists: Callable[[Asked, Stream], bool]
    facts: dict[Stream, int]
    repeated_page: bytes | None = None
    is_paged: bool = True
    has_version: bool = True

    @property
    def good(self) -> int:
        """How many pages go well before one is spoilt."""
        return 1 if self.is_paged else 0

    def at(
        self, url: str, limits: Limits | None = None, is_cancelled: IsCancelled = never
    ) -> Source:
        client = HttpClient(
            Address(url),
            Login(token=CANARY),
            reads=self.reads,
            limits=limits,
            is_cancelled=is_cancelled,
        )
        return self.open(client)


def is_done(found: Observation, stream: Stream) -> bool:
    """Whether this says that a stream was read to its end."""
    return isinstance(found, Completion) and found.stream is stream and not found.refused


def facts_of(observations: list[Observation]) -> list[Fact]:
    pages = [found for found in observations if isinstance(found, Page)]
    return [fact for page in pages for fact in page.facts()]


def plain_facts(observations: list[Observation]) -> list[object]:
    """Return the facts so that they can be compared: a gap (NaN) is equal to a gap."""
    return [
        (one.native_id, one.details, one.times.tobytes(), one.values.tobytes())
        if isinstance(one, ObservedPoints)
        else one
        for one in facts_of(observations)
    ]


class Rig:
    """What the conformance tests share; ``subject`` is set by the source's own test."""

    subject: ClassVar[Subject]

    @pytest.fixture
    def server(self) -> Iterator[HostileServer]:
        with serving(self.subject.healthy) as server:
            yield server

    @pytest.fixture
    def stream(self) -> Stream:
        return next(iter(self.subject.facts))

    def _spoil(self, server: HostileServer, stream: Stream, reply: Reply, after: int = 0) -> None:
        """Answer the stream's requests with ``reply`` once ``after`` of them went well."""
        healthy, seen = self.subject.healthy, 0

        def respond(asked: Asked) -> Reply:
            nonlocal seen
            if self.subject.lists(asked, stream):
                seen += 1
                if seen > after:
                    return reply
            return healthy(asked)

        server.respond = respond

    def _pull(
        self, server: HostileServer, stream: Stream, limits: Limits | None = None
    ) -> list[Observation]:
        source = self.subject.at(server.url, limits)
        found = list(source.pull(stream))
        source.close()
        return found

    def _failure(
        self,
        server: HostileServer,
        stream: Stream,
        reply: Reply,
        limits: Limits | None = None,
    ) -> Failure:
        """Spoil the second page; what came before stays, one failure ends it, nothing follows."""
        self._spoil(server, stream, reply, after=self.subject.good)
        *pages, failure = self._pull(server, stream, limits)
        assert isinstance(failure, Failure)
        assert failure.stream is stream
        assert len(pages) == self.subject.good
        assert all(isinstance(page, Page) and page.facts() for page in pages)
        return failure

    def _recovering(self, server: HostileServer, stream: Stream, refusal: Reply) -> None:
        refused = False

        def respond(asked: Asked) -> Reply:
            nonlocal refused
            if self.subject.lists(asked, stream) and not refused:
                refused = True
                return refusal
            return self.subject.healthy(asked)

        server.respond = respond
        assert is_done(self._pull(server, stream)[-1], stream)
        assert refused

    def _first(self, server: HostileServer, stream: Stream) -> Asked:
        self._pull(server, stream)
        return next(asked for asked in server.asked if self.subject.lists(asked, stream))
