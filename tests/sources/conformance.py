"""What every source over HTTP must do, against a server that does everything wrong.

A source's test makes a subclass of ``SourceConformance`` with a ``Subject``; pytest runs the rest.
"""

import gzip
import json
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest

from mlops_desktop.outside.http import HttpClient, Login
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.http_watch import IsCancelled, never
from mlops_desktop.sources.base import Source
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    Failure,
    FailureCode,
    Observation,
    Page,
    Stream,
)
from tests.sources.hostile_server import Asked, HostileServer, Reply, Respond, serving

CANARY = "canary-Geheimnis-4711"
_SHORT = Limits(deadline=0.5)


@dataclass(frozen=True)
class Subject:
    """A source under test.

    ``healthy`` answers every request well, each listing in several pages; ``lists`` tells whether
    a request asks for a page of ``stream``; ``facts`` is how many facts the stream has in all.
    """

    open: Callable[[HttpClient], Source]
    reads: frozenset[str]
    healthy: Respond
    lists: Callable[[Asked, Stream], bool]
    facts: dict[Stream, int]
    repeated_page: bytes

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


def facts_of(observations: list[Observation]) -> list[Fact]:
    pages = [found for found in observations if isinstance(found, Page)]
    return [fact for page in pages for fact in page.facts()]


class SourceConformance:
    """Run against the subject of a subclass."""

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
        self._spoil(server, stream, reply, after=1)
        *pages, failure = self._pull(server, stream, limits)
        assert isinstance(failure, Failure)
        assert failure.stream is stream
        assert len(pages) == 1
        assert isinstance(pages[0], Page)
        assert pages[0].facts()
        return failure

    def test_reads_every_page_and_says_when_it_is_done(self, server: HostileServer) -> None:
        for stream, number in self.subject.facts.items():
            found = self._pull(server, stream)
            assert found[-1] == Completion(stream)
            assert len(found) > 2
            assert len(facts_of(found)) == number

    def test_repeated_pull_is_equal(self, server: HostileServer) -> None:
        for stream in self.subject.facts:
            first, second = self._pull(server, stream), self._pull(server, stream)
            assert facts_of(first) == facts_of(second)
            assert [page.evidence.digest for page in first if isinstance(page, Page)] == [
                page.evidence.digest for page in second if isinstance(page, Page)
            ]

    def test_only_reads(self, server: HostileServer) -> None:
        for stream in self.subject.facts:
            self._pull(server, stream)
        posted = {asked.path for asked in server.asked if asked.method != "GET"}
        assert posted <= self.subject.reads

    def test_a_page_knows_its_request_its_bytes_and_nothing_secret(
        self, server: HostileServer, stream: Stream
    ) -> None:
        page = self._pull(server, stream)[0]
        assert isinstance(page, Page)
        assert page.evidence.request.split()[0] in ("GET", "POST")
        assert "127.0.0.1" not in page.evidence.request
        assert CANARY not in repr(page)

    def test_cut_in_the_middle(self, server: HostileServer, stream: Stream) -> None:
        page = Reply(b'{"rows": [' + b" " * 5000, cut_at=900)
        failure = self._failure(server, stream, page)
        assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "cut_off")

    def test_login_page_with_status_200(self, server: HostileServer, stream: Stream) -> None:
        page = Reply(
            b"\n<!doctype html><title>Sign in</title>", headers={"Content-Type": "text/html"}
        )
        failure = self._failure(server, stream, page)
        assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "html_page")

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            (400, FailureCode.REJECTED),
            (401, FailureCode.AUTH),
            (403, FailureCode.FORBIDDEN),
            (404, FailureCode.UNSUPPORTED),
            (500, FailureCode.SERVER),
        ],
    )
    def test_refusals_are_told_apart(
        self, server: HostileServer, stream: Stream, status: int, code: FailureCode
    ) -> None:
        said = json.dumps({"message": f"no: {CANARY}"}).encode()
        failure = self._failure(server, stream, Reply(said, status))
        assert failure.code is code
        assert failure.detail == f"{status} no: •••"
        assert failure.is_retryable == (code is FailureCode.SERVER)

    def test_asked_to_wait_briefly_waits(self, server: HostileServer, stream: Stream) -> None:
        self._recovering(server, stream, Reply(status=429, headers={"Retry-After": "0"}))

    def test_unavailable_for_a_moment(self, server: HostileServer, stream: Stream) -> None:
        self._recovering(server, stream, Reply(status=503))

    def _recovering(self, server: HostileServer, stream: Stream, refusal: Reply) -> None:
        refused = False

        def respond(asked: Asked) -> Reply:
            nonlocal refused
            if self.subject.lists(asked, stream) and not refused:
                refused = True
                return refusal
            return self.subject.healthy(asked)

        server.respond = respond
        assert self._pull(server, stream)[-1] == Completion(stream)
        assert refused

    def test_asked_to_wait_long_does_not_ask_again(
        self, server: HostileServer, stream: Stream
    ) -> None:
        failure = self._failure(server, stream, Reply(status=429, headers={"Retry-After": "3600"}))
        assert failure.code is FailureCode.RATE_LIMITED
        assert failure.retry_after == 3600
        assert sum(self.subject.lists(asked, stream) for asked in server.asked) == 2

    def test_unavailable_for_good_is_asked_three_times(
        self, server: HostileServer, stream: Stream
    ) -> None:
        failure = self._failure(server, stream, Reply(status=503))
        assert failure.code is FailureCode.SERVER
        assert sum(self.subject.lists(asked, stream) for asked in server.asked) == 1 + 3

    @pytest.mark.parametrize("drip", [Reply(drips_body=True), Reply(drips_headers=True)])
    def test_a_drip_cannot_hold_it(
        self, server: HostileServer, stream: Stream, drip: Reply
    ) -> None:
        failure = self._failure(server, stream, drip, _SHORT)
        assert (failure.code, failure.reason) == (FailureCode.TIMEOUT, "deadline")

    def test_a_bomb_is_stopped_early(self, server: HostileServer, stream: Stream) -> None:
        bomb = gzip.compress(b" " * (64 << 20), 1)
        reply = Reply(bomb, headers={"Content-Encoding": "gzip"})
        tracemalloc.start()
        failure = self._failure(server, stream, reply, Limits(page_bytes=1 << 20))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (failure.code, failure.reason) == (FailureCode.TOO_LARGE, "page_too_large")
        assert peak < 16 << 20

    def test_a_page_over_the_limit(self, server: HostileServer, stream: Stream) -> None:
        failure = self._failure(server, stream, Reply(b" " * 3_000_000), Limits(page_bytes=1 << 20))
        assert (failure.code, failure.reason) == (FailureCode.TOO_LARGE, "page_too_large")

    def test_everything_together_over_the_limit(
        self, server: HostileServer, stream: Stream
    ) -> None:
        first = len(self.subject.healthy(self._first(server, stream)).body)
        found = self._pull(server, stream, Limits(sync_bytes=first + 200))
        assert isinstance(found[-1], Failure)
        assert found[-1].reason == "sync_too_large"

    def _first(self, server: HostileServer, stream: Stream) -> Asked:
        self._pull(server, stream)
        return next(asked for asked in server.asked if self.subject.lists(asked, stream))

    def test_deep_json(self, server: HostileServer, stream: Stream) -> None:
        failure = self._failure(server, stream, Reply(b'{"x":' + b"[" * 100_000))
        assert failure.code is FailureCode.PROTOCOL

    def test_another_document(self, server: HostileServer, stream: Stream) -> None:
        failure = self._failure(server, stream, Reply(b'{"status": "ok"}'))
        assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "unexpected_shape")

    def test_redirect_to_another_host_is_not_followed(
        self, server: HostileServer, stream: Stream
    ) -> None:
        with serving(lambda _: Reply()) as other:
            there = {"Location": f"{other.url}/login?next=1"}
            failure = self._failure(server, stream, Reply(status=302, headers=there))
            assert (failure.code, failure.reason) == (FailureCode.PROTOCOL, "foreign_redirect")
            assert other.url in failure.detail
            assert not other.asked

    def test_a_page_that_comes_again_and_again(self, server: HostileServer, stream: Stream) -> None:
        self._spoil(server, stream, Reply(self.subject.repeated_page))
        found = self._pull(server, stream)
        assert isinstance(found[-1], Failure)
        assert found[-1].reason == "repeated_page"
        assert len(found) < 5

    def test_cancelled_between_pages(self, server: HostileServer, stream: Stream) -> None:
        cancelled = threading.Event()
        source = self.subject.at(server.url, is_cancelled=cancelled.is_set)
        pull = source.pull(stream)
        assert isinstance(next(pull), Page)
        cancelled.set()
        rest = list(pull)
        source.close()
        assert [type(found) for found in rest] == [Failure]
        assert isinstance(rest[0], Failure)
        assert rest[0].code is FailureCode.CANCELLED

    def test_cancelled_inside_a_read(self, server: HostileServer, stream: Stream) -> None:
        cancelled = threading.Event()
        healthy = self.subject.healthy

        def respond(asked: Asked) -> Reply:
            if not self.subject.lists(asked, stream):
                return healthy(asked)
            cancelled.set()
            return Reply(drips_body=True)

        server.respond = respond
        source = self.subject.at(server.url, is_cancelled=cancelled.is_set)
        found = list(source.pull(stream))
        source.close()
        assert [type(one) for one in found] == [Failure]
        assert isinstance(found[0], Failure)
        assert found[0].code is FailureCode.CANCELLED

    def test_streams_fail_alone(self, server: HostileServer) -> None:
        for broken in self.subject.facts:
            self._spoil(server, broken, Reply(status=403))
            for stream in self.subject.facts:
                last = self._pull(server, stream)[-1]
                assert isinstance(last, Failure if stream is broken else Completion)

    def test_nobody_there(self, stream: Stream) -> None:
        with serving(self.subject.healthy) as server:
            url = server.url
        source = self.subject.at(url)
        found = list(source.pull(stream))
        probe = source.probe()
        source.close()
        assert isinstance(found[0], Failure)
        assert (found[0].code, found[0].reason) == (FailureCode.UNREACHABLE, "not_connected")
        assert found[0].is_retryable
        assert not probe.is_reachable

    def test_probe_tells_the_version_and_what_is_refused(self, server: HostileServer) -> None:
        source = self.subject.at(server.url)
        well = source.probe()
        server.respond = lambda _: Reply(b"who are you?", 401)
        badly = source.probe()
        source.close()
        assert well.is_reachable
        assert well.version
        assert well.visible
        assert not well.failures
        assert badly.is_reachable
        assert badly.failures[0].code is FailureCode.AUTH

    def test_unknown_stream_is_unsupported(self, server: HostileServer) -> None:
        source = self.subject.at(server.url)
        for stream in set(Stream) - set(source.streams):
            (failure,) = source.pull(stream)
            assert isinstance(failure, Failure)
            assert failure.code is FailureCode.UNSUPPORTED
        source.close()
